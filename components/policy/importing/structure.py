"""Lines of text -> headings and lists.

A numbered line is a heading only when it behaves like one: it is short, does not end like a
sentence, its number follows the one before it in its family, and text stands under it before
the next of its kind. So the contents at the head of a policy (1、… to 9、… in a row) stay a list
while the same words further down are headings. A number that follows nothing (``3.5 million``)
is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..anymarkdown_blocks import DEEPEST_LIST, Heading
from ..anymarkdown_inline import tidy
from ..document import Block, ListBlock, Paragraph, Run, plain_text
from .numbering import FAMILIES, Marker, markers_of

LONGEST_HAN_HEADING = 40
"""Characters of a numbered Chinese heading; one without a number is shorter than half of it."""
LONGEST_LATIN_HEADING = 100
"""Characters of a numbered Latin heading; one without a number has at most 60."""

_ENDING = re.compile(r"[。．；;：:，,、！!？?…]$|(?<![A-Z])\.$")
_INSIDE = re.compile(r"[。；;：:，,！!？?]")
_INTRODUCTION = re.compile(
    r"(?:引言|前言|导言|概述|总则|摘要|(?i:introduction|preamble|overview))$"
)
_HAN = re.compile("[\\u3400-\\u9fff]")
_OUTER = frozenset(("part", "chapter", "section", "article", "han", "han-bracket", "dotted"))
_PLAIN_RANK = (len(FAMILIES) + 1, 0)


@dataclass(frozen=True)
class Line:
    """One paragraph of the text: its runs and its line in the file, from 1."""

    runs: tuple[Run, ...]
    number: int

    @property
    def text(self) -> str:
        """Its words."""
        return plain_text(self.runs)


@dataclass(frozen=True)
class _Numbered:
    line: Line
    marker: Marker | None
    heading: bool


def structured(lines: Sequence[Line | Block]) -> list[Heading | Block]:
    """Lines and ready blocks -> headings, lists, paragraphs and those blocks, in order."""
    marked = _marked(lines)
    by_number = any(
        item.heading and item.marker is not None and item.marker.family in _OUTER
        for item in marked
        if isinstance(item, _Numbered)
    )
    contents: list[Heading | Block] = []
    builder = _Lists()
    for position, item in enumerate(marked):
        if not isinstance(item, _Numbered):
            contents += builder.close()
            contents.append(item)
        elif item.heading:
            contents += builder.close()
            title = position == 0 and item.marker is None
            title = title and not _INTRODUCTION.match(item.line.text)
            rank = (-1, 0) if title else _rank(item.marker, by_number)
            contents.append(Heading(_level(rank), tidy(item.line.runs), item.line.number))
        elif item.marker is None:
            contents += builder.close()
            contents.append(Paragraph(tidy(item.line.runs)))
        else:
            contents += builder.add(item.marker, _without(item.line, item.marker))
    return [*contents, *builder.close()]


def _level(rank: tuple[int, int]) -> int:
    """A rank as one number; only its order counts (see ``anymarkdown.arranged``)."""
    return (rank[0] + 2) * 10 + rank[1]


def _rank(marker: Marker | None, by_number: bool) -> tuple[int, int]:
    if marker is None:
        # In a text divided by numbers a bare short line divides the smallest part further.
        return _PLAIN_RANK if by_number else (0, 0)
    depth = len(marker.ordinals) if marker.family in ("arabic", "dotted") else 0
    family = "arabic" if marker.family == "dotted" else marker.family
    return (FAMILIES.index(family) + 1, depth)


def _marked(lines: Sequence[Line | Block]) -> list[_Numbered | Block]:
    last: dict[tuple[str, int], tuple[int, ...]] = {}
    chosen: list[tuple[Line | Block, Marker | None]] = []
    for line in lines:
        marker = _consistent(line.text, last) if isinstance(line, Line) else None
        if marker is not None and marker.ordinals:
            last[(marker.family, len(marker.ordinals))] = marker.ordinals
        chosen.append((line, marker))
    marked: list[_Numbered | Block] = []
    for position, (line, marker) in enumerate(chosen):
        if not isinstance(line, Line):
            marked.append(line)
            continue
        following = chosen[position + 1] if position + 1 < len(chosen) else None
        heading = _looks_like_heading(line.text, marker) and _has_text_below(marker, following)
        if position == 0 and marker is None and following is not None:
            heading = _looks_like_heading(line.text, marker)
        marked.append(_Numbered(line, marker, heading))
    return marked


def _consistent(text: str, last: dict[tuple[str, int], tuple[int, ...]]) -> Marker | None:
    """The marker of a line if its number begins or goes on; numbers may skip one upwards."""
    for marker in markers_of(text):
        if not text[marker.length :].strip():
            continue
        if not marker.ordinals:
            return marker
        before = last.get((marker.family, len(marker.ordinals)))
        begins = marker.ordinal == 1
        goes_on = before is not None and 0 < marker.ordinal - before[-1] <= 2
        if marker.family == "dotted":
            parent = last.get(("arabic", 1)) or last.get(("dotted", len(marker.ordinals) - 1))
            begins = begins and parent in (None, marker.ordinals[:-1])
            goes_on = goes_on and before is not None and before[:-1] == marker.ordinals[:-1]
            begins = begins or (before is None and marker.ordinal <= 1)
        if begins or goes_on:
            return marker
    return None


def _looks_like_heading(text: str, marker: Marker | None) -> bool:
    words = text[marker.length if marker else 0 :].strip()
    if not words or _ENDING.search(words) or (marker and marker.family == "bullet"):
        return False
    if _HAN.search(words):
        longest = LONGEST_HAN_HEADING if marker else LONGEST_HAN_HEADING // 2 - 1
        return len(words) <= longest and not (marker is None and _INSIDE.search(words))
    if marker is None:
        return len(words) <= 60 and len(words.split()) <= 9 and not _INSIDE.search(words)
    return len(words) <= LONGEST_LATIN_HEADING


def _has_text_below(
    marker: Marker | None, following: tuple[Line | Block, Marker | None] | None
) -> bool:
    if following is None:
        return False
    line, other = following
    if not isinstance(line, Line):
        return True
    if marker is None:
        # Two bare short lines in a row are an address or a signature, unless numbers follow.
        return other is not None or not _looks_like_heading(line.text, None)
    if other is None:
        return True
    below = FAMILIES.index(other.family) if other.ordinals else len(FAMILIES)
    here = FAMILIES.index(marker.family)
    if below == here:
        return len(other.ordinals) > len(marker.ordinals)
    return below > here


def _without(line: Line, marker: Marker) -> tuple[Run, ...]:
    """The line's runs behind its marker."""
    left = marker.length
    runs: list[Run] = []
    for run in line.runs:
        cut = min(left, len(run.text))
        left -= cut
        runs.append(replace(run, text=run.text[cut:]))
    return tidy(runs)


