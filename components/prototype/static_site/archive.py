"""The archive that the browser unpacks: the kit, what it stands on, its words and one policy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path

from ...i18n import available_locales
from ...places import data_folder
from ...study.allocation import from_csv
from ...study.folder import ALLOCATION_FILE, STUDY_FILE
from ...study.reading import load_study
from ..studying.carried import CARRIED
from .python_files import reached_from

_KIT = __name__.partition(".")[0]
_SHIPPED_AS = "mingshi"
_ENTRY = f"{__package__}.in_browser"
_PACK = "epiao"
_REACHED_OF = ("babel", "markdown_it", "mdit_py_plugins", "mdurl", "rfc8785", "tenacity", "uuid6")
FLET = ("flet", "msgpack", "repath", "six")
"""Flet and what it stands on. It finds its parts by name at run time, so what it reaches cannot be
read in its source. msgpack falls back to its own pure Python where there is no compiled part."""

_NOT_IN_A_BROWSER = ("flet/testing/", "flet/fastapi/", "flet/pytest_plugin.py", "flet/cli.py")
_PAPER = re.compile(r"\.dist-info/(?:METADATA$|(?:.*/)?(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS))")
_DATA_BESIDE_CODE = (".json", ".toml")

_STUDY_ENTRY = f"{__package__}.study_in_browser"
_STUDY_PROGRAM = """\
from {module} import run, settings

settings()
if __name__ == "__main__":
    run()
"""

_PROGRAM = """\
from {module} import run, settings

settings({endpoint!r})
if __name__ == "__main__":
    run({endpoint!r})
"""


def first_module(study: Path | None) -> str:
    """What the app begins with, which is another one where the site is a study."""
    return f"{_SHIPPED_AS}.{_entry(study).partition('.')[2]}"


def _entry(study: Path | None) -> str:
    return _ENTRY if study is None else _STUDY_ENTRY


STARTED_AS = "main"
"""Name of the module in the archive that the page starts."""


def app_files(endpoint: str | None, study: Path | None = None) -> dict[str, bytes]:
    """The files of the archive with the prototype, by their names there.

    Args:
        endpoint: Address of the consent endpoint that the app sends to; None for none.
        study: The folder of a study, which the site then is; None for the prototype.

    Raises:
        ModuleNotFoundError: A package that the app stands on is not installed.
        OSError: The study's folder lacks a file.
    """
    files = dict(_files(_entry(study)))
    program = _PROGRAM if study is None else _STUDY_PROGRAM
    main = program.format(module=first_module(study), endpoint=endpoint)
    files[f"{STARTED_AS}.py"] = main.encode()
    if study is not None:
        files.update(_of_a_study(study))
    return files


def _of_a_study(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The study and its places, and nothing that was recorded of anybody."""
    study = load_study(folder / STUDY_FILE)
    places = (folder / ALLOCATION_FILE).read_text(encoding="utf-8")
    from_csv(study, places)
    if study.pack != _PACK:
        raise ValueError(f"the site brings {_PACK} along, and the study is about {study.pack}")
    items = tomllib.loads((folder / STUDY_FILE).read_text(encoding="utf-8"))["study"]["items"]
    for name in (STUDY_FILE, items, ALLOCATION_FILE):
        yield f"{CARRIED}/{name}", (folder / name).read_bytes()


def _files(entry: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the archive: its name there, and what it holds."""
    reached = reached_from(entry, {_KIT, *_REACHED_OF})
    for module, path in reached.items():
        ours = module.partition(".")[0] == _KIT
        shipped = _SHIPPED_AS + module.removeprefix(_KIT) if ours else module
        place = shipped.replace(".", "/")
        package = path.name == "__init__.py"
        yield f"{place}/__init__.py" if package else f"{place}.py", path.read_bytes()
        if ours and package:
            for beside in sorted(path.parent.iterdir()):
                if beside.suffix in _DATA_BESIDE_CODE:
                    yield f"{place}/{beside.name}", beside.read_bytes()
    for package_name in FLET:
        yield from whole(package_name)
    yield from _papers()
    yield from _languages(reached["babel"].parent)
    yield from _data("policy_content", f"{_PACK}/**/*")
    yield from _data("locales", "*/LC_MESSAGES/*.mo")


def whole(package: str) -> Iterator[tuple[str, bytes]]:
    """Every file of a package that may be of use in a browser, by its name in an archive.

    Raises:
        ModuleNotFoundError: It is not installed.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            f"{package} is not installed, and the app in the browser needs it"
        )
    first = Path(spec.origin)
    folder = first.name == "__init__.py"
    root = first.parent.parent if folder else first.parent
    for path in sorted(first.parent.rglob("*")) if folder else [first]:
        name = path.relative_to(root).as_posix()
        # Flet's names of icons are JSON.
        if path.suffix in (".py", ".json") and not name.startswith(_NOT_IN_A_BROWSER):
            yield name, path.read_bytes()


def _papers() -> Iterator[tuple[str, bytes]]:
    """Name, version and licence of each package: some ask for their version, all for the last."""
    distributions = packages_distributions()
    for package in (*_REACHED_OF, *FLET):
        for file in distribution(distributions[package][0]).files or ():
            if _PAPER.search(file.as_posix()):
                yield file.as_posix(), Path(str(file.locate())).read_bytes()


def _languages(babel: Path) -> Iterator[tuple[str, bytes]]:
    """What Babel knows about the kit's languages, and those that they build on; no others."""
    yield "babel/global.dat", (babel / "global.dat").read_bytes()
    names = {"root"}
    for locale in available_locales():
        parts = locale.split("_")
        names.update("_".join(parts[:count]) for count in range(1, len(parts) + 1))
    for name in sorted(names):
        path = babel / "locale-data" / f"{name}.dat"
        yield f"babel/locale-data/{path.name}", path.read_bytes()


def _data(folder: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    root = data_folder(folder)
    for path in sorted(root.glob(pattern)):
        if path.is_file() and path.suffix != ".py":
            yield f"{_SHIPPED_AS}/{folder}/{path.relative_to(root).as_posix()}", path.read_bytes()
