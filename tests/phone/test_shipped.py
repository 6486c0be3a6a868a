"""What a phone carries is the app and all that it imports, and it starts from there."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from components.prototype.studying.carried import CARRIED, carries_study
from components.study.allocation import allocate
from components.study.folder import StudyFolder
from components.study.reading import load_study

from ..project.imports import Module, Moment, read_package
from ..project.test_house import ROOT
from ..release.runtime import runtime_distributions
from .shipped import EXCLUDED, FLET, is_shipped, lay_out

LARGEST_BYTES = 6_000_000
FRONT = (
    "components.prototype.session",
    "components.prototype.studying.carried",
    "components.prototype.studying.on_device",
)
"""What app.py calls on a phone; the last where it carries a study."""
ENDS = (".py", "/__init__.py")

PROGRAM = """\
import asyncio, datetime, sys
from pathlib import Path

app, data, *packages = sys.argv[1:]
sys.path[:] = [app, *packages, *(it for it in sys.path if "site-packages" not in it)]
import app as front_door
from components.i18n import Language
from components.preparing import pack_of
from components.prototype.session import before_main, load_settings, prototype

settings = load_settings(Path(data), None)
assert callable(prototype(settings)) and callable(before_main) and front_door.run_on_device
print(pack_of(settings.pack).id, Language.of("zh_Hans").date(datetime.date(2026, 1, 2)))
import flet, babel
print(Path(flet.__file__).as_posix())
print(Path(babel.__file__).as_posix())
"""

STUDY_PROGRAM = """\
import asyncio, sys
from pathlib import Path

app, data, *packages = sys.argv[1:]
sys.path[:] = [app, *packages, *(it for it in sys.path if "site-packages" not in it)]
import app as front_door
from components.prototype.studying.carried import CARRIED, carries_study
from components.prototype.studying.on_device import station_on_device, study_on_phone

beside = Path(front_door.__file__).parent
assert carries_study(beside) and callable(study_on_phone(beside / CARRIED, Path(data)))

async def begin():
    station = station_on_device(beside / CARRIED, Path(data))()
    station.enter(sys.stdin.read().strip())
    await station.agree(frozenset({"behaviour", "answers"}))
    return station.sitting.moment.part, sorted(it.name for it in station.folder.path.iterdir())

print(*asyncio.run(begin()))
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("phone") / "app")


@pytest.fixture(scope="module")
def modules() -> Mapping[str, Module]:
    return read_package(ROOT / "components")


@pytest.fixture(scope="module")
def reached(modules: Mapping[str, Module]) -> set[str]:
    """Every module that the app may import, whenever that is."""
    found: set[str] = set()
    todo = [*FRONT]
    while todo:
        name = todo.pop()
        if name in found or name not in modules:
            continue
        found.add(name)
        todo.append(name.rpartition(".")[0])
        for it in modules[name].imports:
            todo += [it.name, it.name.rpartition(".")[0]]
    return found


def test_every_module_that_the_app_imports_is_there(app: Path, reached: set[str]) -> None:
    assert len(reached) > 200
    files = {name.replace(".", "/") for name in reached}
    missing = [it for it in files if not any((app / f"{it}{end}").exists() for end in ENDS)]
    assert missing == []


def test_a_room_that_the_app_does_not_import_is_left_out(
    modules: Mapping[str, Module], reached: set[str]
) -> None:
    rooms = {".".join(name.split(".")[:3]) for name in modules if name.count(".") >= 2}
    unused = {
        room.replace(".", "/")
        for room in rooms
        if (ROOT / room.replace(".", "/")).is_dir()
        and not any(name == room or name.startswith(f"{room}.") for name in reached)
    }
    assert len(unused) > 10
    carried = {it for it in unused if is_shipped(Path(it))}
    assert carried == set(), "list them in [tool.flet.app] exclude"


def test_the_app_imports_only_what_is_installed_with_it(
    modules: Mapping[str, Module], reached: set[str]
) -> None:
    provided = {
        file.parts[0].partition(".")[0] for it in runtime_distributions() for file in it.files or []
    }
    strange = {
        it.name: name
        for name in reached
        for it in modules[name].imports
        if it.moment is not Moment.NEVER
        and it.name.partition(".")[0] not in {"components", *provided, *sys.stdlib_module_names}
    }
    # Where Python runs in a browser, the browser's runtime brings it; a phone never goes there.
    in_a_browser = {it for it in strange if it.partition(".")[0] in ("pyodide", "flet_js")}
    assert {strange[it] for it in in_a_browser} == {
        "components.sync.fetch_transport",
        "components.surface.runtime",
    }
    # Without it a participant's code is shown as a word and not as a picture too.
    assert strange.keys() - in_a_browser == {"segno"}
    assert strange["segno"] == "components.prototype.studying.room"


