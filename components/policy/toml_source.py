"""Where each key of a TOML file stands.

``tomllib`` gives values without lines. Packs are written by hand in plain TOML, so a look at the
start of each line finds its headers and keys; a key inside an inline table or an array has the
line of the key that holds it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

TomlPath = tuple[str | int, ...]
"""The way to a value: keys, and positions in arrays, counted from 0."""

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


class TomlSyntax(Exception):
    """The text is no TOML; ``line`` is where the parser stopped."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


class TomlSource:
    """A parsed TOML text that remembers its lines.

    Attributes:
        values: What ``tomllib`` made of it.
    """

    def __init__(self, text: str) -> None:
        """Parse a text.

        Raises:
            TomlSyntax: The text is no TOML.
        """
        try:
            self.values: Mapping[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problem = str(error)
            place = re.search(r" \(at line (\d+), column \d+\)$", problem)
            line = int(place[1]) if place else text.rstrip().count("\n") + 1
            raise TomlSyntax(line, re.sub(r" \(at [^()]*\)$", "", problem)) from None
        self._lines = _lines_of(text)

    def line(self, path: TomlPath) -> int:
        """The line of a key, or of the nearest thing around it that has one; 1 for the file."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def _lines_of(text: str) -> dict[TomlPath, int]:
    lines: dict[TomlPath, int] = {}
    counts: dict[TomlPath, int] = {}
    table: TomlPath = ()
    open_string: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if open_string is not None:
            if open_string in line:
                open_string = None
            continue
        if header := _HEADER.fullmatch(line.rstrip("\r")):
            table = _resolved(_parts(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, 0) + 1
                lines.setdefault(table, number)
                table = (*table, counts[table] - 1)
            lines[table] = number
        elif key := _KEY.match(line):
            path = table
            for part in _parts(key[1]):
                path = (*path, part)
                lines.setdefault(path, number)
            open_string = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), None)
    return lines


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _resolved(parts: list[str], counts: Mapping[TomlPath, int]) -> TomlPath:
    """A header's way through the arrays opened so far: into the last element of each."""
    path: TomlPath = ()
    for position, part in enumerate(parts, start=1):
        path = (*path, part)
        if path in counts and position < len(parts):
            path = (*path, counts[path] - 1)
    return path
