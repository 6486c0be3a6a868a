"""The build declares exactly what the pack says, in every language; and a difference is noticed."""

from __future__ import annotations

import argparse
import plistlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from components.phone import NotDeclarable, android_permissions, command, info_plist
from components.phone.ios import purpose_strings
from components.policy import Pack, load_pack

from ..policy.small_pack import FILES, PACK, write

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "policy_content"
FLET = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]


def written(pack: str) -> list[dict[str, Any]]:
    """The permissions as they stand in the file, not as the kit reads them."""
    text = (PACKS / pack / "pack.toml").read_text(encoding="utf-8")
    permissions: list[dict[str, Any]] = tomllib.loads(text)["permissions"]
    return permissions


@cache
def delivered(name: str) -> Pack:
    return load_pack(PACKS / name)


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


def full(name: str) -> str:
    return name if "." in name else f"android.permission.{name}"


@pytest.mark.parametrize("pack", ["epiao", "piaoqian"])
def test_android_has_exactly_the_permissions_that_the_pack_requests(pack: str) -> None:
    declared = android_permissions(delivered(pack))
    asked = {full(n) for it in written(pack) if it["request"] != "never" for n in it["android"]}
    never = {full(n) for it in written(pack) if it["request"] == "never" for n in it["android"]}
    assert asked
    assert {name for name, value in declared.items() if value is not False} == asked
    assert never <= {name for name, value in declared.items() if value is False}
    assert declared["android.permission.ACCESS_BACKGROUND_LOCATION"] is False


def test_the_project_declares_what_epiao_requests() -> None:
    pack = delivered("epiao")
    assert FLET["android"]["permission"] == android_permissions(pack)
    assert FLET["ios"]["info"].items() >= info_plist(pack).items()
    assert run("epiao", "--project", ROOT / "pyproject.toml", "--check") == 0
    assert run("piaoqian", "--project", ROOT / "pyproject.toml", "--check") == 1


def test_flet_s_bundles_of_permissions_are_not_used() -> None:
    # "location" would declare the background, and words that are nobody's.
    assert "permissions" not in FLET


def test_a_storage_permission_ends_where_its_successor_begins() -> None:
    declared = FLET["android"]["permission"]
    assert declared["android.permission.READ_MEDIA_IMAGES"] is True
    assert declared["android.permission.READ_EXTERNAL_STORAGE"] == {"maxSdkVersion": "32"}


@pytest.mark.parametrize("pack", ["epiao", "piaoqian"])
def test_ios_gives_the_prompt_s_own_words_in_each_language(pack: str, tmp_path: Path) -> None:
    assert run(pack, "--ios", tmp_path) == 0
    loaded = delivered(pack)
    with_key = {it["ios"]: it["prompt"] for it in written(pack) if "ios" in it}
    files = {path.parent.name: path for path in tmp_path.rglob("InfoPlist.strings")}
    assert files.keys() == {"zh-Hans.lproj", "en.lproj"}
    for folder, locale in (("zh-Hans.lproj", "zh_Hans"), ("en.lproj", "en")):
        strings = plistlib.loads(files[folder].read_bytes())
        assert strings.keys() == with_key.keys()
        for key, prompt in with_key.items():
            words = loaded.texts_for(locale).prompts[prompt]
            assert words.feature in strings[key] and words.data in strings[key]
            # Without these files the system shows both languages, the prevailing one first.
            shown = FLET["ios"]["info"][key] if pack == "epiao" else info_plist(loaded)[key]
            assert strings[key] in shown
            assert locale == "en" or str(shown).startswith(strings[key])


def test_the_words_of_the_system_s_question() -> None:
    words = purpose_strings(delivered("epiao"), "zh_Hans")
    assert words["NSPhotoLibraryUsageDescription"] == (
        "用来做什么：上传或更换您的头像。\n"
        "用到什么：系统会允许应用读取相册和文件，我们只上传您选中的那一张。"
    )