@dataclass
class _OpenList:
    marker: Marker
    start: int
    items: list[list[Block]]


class _Lists:
    """Builds lists of lists from marked lines that follow each other."""

    def __init__(self) -> None:
        self._open: list[_OpenList] = []

    def add(self, marker: Marker, runs: tuple[Run, ...]) -> list[Block]:
        """Take one item; lists that it ends are given back."""
        closed: list[Block] = []
        families = [open_.marker.family for open_ in self._open]
        if marker.family in families:
            while self._open[-1].marker.family != marker.family:
                closed += self._pop()
            last = self._open[-1]
            if marker.ordinals and marker.ordinal != last.marker.ordinal + 1:
                # A list counts on by itself; another number needs a list of its own.
                closed += self._pop()
                self._open.append(_OpenList(marker, marker.ordinal, []))
        else:
            if len(self._open) == DEEPEST_LIST:
                closed += self._pop()
            self._open.append(_OpenList(marker, max(marker.ordinal, 0), []))
        self._open[-1].marker = marker
        self._open[-1].items.append([Paragraph(runs)])
        return closed

    def close(self) -> list[Block]:
        """End everything; the lists that were open."""
        closed: list[Block] = []
        while self._open:
            closed += self._pop()
        return closed

    def _pop(self) -> list[Block]:
        ended = self._open.pop()
        ordered = bool(ended.marker.ordinals)
        items = tuple(tuple(item) for item in ended.items)
        block = ListBlock(ordered, ended.start if ordered else 1, items)
        if self._open:
            self._open[-1].items[-1].append(block)
            return []
        return [block]
