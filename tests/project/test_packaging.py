"""The same code as a wheel, as an editable install and as a vendored folder, each in a process."""

from __future__ import annotations

import shutil
import tomllib
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import pytest

from .installing import ROOT, Environment, build_wheel, copy_source, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

HOST = """\
from pathlib import Path
import sys

import flet as ft

kit = __import__("importlib").import_module
ConsentKit = kit("{name}.kit").ConsentKit
places, policy, i18n = kit("{name}.places"), kit("{name}.policy"), kit("{name}.i18n")


async def main(page: ft.Page) -> None:
    opened = await ConsentKit.open(page, pack="epiao", store=Path("consent.sqlite"))
    await opened.start()


pack = policy.load_pack(places.data_folder("policy_content") / "epiao")
assert i18n.available_locales() == ("ar", "en", "zh_Hans", "zh_Hant"), i18n.available_locales()
print(pack.id, pack.version.id)
print(i18n.Language.of("zh_Hans").gettext("Privacy choices"))
print(Path(sys.modules["{name}"].__file__).resolve().parent)
"""
"""A small host app; everything but the page is there when it runs as a script."""

SERVER = """\
from {name}.prototype.server import ASSETS
assert (ASSETS / "index.html").is_file(), ASSETS
assert any(ASSETS.rglob("*.woff2")), ASSETS
assert any(ASSETS.rglob("OFL.txt")), ASSETS
print("assets")
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    return copy_source(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    return build_wheel(source, tmp_path_factory.mktemp("wheel"))


def check(environment: Environment, name: str, folder: Path) -> Path:
    """Run the host and the prototype's server; where the kit was found."""
    (folder / "host.py").write_text(HOST.format(name=name), encoding="utf-8")
    (folder / "server.py").write_text(SERVER.format(name=name), encoding="utf-8")
    pack, words, found = run(environment.python, "host.py", cwd=folder).stdout.splitlines()
    assert pack == "epiao 2021-11-01"
    assert words == "隐私选择"
    assert run(environment.python, "server.py", cwd=folder).stdout.strip() == "assets"
    return Path(found)


def check_command(environment: Environment, folder: Path) -> None:
    """Run the ``mingshi`` command in each of its forms."""
    help_text = run(environment.scripts / "mingshi", "--help", cwd=folder).stdout
    assert "demo" in help_text and "endpoint" in help_text
    assert "--surface" in run(environment.scripts / "mingshi", "demo", "--help", cwd=folder).stdout
    endpoint = run(environment.python, "-m", "mingshi", "endpoint", "--help", cwd=folder).stdout
    assert "--database" in endpoint


def test_the_wheel(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install(wheel)
    # A host has folders of these names itself; the kit must not mind.
    host = tmp_path / "host"
    for name in ("components", "locales", "policy_content", "assets"):
        (host / name).mkdir(parents=True)
        (host / name / "__init__.py").write_text("", encoding="utf-8")
    found = check(environment, "mingshi", host)
    assert found.is_relative_to(tmp_path / "venv")
    check_command(environment, host)


def test_the_editable_install(source: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install("--editable", source)
    host = tmp_path / "host"
    host.mkdir()
    assert check(environment, "mingshi", host) == source / "components"
    check_command(environment, host)


@pytest.mark.parametrize("data", ["inside", "beside"])
def test_the_vendored_folder(source: Path, tmp_path: Path, data: str) -> None:
    environment = Environment(tmp_path / "venv")
    host = tmp_path / "host"
    kit = host / "vendored_kit"
    shutil.copytree(source / "components", kit)
    for name in ("locales", "policy_content", "assets"):
        shutil.copytree(source / name, (kit if data == "inside" else host) / name)
    assert check(environment, "vendored_kit", host) == kit
    help_text = run(environment.python, "-m", "vendored_kit", "--help", cwd=host).stdout
    assert "demo" in help_text


def test_the_wheel_holds_all_of_the_kit_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
        information = {name for name in held if ".dist-info/" in name}
        (metadata,) = (name for name in information if name.endswith("METADATA"))
        described = message_from_string(archive.read(metadata).decode())
    code = ROOT / "components"
    # Beside the modules a room may keep what they read: schemas, lists of terms.
    wanted = {
        f"mingshi/{path.relative_to(code).as_posix()}"
        for form in ("*.py", "*.html", "*.js", "*.mjs", "*.json", "*.toml")
        for path in code.rglob(form)
    }
    wanted.add("mingshi/py.typed")
    wanted |= {f"mingshi/{path.as_posix()}" for path in data_files()}
    assert held - information == wanted
    assert described["Name"] == "mingshi"
    assert described["License-Expression"] == "Apache-2.0"
    assert described.get_all("License-File") == PROJECT["project"]["license-files"]
    assert {Path(name).name for name in information} >= {"LICENSE", "OFL.txt"}


def data_files() -> list[Path]:
    """What the kit needs beside its code, from the project's root."""
    catalogs = (ROOT / "locales").glob("*/LC_MESSAGES/*.mo")
    packs = (path for path in (ROOT / "policy_content").rglob("*") if path.is_file())
    assets = (path for path in (ROOT / "assets").rglob("*") if path.is_file())
    return [path.relative_to(ROOT) for path in (*catalogs, *packs, *assets)]


def test_every_folder_of_the_kit_is_a_declared_package() -> None:
    code = {
        ".".join(["mingshi", *path.parent.relative_to(ROOT / "components").parts])
        for path in (ROOT / "components").rglob("*.py")
    }
    data = {"mingshi.assets", "mingshi.locales", "mingshi.policy_content"}
    declared = PROJECT["tool"]["setuptools"]["packages"]
    assert sorted(declared) == sorted(code | data), "bring [tool.setuptools] packages up to date"
