"""Two documents -> what became of each clause; and back again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..document import Clause, Document, Section, block_text
from .bodies import Body, compare_bodies, pieces_in_order
from .clauses import Listed, listed, match_clauses, moved_clauses
from .document_changes import ClauseChange, DocumentDiff, Mark, PieceChange, Replacement
from .order import Positions, reading_order
from .pieces import pieces_of
from .words import (
    Change,
    WordComparison,
    WordRuns,
    deleted,
    inserted,
    inverted,
    joined,
    kept,
    new_words,
    old_words,
)

_THROUGHOUT = 3
"""So many times is a replacement told once for the whole document."""


class DiffDoesNotFit(ValueError):
    """A diff was applied to a document other than the one it starts from."""


def diff_documents(
    old: Document, new: Document, progress: Callable[[int, int], None] = lambda done, of: None
) -> DocumentDiff:
    """What became of each clause of a document.

    Args:
        old: The document before.
        new: The document after; in the same language, or nothing is found to agree.
        progress: Told from time to time how many steps of how many are done.
    """
    before, after = listed(old), listed(new)
    pairs = match_clauses(before, after)
    moved, elsewhere = moved_clauses(before, after, pairs)
    words = WordComparison(_texts(old, before) + _texts(new, after))
    origin = {j: i for i, j in pairs.items()}
    couples: list[tuple[Listed | None, Listed | None]] = [
        (before[origin[j]] if j in origin else None, item) for j, item in enumerate(after)
    ]
    couples += [(item, None) for i, item in enumerate(before) if i not in pairs]
    bodies = [Body("", "", pieces_of(old.preamble), pieces_of(new.preamble))]
    for was, now in couples:
        bodies.append(
            Body(
                was.clause.id if was else "",
                now.clause.id if now else "",
                pieces_of(was.clause.blocks) if was else (),
                pieces_of(now.clause.blocks) if now else (),
            )
        )
    preamble, *pieces = compare_bodies(bodies, words, progress)
    changes = [
        _clause_change(couple, lines, words, moved, elsewhere, (before, after))
        for couple, lines in zip(couples, pieces, strict=True)
    ]
    clauses = _in_order(changes)
    title = words.runs(old.title, new.title)
    return DocumentDiff(
        title, old.preamble, new.preamble, preamble, clauses, _throughout(preamble, clauses)
    )


def apply(old: Document, diff: DocumentDiff) -> Document:
    """The new document, made from the old one and what became of it.

    Raises:
        DiffDoesNotFit: The diff starts from another document.
    """
    clauses = {
        (change.old_place.section, change.old_place.clause): change.old
        for change in diff.clauses
        if change.old_place is not None
    }
    here = {
        (number, position): clause
        for number, section in enumerate(old.sections)
        for position, clause in enumerate(section.clauses)
    }
    if (old_words(diff.title), diff.old_preamble, clauses) != (old.title, old.preamble, here):
        raise DiffDoesNotFit("the diff was made from another document")
    sections: dict[int, list[Clause]] = {}
    for change in diff.clauses:
        if change.new is not None and change.new_place is not None:
            sections.setdefault(change.new_place.section, []).append(change.new)
    return Document(
        title=new_words(diff.title),
        preamble=diff.new_preamble,
        sections=tuple(Section(tuple(sections[number])) for number in sorted(sections)),
    )


def invert(diff: DocumentDiff) -> DocumentDiff:
    """The diff that leads from the new document back to the old one."""
    clauses = _in_order([_inverted_clause(change) for change in diff.clauses])
    preamble = _inverted_pieces(diff.preamble)
    return DocumentDiff(
        title=inverted(diff.title),
        old_preamble=diff.new_preamble,
        new_preamble=diff.old_preamble,
        preamble=preamble,
        clauses=clauses,
        replaced_throughout=_throughout(preamble, clauses),
    )


def _texts(document: Document, clauses: Sequence[Listed]) -> tuple[str, ...]:
    return (
        document.title,
        *map(block_text, document.preamble),
        *(f"{item.clause.title}\n{item.body}" for item in clauses),
    )


def _in_order(changes: Sequence[ClauseChange]) -> tuple[ClauseChange, ...]:
    return reading_order(
        (
            change,
            Positions(
                None if change.old_place is None else change.old_place.overall,
                None if change.new_place is None else change.new_place.overall,
                Mark.MOVED in change.marks,
            ),
        )
        for change in changes
    )


def _clause_change(
    couple: tuple[Listed | None, Listed | None],
    pieces: tuple[PieceChange, ...],
    words: WordComparison,
    moved: set[int],
    elsewhere: set[int],
    documents: tuple[Sequence[Listed], Sequence[Listed]],
) -> ClauseChange:
    was, now = couple
    marks: tuple[Mark, ...] = (Mark.REMOVED,) if was else (Mark.ADDED,)
    parents: tuple[str | None, str | None] = (None, None)
    if was is not None and now is not None:
        position = was.place.overall
        marks = _marks(was, now, pieces, moved=position in moved | elsewhere)
        if position in elsewhere:
            parents = _parent_id(was, documents[0]), _parent_id(now, documents[1])
    return ClauseChange(
        marks=marks,
        old=was.clause if was else None,
        new=now.clause if now else None,
        old_place=was.place if was else None,
        new_place=now.place if now else None,
        moved_from=parents[0],
        moved_to=parents[1],
        old_number=was.title.number if was else "",
        new_number=now.title.number if now else "",
        title=_title(was, now, words),
        pieces=pieces,
    )


def _title(was: Listed | None, now: Listed | None, words: WordComparison) -> WordRuns:
    """What became of a heading; its number is one word."""
    if was is None or now is None:
        return words.runs(was.clause.title if was else "", now.clause.title if now else "")
    before, after = _heading_parts(was), _heading_parts(now)
    numbers = (
        [kept(before[0])] if before[0] == after[0] else [deleted(before[0]), inserted(after[0])]
    )
    return joined([*numbers, words.runs(before[1], after[1]), words.runs(before[2], after[2])])


def _heading_parts(item: Listed) -> tuple[str, str, str]:
    """Number, what stands between, words."""
    title, (number, words) = item.clause.title, item.title
    start = title.index(number) + len(number)
    end = len(title) - len(words)
    return title[:start], title[start:end], words


def _parent_id(item: Listed, document: Sequence[Listed]) -> str:
    return "" if item.parent is None else document[item.parent].clause.id


def _marks(
    was: Listed, now: Listed, pieces: tuple[PieceChange, ...], *, moved: bool
) -> tuple[Mark, ...]:
    of_pieces = {mark for piece in pieces for mark in piece.marks}
    came_or_went = any(piece.old is None or piece.new is None for piece in pieces)
    told = {
        Mark.MOVED: moved,
        Mark.RENUMBERED: was.title.number != now.title.number,
        Mark.RETITLED: was.title.words != now.title.words,
        Mark.REWORDED: came_or_went or Mark.REWORDED in of_pieces,
        Mark.REARRANGED: any(
            Mark.MOVED in piece.marks and piece.old and piece.new for piece in pieces
        ),
        Mark.RELINKED: Mark.RELINKED in of_pieces,
        Mark.RESTYLED: Mark.RESTYLED in of_pieces,
        Mark.RELEVELLED: was.clause.level != now.clause.level,
        Mark.REIDENTIFIED: was.clause.id != now.clause.id,
    }
    body = {Mark.REWORDED, Mark.REARRANGED, Mark.RELINKED}
    heading_styled = (
        was.clause.title == now.clause.title and was.clause.heading != now.clause.heading
    )
    if heading_styled or (
        was.clause.blocks != now.clause.blocks and not any(told[mark] for mark in body)
    ):
        told[Mark.RESTYLED] = True
    return tuple(mark for mark, happened in told.items() if happened) or (Mark.KEPT,)


def _throughout(
    preamble: tuple[PieceChange, ...], clauses: tuple[ClauseChange, ...]
) -> tuple[Replacement, ...]:
    lines = [*preamble, *(piece for change in clauses for piece in change.pieces)]
    counts = Counter(
        replacement
        for line in lines
        if line.moved_to is None
        for replacement in _replacements(line)
    )
    found = [
        Replacement(old, new, places, is_link)
        for (old, new, is_link), places in counts.items()
        if places >= _THROUGHOUT
    ]
    return tuple(sorted(found, key=lambda it: (-it.places, it.is_link, it.old, it.new)))


def _replacements(line: PieceChange) -> Iterator[tuple[str, str, bool]]:
    for first, second in pairwise(line.words):
        if first.change is Change.DELETED and second.change is Change.INSERTED:
            yield first.text.strip(), second.text.strip(), False
    for link in line.links:
        if link.old is not None and link.new is not None:
            yield link.old, link.new, True


_OPPOSITE = {Mark.ADDED: Mark.REMOVED, Mark.REMOVED: Mark.ADDED}


def _opposite(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(_OPPOSITE.get(mark, mark) for mark in marks)


def _inverted_pieces(pieces: tuple[PieceChange, ...]) -> tuple[PieceChange, ...]:
    return pieces_in_order(
        [
            PieceChange(
                marks=_opposite(piece.marks),
                old=piece.new,
                new=piece.old,
                old_position=piece.new_position,
                new_position=piece.old_position,
                words=inverted(piece.words),
                links=tuple(replace(link, old=link.new, new=link.old) for link in piece.links),
                moved_from=piece.moved_to,
                moved_to=piece.moved_from,
            )
            for piece in pieces
        ]
    )


def _inverted_clause(change: ClauseChange) -> ClauseChange:
    return ClauseChange(
        marks=_opposite(change.marks),
        old=change.new,
        new=change.old,
        old_place=change.new_place,
        new_place=change.old_place,
        moved_from=change.moved_to,
        moved_to=change.moved_from,
        old_number=change.new_number,
        new_number=change.old_number,
        title=inverted(change.title),
        pieces=_inverted_pieces(change.pieces),
    )
