"""Typed reading of TOML tables: each value checked, each fault with its line.

A getter that finds a fault notes it and gives a harmless stand-in, so that one reading finds
everything. Nothing read this way may be used before the findings were raised.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from .characters import one_line, unseen_characters
from .errors import Findings
from .toml_source import TomlPath, TomlSource

Choice = TypeVar("Choice", bound=StrEnum)

_DURATION = re.compile(
    r"P(?!$)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


@dataclass
class TomlFile:
    """A TOML file under reading.

    Attributes:
        name: The file's name for findings.
        source: Its values and lines.
        findings: Where faults go.
        locales: The locales that every localised text must have.
    """

    name: str
    source: TomlSource
    findings: Findings
    locales: tuple[str, ...] = ()

    def fault(self, path: TomlPath, problem: str, remedy: str) -> None:
        """Note a fault at a value."""
        self.findings.add(self.name, self.source.line(path), problem, remedy)


@dataclass
class TomlTable:
    """One table of the file, read key by key and then closed with :meth:`finish`."""

    file: TomlFile
    path: TomlPath
    values: Mapping[str, Any]
    _asked: set[str] = field(default_factory=set)

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """Note a fault at one of the table's keys."""
        self.file.fault((*self.path, key), problem, remedy)

    def finish(self) -> None:
        """Note every key that was never asked for."""
        for key in self.values.keys() - self._asked:
            near = difflib.get_close_matches(key, self._asked, n=1)
            known = f"did you mean `{near[0]}`" if near else f"known are: {_listed(self._asked)}"
            self.fault(key, f"the key `{key}` is unknown here", known)

    def text(self, key: str) -> str:
        """A text, on one line and not empty."""
        value = self._get(key, str, "a text in quotes", required=True)
        return "" if value is None else self._words(key, value)

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        value = self._get(key, str, "a text in quotes", required=False)
        return None if value is None else self._words(key, value)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; empty where the key is absent."""
        return tuple(self._words(key, text) for text in self._list(key, str, "texts", required))

    def localised(self, key: str) -> Mapping[str, str]:
        """A text in each locale."""
        value = self._get(key, dict, self._form_of_localised(), required=True)
        return MappingProxyType({}) if value is None else self._localised(key, value)

    def optional_localised(self, key: str) -> Mapping[str, str] | None:
        """A text in each locale, or None where the key is absent."""
        value = self._get(key, dict, self._form_of_localised(), required=False)
        return None if value is None else self._localised(key, value)

    def localised_list(self, key: str) -> tuple[Mapping[str, str], ...]:
        """A list of texts in each locale; empty where the key is absent."""
        items = self._list(key, dict, f"tables {self._form_of_localised()}", required=False)
        return tuple(self._localised(key, item) for item in items)

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """A member of an enumeration, by its value; a key without a default must be there."""
        if default is not None and key not in self.values:
            self._asked.add(key)
            return default
        allowed = [member.value for member in kind]
        value = self.one_of(key, allowed)
        return kind(value) if value in allowed else next(iter(kind))

    def one_of(self, key: str, allowed: Iterable[str]) -> str:
        """One of some words."""
        value = self._get(key, str, "a text in quotes", required=True)
        if value is not None and value not in set(allowed):
            self.fault(
                key, f"`{key}` is {value!r}, which is unknown", f"allowed are: {_listed(allowed)}"
            )
        return value or ""

    def boolean(self, key: str, default: bool | None = None) -> bool:
        """``true`` or ``false``; a key without a default must be there."""
        value = self._get(key, bool, "true or false", required=default is None)
        return bool(default) if value is None else value

    def whole_number(self, key: str, least: int, default: int | None = None) -> int:
        """A whole number from ``least``; a key without a default must be there."""
        value = self._get(key, int, "a whole number", required=default is None)
        if value is None and default is not None:
            return default
        if value is not None and value < least:
            self.fault(key, f"`{key}` is {value}", f"write a whole number from {least}")
        return least if value is None else value

    def optional_day(self, key: str) -> date | None:
        """A calendar day, or None where the key is absent."""
        form = "a day such as 2021-11-01, without quotes"
        value: date | None = self._get(key, date, form, required=False)
        return value

    def optional_duration(self, key: str) -> timedelta | None:
        """A duration above nothing as :meth:`duration` reads it; None where the key is absent."""
        if key not in self.values:
            self._asked.add(key)
            return None
        value = self.duration(key)
        if not value:
            self.fault(key, f"`{key}` is no time at all", 'write for example "P180D"')
        return value

    def duration(self, key: str) -> timedelta:
        """An ISO 8601 duration in weeks, days, hours, minutes and seconds."""
        value = self._get(key, str, 'a duration such as "PT48H"', required=True)
        match = _DURATION.fullmatch(value) if value else None
        if value is not None and match is None:
            self.fault(
                key,
                f"`{key}` is {value!r}, which is no ISO 8601 duration",
                'write for example "PT48H" or "P2D"; months and years have no fixed length',
            )
        try:
            parts = match.groupdict(default="0") if match else {}
            return timedelta(**{unit: int(number) for unit, number in parts.items()})
        except OverflowError:
            self.fault(key, f"`{key}` is longer than can be counted", 'write for example "PT48H"')
            return timedelta()

    def table(self, key: str) -> TomlTable:
        """A table inside this one; empty where it is absent, which is noted."""
        value = self._get(key, dict, f"a table [{key}]", required=True)
        return TomlTable(self.file, (*self.path, key), value or {})

    def optional_table(self, key: str) -> TomlTable | None:
        """A table inside this one, or None where it is absent."""
        value = self._get(key, dict, f"a table [{key}]", required=False)
        return None if value is None else TomlTable(self.file, (*self.path, key), value)

    def tables(self, key: str) -> list[TomlTable]:
        """The tables of an array ``[[key]]``; none where it is absent."""
        items = self._list(key, dict, f"tables [[{key}]]", required=False)
        return [
            TomlTable(self.file, (*self.path, key, position), item)
            for position, item in enumerate(items)
        ]

    def _get(self, key: str, kind: type[Any], form: str, *, required: bool) -> Any:
        self._asked.add(key)
        if key not in self.values:
            if required:
                self.file.fault(self.path, f"`{key}` is missing", f"add `{key}`: {form}")
            return None
        value = self.values[key]
        # bool is an int to Python and a date-time a date; to an author they are not.
        if type(value) is not kind:
            self.fault(key, f"`{key}` is not {form}", f"write {form}")
            return None
        return value

    def _list(self, key: str, kind: type[Any], form: str, required: bool) -> list[Any]:
        items = self._get(key, list, f"a list of {form}", required=required) or []
        if any(type(item) is not kind for item in items):
            self.fault(key, f"`{key}` is not a list of {form}", f"write a list of {form}")
            return []
        return list(items)

    def _form_of_localised(self) -> str:
        inside = ", ".join(f'{locale} = "…"' for locale in self.file.locales)
        return f"{{ {inside} }}"

    def _localised(self, key: str, value: Mapping[str, Any]) -> Mapping[str, str]:
        form = self._form_of_localised()
        for locale in sorted(set(self.file.locales) - value.keys()):
            self.fault(key, f"`{key}` lacks the language {locale}", f"write {form}")
        for locale in sorted(value.keys() - set(self.file.locales)):
            self.fault(
                key, f"`{key}` has the language {locale}, which the pack lacks", f"write {form}"
            )
        texts = {locale: text for locale, text in value.items() if isinstance(text, str)}
        for locale in sorted(value.keys() - texts.keys()):
            self.fault(key, f"`{key}` in {locale} is not a text in quotes", f"write {form}")
        return MappingProxyType({name: self._words(key, text) for name, text in texts.items()})

    def _words(self, key: str, value: str) -> str:
        for _, name in unseen_characters(value):
            self.fault(key, f"`{key}` holds {name}, which cannot be seen", "delete it")
        words = one_line(value)
        if not words:
            self.fault(key, f"`{key}` is empty", "write its words")
        return words


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
