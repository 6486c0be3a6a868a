"""What ``flet build`` puts on a phone: the project's folder, less what pyproject.toml excludes.

Flet leaves out by itself what is hidden, environments and ``__pycache__`` (flet_cli 1.0.5,
``utils/app_excludes.py``), and compares the paths of the list exactly.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from ..project.test_house import PROJECT, ROOT

FLET = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]
EXCLUDED: tuple[str, ...] = tuple(FLET["app"]["exclude"])


def is_shipped(path: Path) -> bool:
    """Whether a file or folder of the project is on the phone, by its path from the root."""
    names = {path.as_posix(), *(it.as_posix() for it in path.parents)}
    return names.isdisjoint(EXCLUDED) and not path.parts[0].startswith(".")


def lay_out(folder: Path) -> Path:
    """Put the app into a folder as it is on a phone, and say where."""

    def left_out(at: str, names: list[str]) -> list[str]:
        here = Path(at).relative_to(ROOT)
        return [it for it in names if it == "__pycache__" or not is_shipped(here / it)]

    folder.mkdir()
    for name in PROJECT:
        if not is_shipped(Path(name)):
            continue
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder
