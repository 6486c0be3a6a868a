"""In which line of which file an entry stands, as far as the pack's folder tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..cards import read_summary
from ..pack import Pack
from ..prompts import read_prompts
from ..toml_source import TomlPath, TomlSource
from .model import Place

PACK_FILE = "pack.toml"
CHANGES_FILE = "changes.toml"


class Lines:
    """Finds places in a pack's files; without a folder the lines stay unknown."""

    def __init__(self, pack: Pack, folder: Path | None) -> None:
        self._version = pack.version.id
        self._declarations: dict[str, TomlSource] = {}
        self._texts: dict[str, Mapping[str, int]] = {}
        if folder is None:
            return
        # What a version changes is declared in its own file, which is looked at first.
        for name in (f"{self._version}/{CHANGES_FILE}", PACK_FILE):
            if (folder / name).is_file():
                text = (folder / name).read_text(encoding="utf-8-sig")
                self._declarations[name] = TomlSource(text)
        for locale in pack.locales:
            self._read(folder, f"{self._version}/{locale}/summary.md", _summary_lines)
            self._read(folder, f"{self._version}/{locale}/prompts.md", _prompt_lines)

    def _read(self, folder: Path, name: str, read: Callable[[str, str], Mapping[str, int]]) -> None:
        if (folder / name).is_file():
            self._texts[name] = read((folder / name).read_text(encoding="utf-8-sig"), name)

    def entry(self, path: Sequence[str]) -> Place:
        """The place of a declaration: ``("purposes", "nearby", "retention")``."""
        for name, source in self._declarations.items():
            found = _toml_path(source.values, path)
            if found is not None:
                return Place(name, source.line(found), ".".join(path))
        # What is missing altogether stands nowhere: the file as a whole must do.
        return Place(PACK_FILE, 1 if self._declarations else 0, ".".join(path))

    def text(self, locale: str, file: str, entry: str, line: int = 0) -> Place:
        """The place of a clause, card or prompt in one of a version's Markdown files."""
        name = f"{self._version}/{locale}/{file}"
        return Place(name, line or self._texts.get(name, {}).get(entry, 0), entry)


def _summary_lines(text: str, name: str) -> Mapping[str, int]:
    return read_summary(text, name)[0].lines


def _prompt_lines(text: str, name: str) -> Mapping[str, int]:
    return read_prompts(text, name)[0].lines


def _toml_path(values: Mapping[str, Any], path: Sequence[str]) -> TomlPath | None:
    """The way to an entry in a file; None if the file does not hold the entry itself."""
    if not path or path[0] not in values:
        return None
    items = values[path[0]]
    if len(path) < 2 or not isinstance(items, list):
        return tuple(path)
    for position, item in enumerate(items):
        if isinstance(item, Mapping) and item.get("id") == path[1]:
            return (path[0], position, *path[2:])
    return None
