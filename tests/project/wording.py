"""Words that a person would read and that no catalog has: found in the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

CATALOG_FUNCTIONS = frozenset({"say", "gettext", "ngettext", "pgettext"})
"""What the kit calls to have a text translated; the keywords of extraction."""

_CHINESE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_WORDS = re.compile(r"[A-Za-z]{2}")
# Names of icons, keys and fonts are one word in lower case, or several with hyphens.
_SENTENCE = re.compile(r"[A-Z][a-z]|[A-Za-z] +[A-Za-z]")
_SHOWS_ITS_FIRST_ARGUMENT = re.compile(r"ft\.Text(?:Span)?|parts\.(?!icon|point|card)\w+")
_BUILDS_A_SCREEN = re.compile(r"(?:ft|parts)\.\w+")


def hard_coded(path: Path) -> Iterator[str]:
    """Every text in a file that is drawn as it stands, with its line.

    That is every constant with a Chinese, Japanese or Korean character that is no docstring, and
    English words given straight to a Flet control or to a part of the kit's surface.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in silent and _CHINESE.search(node.value):
                yield _line(path, node, node.value)
        elif isinstance(node, ast.Call):
            yield from (_line(path, node, text) for text in _english(node))


def not_extractable(path: Path) -> Iterator[str]:
    """Every call for a translation whose text is not a constant, so that no catalog can have it."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        texts = node.args[: 1 if name in ("say", "gettext") else 2]
        if name in CATALOG_FUNCTIONS and not all(map(_is_text, texts)):
            yield _line(path, node, ast.unparse(node))


def python_files(folder: Path, rooms: Collection[str]) -> list[Path]:
    """The source files of some rooms, in order."""
    return [path for room in sorted(rooms) for path in sorted((folder / room).rglob("*.py"))]


def _english(call: ast.Call) -> Iterator[str]:
    function = ast.unparse(call.func)
    if not _BUILDS_A_SCREEN.fullmatch(function):
        return
    keywords = [keyword.value for keyword in call.keywords if keyword.arg != "key"]
    for position, argument in enumerate([*call.args, *keywords]):
        first = position == 0 and bool(call.args)
        shown = first and _SHOWS_ITS_FIRST_ARGUMENT.fullmatch(function)
        pattern = _WORDS if shown else _SENTENCE
        yield from (text for text in _constants(argument) if pattern.search(text))


def _constants(node: ast.expr) -> Iterator[str]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _line(path: Path, node: ast.expr, text: str) -> str:
    return f"{path.name}, line {node.lineno}: {text!r}"
