"""Dates, numbers, addresses and names in a text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .sdks import ADDRESS

MOST_FACTS = 2_000
"""Facts of one kind that are listed."""


@dataclass(frozen=True)
class Fact:
    """Something found in the repaired text.

    Attributes:
        kind: ``published``, ``effective``, ``date``, ``phone``, ``email``, ``link``, ``address``
            or ``company``.
        text: As it stands there.
        offset: Where, in characters from 0.
        day: For a date, the day it is.
    """

    kind: str
    text: str
    offset: int
    day: date | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})\s?年\s?(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?日"
    r"|(?<![0-9])(?P<y2>(?:19|20)[0-9]{2})[-/.](?P<m2>[0-9]{1,2})[-/.](?P<d2>[0-9]{1,2})(?![0-9])"
    rf"|(?P<month>{_MONTH})\.?\s(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>(?:19|20)[0-9]{{2}})"
    rf"|(?<![0-9])(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?P<month4>{_MONTH})\.?,?\s"
    r"(?P<y4>(?:19|20)[0-9]{2})"
)
_PUBLISHED = re.compile(r"发布|公布|更新|修订|(?i:published|updated?|revised)")
_EFFECTIVE = re.compile(r"生效|施行|实施|(?i:effective|in effect|in force)")
_PLAIN_FACTS = (
    (
        "phone",
        re.compile(
            r"(?<![0-9=/-])(?:400[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|0[0-9]{2,3}-[0-9]{7,8}"
            r"|1[3-9][0-9]{9}|\+[0-9]{1,3}[ -][0-9][0-9 -]{5,14}[0-9])(?![0-9-])"
        ),
    ),
    (
        "email",
        re.compile(
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
            r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
        ),
    ),
    ("link", ADDRESS),
    (
        "address",
        re.compile(r"(?:地址|(?i:address))(?:为|是)?\s*[:：]\s*(?P<words>[^\n。；;]{6,120})"),
    ),
    (
        "company",
        re.compile(
            "(?:(?![的是为由与和者及或在向])[\u4e00-\u9fff（）()]){2,30}?(?:股份有限公司|有限责任公司|有限公司)"
            r"|[A-Z][A-Za-z&.\- ]{2,60},? (?:Inc|Ltd|LLC|GmbH|Limited|S\.A)\b\.?"
        ),
    ),
)


def find_facts(text: str) -> tuple[Fact, ...]:
    """Everything of these kinds in a text, in its order."""
    found = list(_dates(text))
    for kind, form in _PLAIN_FACTS:
        for count, match in enumerate(form.finditer(text)):
            if count == MOST_FACTS:
                break
            group = "words" if kind == "address" else 0
            words = match[group].rstrip(".,;:!?'*) ")
            found.append(Fact(kind, words, match.start(group)))
    return tuple(sorted(found, key=lambda fact: fact.offset))


def _dates(text: str) -> Iterator[Fact]:
    for count, match in enumerate(_DATE.finditer(text)):
        if count == MOST_FACTS:
            return
        groups = match.groupdict()
        year = next(int(groups[name]) for name in ("y", "y2", "y3", "y4") if groups[name])
        day = next(int(groups[name]) for name in ("d", "d2", "d3", "d4") if groups[name])
        named = groups["month"] or groups["month4"]
        month = _MONTHS.index(named[:3].lower()) + 1 if named else int(groups["m"] or groups["m2"])
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        yield Fact(_meaning(text, match.start(), match.end()), match[0], match.start(), when)


def _meaning(text: str, start: int, end: int) -> str:
    """What a date is by the words around it; those before it in its line count first."""
    before = text[max(0, start - 30) : start].rsplit("\n", 1)[-1]
    after = text[end : end + 8].split("\n", 1)[0]
    for words in (before, after):
        effective = [match.start() for match in _EFFECTIVE.finditer(words)]
        published = [match.start() for match in _PUBLISHED.finditer(words)]
        if effective or published:
            return (
                "effective"
                if max(effective, default=-1) > max(published, default=-1)
                else ("published")
            )
    return "date"