def test_the_languages_are_those_of_the_interface() -> None:
    assert FLET["ios"]["info"]["CFBundleLocalizations"] == ["ar", "en", "zh-Hans", "zh-Hant"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's project that has the marks, and more in the same tables."""
    path = tmp_path / "pyproject.toml"
    path.write_text(
        "[project]\nname = 'x'\n\n[tool.flet.android.permission]\n'a.b' = true\n"
        "# >>> mingshi phone: android permissions\nold = 1\n"
        "# <<< mingshi phone: android permissions\n\n[tool.flet.ios.info]\n"
        "# >>> mingshi phone: ios purposes\n# <<< mingshi phone: ios purposes\n"
        'UIFileSharingEnabled = false # "stays"\n'
    )
    return path


def test_a_project_s_marked_parts_are_written_and_nothing_else(
    project: Path, tmp_path: Path
) -> None:
    pack = write(tmp_path / "pack")
    assert run(pack, "--project", project, "--check") == 1
    assert "old = 1" in project.read_text()
    assert run(pack, "--project", project) == 0
    assert run(pack, "--project", project, "--check") == 0
    text = project.read_text(encoding="utf-8")
    flet = tomllib.loads(text)["tool"]["flet"]
    assert "old" not in text and '"stays"' in text
    assert flet["android"]["permission"]["a.b"] is True
    assert flet["android"]["permission"]["android.permission.ACCESS_COARSE_LOCATION"] is True
    assert flet["android"]["permission"]["android.permission.INTERNET"] is False
    assert flet["ios"]["info"]["UIFileSharingEnabled"] is False
    assert "NSLocationWhenInUseUsageDescription" in flet["ios"]["info"]


def test_a_reworded_prompt_is_noticed(project: Path, tmp_path: Path) -> None:
    assert run(write(tmp_path / "pack"), "--project", project) == 0
    prompts = str(FILES["2021-11-01/en/prompts.md"])
    assert ":feature: " in prompts
    files = {**FILES, "2021-11-01/en/prompts.md": prompts.replace(":feature: ", ":feature: Now ")}
    assert run(write(tmp_path / "reworded", files), "--project", project, "--check") == 1


def test_without_a_file_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(tmp_path / "pack")) == 0
    printed = capsys.readouterr().out
    assert '"android.permission.ACCESS_COARSE_LOCATION" = true' in printed
    assert "# <<< mingshi phone: ios purposes" in printed


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda text: text.replace("# <<< mingshi phone: ios", "# ios"), "ios purposes"),
        (lambda text: text + "# >>> mingshi phone: ios purposes\n", "ios purposes"),
        (lambda text: "", "android permissions"),
        (
            lambda text: (
                text.replace("# >>>", "#").replace("# <<<", "# >>>").replace("# m", "# <<< m")
            ),
            "android permissions",
        ),
    ],
)
def test_marks_that_cannot_be_used(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Any, named: str
) -> None:
    before = change(project.read_text())
    project.write_text(before)
    assert run(write(tmp_path / "pack"), "--project", project) == 2
    error = capsys.readouterr().err
    assert str(project) in error and named in error and "Put these two lines" in error
    assert project.read_text() == before


def test_a_pack_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nowhere") == 2
    assert "nowhere" in capsys.readouterr().err
    broken = write(tmp_path / "pack", {**FILES, "pack.toml": PACK.replace("format = 1", "")})
    assert run(broken) == 2
    assert "pack.toml:" in capsys.readouterr().err


def test_a_permission_both_requested_and_refused(tmp_path: Path) -> None:
    never = (
        '\n[[permissions]]\nid = "coarse"\nname = { zh_Hans = "定位", en = "Location" }\n'
        'description = { zh_Hans = "不取。", en = "None." }\nrequest = "never"\n'
        'android = ["ACCESS_COARSE_LOCATION"]\n'
    )
    pack = load_pack(write(tmp_path / "pack", {**FILES, "pack.toml": PACK + never}))
    with pytest.raises(NotDeclarable, match=r"'location'.*'coarse'"):
        android_permissions(pack)


def test_words_that_the_template_would_take_for_its_own(tmp_path: Path) -> None:
    prompts = str(FILES["2021-11-01/en/prompts.md"]).replace(":feature: ", ":feature: Here & now ")
    pack = load_pack(write(tmp_path / "pack", {**FILES, "2021-11-01/en/prompts.md": prompts}))
    with pytest.raises(NotDeclarable, match=r"'location' in en have a '&'"):
        info_plist(pack)
