"""What two languages of one policy must have in common, place by place.

A policy is taken apart into places: its title, each clause, paragraph, list, list item, table and
cell. Each has traits that translation does not change: level and numbering of a heading, length of
a list, shape of a table, where links lead, what is marked as sensitive or strong, and every number,
date and phone number, whether in digits or in words. The number one is left out where it is a word:
in both languages it is an article more often than a number (第一, a part's number, counts).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.policy import Block, Document, ListBlock, Paragraph, Run, plain_text

Quantities = Counter[str]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHINESE = "二三四五六七八九十"
_NUMERALS = (*"一二三四五六七八九", *(f"十{unit}" for unit in ("", *"一二三四五六七八九")))
"""From 1 to 19, as headings are numbered."""

_PHONE = r"(?P<phone>\d{3}-\d{3}-\d{4})"
_DATES = {
    "zh_Hans": r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
    "en": rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})",
}
_WORDS = {
    "zh_Hans": rf"(?P<word>第一|[两{_CHINESE}])",
    "en": rf"\b(?P<word>{'|'.join(_ENGLISH)}|third)\b",
}
_QUANTITIES = {
    locale: re.compile(
        rf"{_PHONE}|{_DATES[locale]}|(?P<number>\d+)|{_WORDS[locale]}", re.IGNORECASE
    )
    for locale in _DATES
}
_NUMBERING = {
    "zh_Hans": re.compile(rf"(?:（(?P<inner>[一{_CHINESE}]+)）|(?P<outer>[一{_CHINESE}]+)、)"),
    "en": re.compile(r"\d+\.(?P<inner>\d+) |(?P<outer>\d+)\. "),
}


@dataclass(frozen=True)
class Traits:
    """What a place must have in the other language too."""

    shape: tuple[object, ...]
    links: tuple[str, ...] = ()
    sensitive: int = 0
    strong: int = 0
    quantities: tuple[tuple[str, int], ...] = ()


def quantity(match: re.Match[str]) -> str:
    """A number, date (ISO 8601) or phone number, the same for both languages."""
    parts = match.groupdict()
    if parts["phone"]:
        return str(parts["phone"])
    if parts["year"]:
        month = parts["month"]
        number = int(month) if month.isdigit() else _MONTHS.index(month.capitalize()) + 1
        return f"{parts['year']}-{number:02}-{int(parts['day']):02}"
    if parts["number"]:
        return str(int(parts["number"]))
    if parts["word"] == "第一":
        return "1"
    word = parts["word"].lower().replace("third", "three").replace("两", "二")
    return str((_ENGLISH.index(word) if word in _ENGLISH else _CHINESE.index(word)) + 2)


def matches(text: str, locale: str) -> list[re.Match[str]]:
    """Every number, date and phone number in a text."""
    return list(_QUANTITIES[locale].finditer(text))


def quantities(text: str, locale: str) -> Quantities:
    """How often each number, date and phone number stands in a text."""
    return Counter(quantity(match) for match in matches(text, locale))


def numbering(title: str, locale: str) -> tuple[str, int] | None:
    """The number at the head of a heading: which kind, and how much."""
    match = _NUMBERING[locale].match(title)
    if match is None:
        return None
    kind = "inner" if match["inner"] else "outer"
    value = match[kind]
    return kind, int(value) if value.isdigit() else _NUMERALS.index(value) + 1


def traits(document: Document, locale: str) -> dict[str, Traits]:
    """Every place of a document with its traits."""
    found = {"title": Traits((), quantities=_counted(document.title, locale))}
    for position, block in enumerate(document.preamble):
        found |= dict(_block(f"preamble/{position}", block, locale))
    for number, section in enumerate(document.sections):
        for clause in section.clauses:
            shape = (number, clause.level, numbering(clause.title, locale), len(clause.blocks))
            heading = _NUMBERING[locale].sub("", clause.title, count=1)
            found[clause.id] = Traits(shape, quantities=_counted(heading, locale))
            for position, block in enumerate(clause.blocks):
                found |= dict(_block(f"{clause.id}/{position}", block, locale))
    return found


def _block(place: str, block: Block, locale: str) -> Iterator[tuple[str, Traits]]:
    match block:
        case Paragraph(runs):
            yield place, _runs("paragraph", runs, locale)
        case ListBlock(ordered, start, items):
            yield place, Traits(("list", ordered, start, len(items)))
            for number, item in enumerate(items):
                yield f"{place}/item {number}", Traits(("item", len(item)))
                for position, part in enumerate(item):
                    yield from _block(f"{place}/item {number}/{position}", part, locale)
        case _:
            yield place, Traits(("table", len(block.head), len(block.rows)))
            for row_number, row in enumerate((block.head, *block.rows)):
                for column, cell in enumerate(row):
                    yield f"{place}/row {row_number}/{column}", _runs("cell", cell, locale)


def _runs(kind: str, runs: tuple[Run, ...], locale: str) -> Traits:
    return Traits(
        shape=(kind,),
        links=tuple(run.href for run in runs if run.href is not None),
        sensitive=sum(run.sensitive for run in runs),
        strong=sum(run.strong for run in runs),
        quantities=_counted(plain_text(runs), locale),
    )


def _counted(text: str, locale: str) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(quantities(text, locale).items()))


def differences(
    chinese: Document, english: Document, allowed: Mapping[str, Mapping[str, int]]
) -> list[str]:
    """Every place where two languages part; empty when they say the same.

    Args:
        chinese, english: The two.
        allowed: For a place, how often English has a number more than Chinese (less if negative).
    """
    here, there = traits(chinese, "zh_Hans"), traits(english, "en")
    found = [f"{place}: in one language only" for place in here.keys() ^ there.keys()]
    if list(here) != list(there):
        found.append("the order differs")
    for place in here.keys() & there.keys():
        expected = here[place]
        more = Counter(dict(expected.quantities))
        more.update(allowed.get(place, {}))
        counted = tuple(sorted((word, count) for word, count in more.items() if count))
        wanted = Traits(
            expected.shape, expected.links, expected.sensitive, expected.strong, counted
        )
        if wanted != there[place]:
            found.append(f"{place}: {wanted} in zh_Hans, {there[place]} in en")
    return sorted(found)
