"""What a comparison of two documents says: clause by clause, line by line, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..document import Block, Clause
from .pieces import Piece
from .words import WordRuns


class Mark(StrEnum):
    """One thing that happened to a clause or a line; several may have happened to one.

    ``KEPT`` stands alone: nothing that a reader can see. ``ADDED`` and ``REMOVED`` stand alone.
    ``MOVED``: it has another place among its neighbours, or another part. ``RENUMBERED``: the
    number in the heading is another. ``RETITLED``: the words of the heading are others.
    ``REWORDED``: the words under the heading (of a line: its words). ``REARRANGED``: the same lines
    in another order. ``RELINKED``: a link leads elsewhere. ``RESTYLED``: only weight, slant, the
    mark of sensitivity or the form of a list changed. ``RELEVELLED``: the heading is higher or
    deeper. ``REIDENTIFIED``: the same clause under another id.
    """

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RETITLED = "retitled"
    REWORDED = "reworded"
    REARRANGED = "rearranged"
    RELINKED = "relinked"
    RESTYLED = "restyled"
    RELEVELLED = "relevelled"
    REIDENTIFIED = "reidentified"


@dataclass(frozen=True)
class LinkChange:
    """A link that leads elsewhere.

    Attributes:
        text: Its words now (before, where it is gone).
        old: Where it led; None where it is new.
        new: Where it leads; None where it is gone.
    """

    text: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class PieceChange:
    """What became of one line: a paragraph, a list item's paragraph, or a row of a table.

    A line that went to another clause appears in both, with the same words.

    Attributes:
        marks: What happened, in the order of :class:`Mark`.
        old: The line as it stood in this clause; None if it did not.
        new: The line as it stands in this clause; None if it does not.
        old_position: Its position, from 0, among the clause's old lines; None without ``old``.
        new_position: Likewise for ``new``.
        words: What became of its words.
        links: The links that lead elsewhere.
        moved_from: Id of the clause it came from, empty for the text before the first clause;
            None if it came from none.
        moved_to: Likewise, the clause it went to.
    """

    marks: tuple[Mark, ...]
    old: Piece | None
    new: Piece | None
    old_position: int | None
    new_position: int | None
    words: WordRuns
    links: tuple[LinkChange, ...] = ()
    moved_from: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True)
class Place:
    """Where a clause stands: its section, its position in it, and in the whole text, from 0."""

    section: int
    clause: int
    overall: int


@dataclass(frozen=True)
class ClauseChange:
    """What became of one clause.

    Attributes:
        marks: What happened, in the order of :class:`Mark`.
        old: The clause before; None if it is new.
        new: The clause after; None if it is gone.
        old_place: Where ``old`` stands.
        new_place: Where ``new`` stands.
        moved_from: Id of the clause it stood under, where it stands under another now; empty
            if it stood under none; None if it is under the same.
        moved_to: Likewise, the clause it stands under now.
        old_number: The number in its old heading, empty if none.
        new_number: The number in its new heading, empty if none.
        title: What became of the heading's words, the number included.
        pieces: What became of each line, those that are gone between their old neighbours.
    """

    marks: tuple[Mark, ...]
    old: Clause | None
    new: Clause | None
    old_place: Place | None
    new_place: Place | None
    moved_from: str | None
    moved_to: str | None
    old_number: str
    new_number: str
    title: WordRuns
    pieces: tuple[PieceChange, ...]

    @property
    def clause(self) -> Clause:
        """The clause as it is now, or as it last was."""
        clause = self.new or self.old
        assert clause is not None  # noqa: S101 - one of the two is there
        return clause


@dataclass(frozen=True)
class Replacement:
    """The same words, or the same address, replaced in several places.

    Attributes:
        old: What stood there.
        new: What stands there.
        places: How many times.
        is_link: Whether these are addresses that links lead to.
    """

    old: str
    new: str
    places: int
    is_link: bool


@dataclass(frozen=True)
class DocumentDiff:
    """What became of a document.

    Attributes:
        title: What became of the words of its title.
        old_preamble: What stood before the first clause.
        new_preamble: What stands there now.
        preamble: What became of each line of it.
        clauses: Every clause of both, in the new order; those that are gone stand behind their
            old neighbour.
        replaced_throughout: What was replaced in at least three places, the most frequent first.
    """

    title: WordRuns
    old_preamble: tuple[Block, ...]
    new_preamble: tuple[Block, ...]
    preamble: tuple[PieceChange, ...]
    clauses: tuple[ClauseChange, ...]
    replaced_throughout: tuple[Replacement, ...]
