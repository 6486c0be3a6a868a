"""Edits to a source text that are noted, can be read by a person, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Repair:
    """One edit.

    Attributes:
        offset: Where in the source, in characters from 0.
        removed: What stood there; empty for an insertion.
        inserted: What stands there now; empty for a deletion.
        rule: Which rule did it, for example ``doubled-glyph``.
        reason: Why, for a person.
    """

    offset: int
    removed: str
    inserted: str
    rule: str
    reason: str

    @property
    def end(self) -> int:
        """Behind the removed characters in the source."""
        return self.offset + len(self.removed)


@dataclass(frozen=True, order=True)
class Remark:
    """Something that was seen and left as it is.

    Attributes:
        offset: Where in the source, in characters from 0.
        text: What stands there.
        rule: Which rule saw it.
        reason: Why it was left, and what a person may do.
    """

    offset: int
    text: str
    rule: str
    reason: str


class RepairConflict(ValueError):
    """Two repairs touch the same characters, or the text is not the one they were made for."""


def repaired(source: str, repairs: Iterable[Repair]) -> str:
    """The source with the repairs made.

    Raises:
        RepairConflict: The source is not theirs, or two of them overlap.
    """
    pieces: list[str] = []
    position = 0
    for repair in ordered(repairs):
        if source[repair.offset : repair.end] != repair.removed or repair.offset < position:
            raise RepairConflict(f"offset {repair.offset}: {repair.removed!r} is not there")
        pieces += [source[position : repair.offset], repair.inserted]
        position = repair.end
    return "".join([*pieces, source[position:]])


def undone(text: str, repairs: Iterable[Repair]) -> str:
    """The source again, from the repaired text.

    Raises:
        RepairConflict: The text is not the one that the repairs gave.
    """
    pieces: list[str] = []
    position = source_position = 0
    for repair in ordered(repairs):
        kept = repair.offset - source_position
        begin = position + kept
        end = begin + len(repair.inserted)
        if kept < 0 or text[begin:end] != repair.inserted:
            raise RepairConflict(f"offset {repair.offset}: {repair.inserted!r} is not there")
        pieces += [text[position:begin], repair.removed]
        position, source_position = end, repair.end
    return "".join([*pieces, text[position:]])


def ordered(repairs: Iterable[Repair]) -> list[Repair]:
    """Repairs by place; at one place an insertion comes first."""
    return sorted(repairs, key=lambda repair: (repair.offset, len(repair.removed)))


def without_overlaps(repairs: Sequence[Repair]) -> list[Repair]:
    """The repairs but those that touch a place an earlier one in the list has taken.

    Characters are odd places and the gaps between them even ones: a deletion takes its characters
    and the gaps within, an insertion one gap.
    """
    taken: set[int] = set()
    kept: list[Repair] = []
    for repair in repairs:
        first, last = 2 * repair.offset, 2 * repair.end
        places = set(range(first + 1, last)) or {first}
        if not places & taken:
            taken |= places
            kept.append(repair)
    return ordered(kept)