def test_every_excluded_path_is_there_and_is_not_needed_to_be_named_twice() -> None:
    made = {"dist", "mingshi.egg-info", "test-results"}  # by building, installing, testing
    assert [it for it in EXCLUDED if it not in made and not (ROOT / it).exists()] == []
    assert [it for it in EXCLUDED if not all(is_shipped(up) for up in Path(it).parents[:-1])] == []


def test_the_phone_carries_texts_and_licences_and_no_tools(app: Path) -> None:
    files = [path for path in app.rglob("*") if path.is_file()]
    names = {path.relative_to(app).as_posix() for path in files}
    assert {
        "locales/ar/LC_MESSAGES/mingshi.mo",
        "policy_content/epiao/pack.toml",
    } <= names
    assert {Path(it).suffix for it in names} <= {
        "",
        ".json",
        ".md",
        ".mo",
        ".py",
        ".toml",
        ".txt",
    } | {".typed"}
    assert {it.partition("/")[0] for it in names} == {
        *("LICENSE", "THIRD_PARTY_NOTICES.txt", "app.py"),
        *("components", "locales", "policy_content"),
    }, "list what is no part of the app in [tool.flet.app] exclude"
    assert sum(path.stat().st_size for path in files) < LARGEST_BYTES


def packed(distributions: Iterable[Distribution], archive: Path, beside: Path) -> None:
    """Lay the packages out as Flet does on Android: in a zip, but for those to be extracted.

    What holds machine code is no part of the zip either.
    """
    extracted = set(FLET["android"]["extract_packages"])
    with zipfile.ZipFile(archive, "w") as zipped:
        for distribution in distributions:
            files = [it for it in distribution.files or [] if ".." not in it.parts]
            machine = any(it.suffix in (".so", ".pyd") for it in files)
            for file in files:
                if file.suffix == ".pyc" or not Path(str(file.locate())).is_file():
                    continue
                if file.parts[0] in extracted or machine:
                    target = beside / file
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(Path(str(file.locate())).read_bytes())
                else:
                    zipped.write(str(file.locate()), file.as_posix())


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("packages")
    (folder / "extracted").mkdir()
    packed(runtime_distributions(), folder / "packages.zip", folder / "extracted")
    return folder / "packages.zip", folder / "extracted"


def start(
    app: Path, data: Path, *packages: Path, program: str = PROGRAM, told: str = ""
) -> subprocess.CompletedProcess[str]:
    """Start the app from what it carries, with nothing installed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", program, app, data, *packages],
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=data,
        timeout=120,
    )


def test_it_starts_compiled_with_its_packages_in_a_zip(
    app: Path, packages: tuple[Path, Path], tmp_path: Path
) -> None:
    archive, extracted = packages
    compiled = shutil.copytree(app, tmp_path / "app")
    assert compileall.compile_dir(compiled, quiet=1, legacy=True)  # what `flet build` runs
    for source in compiled.rglob("*.py"):
        source.unlink()
    done = start(compiled, tmp_path, archive, extracted)
    assert done.returncode == 0, done.stderr
    words, flet, babel = done.stdout.splitlines()
    assert words == "epiao 2026年1月2日"
    assert flet.startswith(archive.as_posix())
    assert babel.startswith(extracted.as_posix())


def test_with_a_study_beside_it_it_is_that_study(
    app: Path, packages: tuple[Path, Path], tmp_path: Path
) -> None:
    """The folder is as ``mingshi study allocate`` makes it, and brings nothing else along."""
    study = load_study(ROOT / "policy_content" / "epiao" / "study" / "first-look.toml")
    carrying = shutil.copytree(app, tmp_path / "app")
    assert not carries_study(carrying)
    folder = StudyFolder(carrying / CARRIED)
    folder.put_places(study, allocate(study))
    folder.put_study(ROOT / "policy_content" / "epiao" / "study" / "first-look.toml")
    assert carries_study(carrying)
    data = tmp_path / "data"
    data.mkdir()
    code = folder.places(study)[0].code
    done = start(carrying, data, *packages, program=STUDY_PROGRAM, told=code)
    assert done.returncode == 0, done.stderr
    kept = "['allocation.csv', 'items.toml', 'sessions', 'study.toml']"
    assert done.stdout.strip() == f"passage {kept}"
    # What the app brought along is as it was: a system may not let it be written.
    assert sorted(it.name for it in folder.path.iterdir()) == [
        "allocation.csv",
        "items.toml",
        "study.toml",
    ]


def test_without_its_exception_babel_finds_no_files(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    _, extracted = packages
    archive = tmp_path / "babel.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in (extracted / "babel").glob("*.py"):
            zipped.write(path, path.relative_to(extracted))
        zipped.write(extracted / "babel" / "global.dat", "babel/global.dat")
    program = "import sys; sys.path.insert(0, sys.argv[1]); import babel; babel.Locale.parse('zh')"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, archive], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "NotADirectoryError" in done.stderr or "UnknownLocaleError" in done.stderr
