"""The questions that every study asks alike: SUS, recall, wish, regret, who took part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..policy.entries import closed, each, kebab
from ..policy.errors import Findings
from ..policy.toml_reader import TomlFile, TomlTable
from ..policy.toml_source import TomlSource
from .model import Localised
from .vocabulary import is_word

FILE = Path(__file__).with_name("instruments.toml")
LOCALES = ("zh_Hans", "en")
"""The languages in which the instruments are worded."""


@dataclass(frozen=True)
class Option:
    """What can be answered: the word that is recorded, and its label."""

    value: str
    text: Localised


@dataclass(frozen=True)
class Question:
    """What is asked; ``{purpose}`` and ``{choice}`` in it stand for a name and a label."""

    id: str
    text: Localised


@dataclass(frozen=True)
class Instrument:
    """Questions that are answered by the same options."""

    id: str
    questions: tuple[Question, ...]
    options: tuple[Option, ...]


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by id.

    Raises:
        PackError: The file that comes along has faults.
    """
    findings = Findings()
    source = TomlSource(FILE.read_text(encoding="utf-8"))
    root = TomlTable(TomlFile(FILE.name, source, findings, LOCALES), (), source.values)
    root.whole_number("format", least=1)
    found = {it.id: it for it in each(root, "instruments", _instrument)}
    root.finish()
    findings.raise_if_any()
    return found


def _instrument(table: TomlTable) -> Instrument:
    return Instrument(
        id=kebab(table, "id"),
        questions=tuple(closed(it, _question) for it in table.tables("questions")),
        options=tuple(closed(it, _option) for it in table.tables("options")),
    )


def _question(table: TomlTable) -> Question:
    return Question(_recorded(table, "id"), table.localised("text"))


def _option(table: TomlTable) -> Option:
    return Option(_recorded(table, "value"), table.localised("text"))


def _recorded(table: TomlTable, key: str) -> str:
    value = table.text(key)
    if not is_word(value):
        table.fault(key, f"`{key}` is {value!r}, which cannot be recorded", "write an id")
    return value
