"""``summary.md`` -> summary cards.

The form: ``# Title``, then for each card an attribute line, a heading and one paragraph::

    {#location icon=location_on clauses="location nearby"}
    ## 位置只在您点击时获取

    不点"定位"，我们不会知道您在哪里。

A card is drawn in one style, so its words are plain: no bold, no links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .document import Paragraph, Run, plain_text
from .inline import Reading
from .markdown import heading_id
from .outline import Part, read_outline
from .parser import policy_parser
from .texts import SummaryCard

_ICON = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


@dataclass(frozen=True)
class Summary:
    """A summary as read: its heading, its cards, and the line of each card's attributes."""

    title: str
    cards: tuple[SummaryCard, ...]
    lines: Mapping[str, int]


def read_summary(text: str, file: str) -> tuple[Summary, Reading]:
    """Read a summary as far as possible; use it only if ``reading.errors`` is empty."""
    outline, reading = read_outline(
        text, file, policy_parser(), frozenset({"id", "icon", "clauses"})
    )
    if outline.preamble:
        reading.error(
            outline.preamble[0][0], "something stands before the first card", "put it into a card"
        )
    if not outline.parts:
        reading.error(1, "the summary has no cards", "add a heading `## …` with its attributes")
    taken: dict[str, int] = {}
    cards = tuple(_card(part, taken, reading) for part in outline.parts)
    return Summary(outline.title, cards, attribute_lines(outline.parts)), reading


def _card(part: Part, taken: dict[str, int], reading: Reading) -> SummaryCard:
    id_ = second_level_id(part, taken, reading)
    icon = part.attributes.get("icon", "")
    if not _ICON.fullmatch(icon):
        reading.error(
            part.attribute_line,
            f"the icon {icon!r} is no icon's name" if icon else "the card has no icon",
            "add icon=… with the name of a Material icon, such as icon=phone_iphone",
        )
    body = ""
    match part.blocks:
        case [(line, Paragraph(runs))]:
            body = plain_words(runs, line, reading)
        case _:
            reading.error(part.line, "the card is not one paragraph", "write one paragraph")
    return SummaryCard(
        id=id_,
        icon=icon,
        title=plain_words(part.heading, part.line, reading),
        body=body,
        clauses=clause_ids(part, reading),
    )


def second_level_id(part: Part, taken: dict[str, int], reading: Reading) -> str:
    """The id of a heading that must be of the second level."""
    if part.level != 2:
        reading.error(part.line, f"the heading is {'#' * part.level}", "use ## here")
    return heading_id(part, taken, reading)


def clause_ids(part: Part, reading: Reading) -> tuple[str, ...]:
    """The clauses that a heading's attributes name; at least one."""
    clauses = tuple(part.attributes.get("clauses", "").split())
    if not clauses:
        reading.error(
            part.attribute_line,
            "no clause is named",
            'add clauses="main-clause other-clause" with ids from policy.md',
        )
    return clauses


def plain_words(runs: tuple[Run, ...], line: int, reading: Reading) -> str:
    """The words of runs that must have no style."""
    words = plain_text(runs).strip()
    if any(run != Run(run.text) for run in runs):
        reading.error(
            line,
            "the words have a style or a link",
            "write plain words; they are drawn in one style",
        )
    elif not words:
        reading.error(line, "the words are missing", "write them")
    return words


def attribute_lines(parts: list[Part]) -> dict[str, int]:
    """The line of each heading's attributes, by its id."""
    return {part.attributes.get("id", ""): part.attribute_line for part in parts}
