"""The lines under each heading, before and after: which stayed, changed, came, went and moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby

from ..document import Run, normalised
from .document_changes import LinkChange, Mark, PieceChange
from .order import Positions, reading_order
from .pieces import Piece
from .positions import heaviest_rising
from .similarity import matched, shingles
from .words import WordComparison, WordRuns, deleted, inserted, joined, kept

_LEAST_ELSEWHERE = 0.7
_FEWEST_WORD_PAIRS = 4
"""A line is looked for under other headings only if it says more than a word or two."""


@dataclass
class Body:
    """The lines under one heading before and after, and those of them that belong together."""

    old_id: str
    new_id: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    pairs: dict[int, int] = field(default_factory=dict)


def compare_bodies(
    bodies: Sequence[Body], words: WordComparison, progress: Callable[[int, int], None]
) -> list[tuple[PieceChange, ...]]:
    """What became of each line, body by body.

    Args:
        bodies: In reading order.
        words: Compares words.
        progress: Told how many bodies of how many are done.
    """
    for body in bodies:
        body.pairs = matched([piece.text for piece in body.old], [piece.text for piece in body.new])
    went, came = _moved_elsewhere(bodies, words)
    told: list[tuple[PieceChange, ...]] = []
    for number, body in enumerate(bodies):
        progress(number, len(bodies))
        changes = chain(_paired(body, words), went.get(number, ()), came.get(number, ()))
        own = list(changes)
        there = {change.old_position for change in own}, {change.new_position for change in own}
        own += [
            PieceChange((Mark.REMOVED,), piece, None, i, None, deleted(piece.text))
            for i, piece in enumerate(body.old)
            if i not in there[0]
        ]
        own += [
            PieceChange((Mark.ADDED,), None, piece, None, j, inserted(piece.text))
            for j, piece in enumerate(body.new)
            if j not in there[1]
        ]
        told.append(pieces_in_order(own))
    progress(len(bodies), len(bodies))
    return told


def pieces_in_order(changes: Sequence[PieceChange]) -> tuple[PieceChange, ...]:
    """Changes of lines in the order in which they are told."""
    return reading_order(
        (change, Positions(change.old_position, change.new_position, Mark.MOVED in change.marks))
        for change in changes
    )


def _paired(body: Body, words: WordComparison) -> Iterator[PieceChange]:
    line = sorted(body.pairs.items(), key=lambda pair: pair[1])
    stay = heaviest_rising([i for i, _ in line], [len(body.old[i].text) for i, _ in line])
    stayed = {line[k] for k in stay}
    for i, j in line:
        change = _change(body.old[i], body.new[j], words, moved=(i, j) not in stayed)
        yield replace(change, old_position=i, new_position=j)


def _moved_elsewhere(
    bodies: Sequence[Body], words: WordComparison
) -> tuple[dict[int, list[PieceChange]], dict[int, list[PieceChange]]]:
    """Lines that left one heading for another: as told where they were, and where they are."""
    gone = [
        (number, i, piece)
        for number, body in enumerate(bodies)
        for i, piece in enumerate(body.old)
        if i not in body.pairs and _says_enough(piece)
    ]
    come = [
        (number, j, piece)
        for number, body in enumerate(bodies)
        for taken in [set(body.pairs.values())]
        for j, piece in enumerate(body.new)
        if j not in taken and _says_enough(piece)
    ]
    went: dict[int, list[PieceChange]] = {}
    came: dict[int, list[PieceChange]] = {}
    pairs = matched([it[2].text for it in gone], [it[2].text for it in come], _LEAST_ELSEWHERE)
    for a, b in sorted(pairs.items()):
        (source, i, before), (target, j, after) = gone[a], come[b]
        if source == target:
            continue
        change = _change(before, after, words, moved=True)
        went.setdefault(source, []).append(
            replace(change, new=None, old_position=i, moved_to=bodies[target].new_id)
        )
        came.setdefault(target, []).append(
            replace(change, old=None, new_position=j, moved_from=bodies[source].old_id)
        )
    return went, came


def _says_enough(piece: Piece) -> bool:
    return len(shingles(piece.text)) >= _FEWEST_WORD_PAIRS


def _change(old: Piece, new: Piece, words: WordComparison, *, moved: bool) -> PieceChange:
    links = link_changes(old, new)
    same_words = normalised(old.text) == normalised(new.text)
    told = {
        Mark.MOVED: moved,
        Mark.REWORDED: not same_words,
        Mark.RELINKED: bool(links),
        Mark.RESTYLED: same_words and _style(old) != _style(new),
    }
    marks = tuple(mark for mark, happened in told.items() if happened) or (Mark.KEPT,)
    return PieceChange(marks, old, new, None, None, _words(old, new, words), links)


def _words(old: Piece, new: Piece, words: WordComparison) -> WordRuns:
    before, after = old.text.split("\t"), new.text.split("\t")
    if len(before) != len(after) or len(before) != len(new.cells):
        return words.runs(old.text, new.text)
    cells = [words.runs(a, b) for a, b in zip(before, after, strict=True)]
    tabs = [kept("\t") for _ in cells]
    return joined(list(chain.from_iterable(zip(cells, tabs, strict=True)))[:-1])


def _style(piece: Piece) -> tuple[object, ...]:
    """How a line looks: its form and the style of each stretch, links apart."""

    def look(run: Run) -> tuple[bool, ...]:
        return run.strong, run.emphasised, run.code, run.sensitive, run.href is not None

    cells = tuple(
        tuple((style, "".join(run.text for run in runs)) for style, runs in groupby(cell, look))
        for cell in piece.cells
    )
    return piece.form, piece.depth, cells


def link_changes(old: Piece, new: Piece) -> tuple[LinkChange, ...]:
    """The links of a line that lead elsewhere."""
    return _link_changes(old.links, new.links)


def _link_changes(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> tuple[LinkChange, ...]:
    if [href for _, href in old] == [href for _, href in new]:
        return ()
    if len(old) == len(new):
        return tuple(
            LinkChange(text, before, after)
            for (_, before), (text, after) in zip(old, new, strict=True)
            if before != after
        )
    here, there = {href for _, href in old}, {href for _, href in new}
    gone = tuple(LinkChange(text, href, None) for text, href in old if href not in there)
    return gone + tuple(LinkChange(text, None, href) for text, href in new if href not in here)
