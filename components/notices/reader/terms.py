"""Which marks each text of a passage carries: terms at their first place, hits everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from ...policy.document import Run
from ...policy.glossary import find_terms
from ...policy.texts import GlossaryTerm
from .marking import Mark, MarkKind
from .passages import Passage, texts_of
from .searching import Hit


def marks_of(
    passage: Passage,
    terms: tuple[GlossaryTerm, ...],
    hits: Sequence[Hit],
    current: Hit | None,
) -> dict[int, list[Mark]]:
    """The marks of each text by its position; texts without any are left out.

    Args:
        passage: The passage.
        terms: What is explained; each is marked where the passage has it first.
        hits: What the search found in this passage.
        current: The hit at which the search stands, wherever it is.
    """
    marks: dict[int, list[Mark]] = {}
    left = terms
    for number, runs in enumerate(texts_of(passage.blocks), 1):
        for place in find_terms(_explainable(runs), left):
            marks.setdefault(number, []).append(
                Mark(place.start, place.end, MarkKind.TERM, place.term.id)
            )
            left = tuple(it for it in left if it is not place.term)
    for hit in hits:
        kind = MarkKind.CURRENT if hit == current else MarkKind.HIT
        marks.setdefault(hit.text, []).append(Mark(hit.start, hit.end, kind))
    return marks


def _explainable(runs: Sequence[Run]) -> str:
    """A text in which links and sensitive information cannot be read."""
    return "".join(
        run.text if run.href is None and not run.sensitive else "\0" * len(run.text) for run in runs
    )


def first_place(
    passage: Passage, terms: tuple[GlossaryTerm, ...], term: str | None
) -> tuple[str, int, str] | None:
    """Where a passage explains a term: passage, text and term; None if it does not."""
    if term is None:
        return None
    for text, marks in marks_of(passage, terms, (), None).items():
        if any(mark.term == term for mark in marks):
            return passage.id, text, term
    return None
