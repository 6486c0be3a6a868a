"""Cutting the runs of a text where marks begin and end: hits of a search, explained terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from ...policy.document import Run


class MarkKind(StrEnum):
    """``HIT``: the search found it. ``CURRENT``: the one it stands at. ``TERM``: explained."""

    HIT = "hit"
    CURRENT = "current"
    TERM = "term"


@dataclass(frozen=True)
class Mark:
    """Characters ``start`` (included) to ``end`` (excluded) of a text are marked.

    ``term`` is the id of the term, empty for a hit.
    """

    start: int
    end: int
    kind: MarkKind
    term: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of a run under the same marks: at most a hit and a term."""

    run: Run
    hit: Mark | None = None
    term: Mark | None = None


def cut(runs: Sequence[Run], marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Runs cut at every mark; the pieces' texts, one behind the other, are the runs'.

    A link stays a link and sensitive information stays as it is spoken: neither is explained.
    """
    edges = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
    pieces: list[Piece] = []
    begin = 0
    for run in runs:
        end = begin + len(run.text)
        cuts = [begin, *(edge for edge in edges if begin < edge < end), end]
        for left, right in pairwise(cuts):
            part = replace(run, text=run.text[left - begin : right - begin])
            over = [mark for mark in marks if mark.start <= left and right <= mark.end]
            explains = run.href is None and not run.sensitive
            pieces.append(
                Piece(
                    part,
                    next((it for it in over if it.kind is not MarkKind.TERM), None),
                    next((it for it in over if it.kind is MarkKind.TERM and explains), None),
                )
            )
        begin = end
    return tuple(pieces)
