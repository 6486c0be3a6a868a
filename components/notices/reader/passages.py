"""A document as the reader goes through it: passages, and in each its texts in drawing order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from ...policy.document import Block, Clause, Document, ListBlock, Paragraph, Run, Table, plain_text

Runs = tuple[Run, ...]

_PER_TEXT = 60
"""What a text takes beside its words: the rest of its last line, and the gap behind it."""


@dataclass(frozen=True)
class Passage:
    """A clause, or what stands before the first clause.

    Attributes:
        clause: The clause; None for the beginning of the document.
        blocks: What stands under its heading.
    """

    clause: Clause | None
    blocks: tuple[Block, ...]

    def __repr__(self) -> str:
        # Short for the same reason as a document's.
        return f"<Passage {self.id!r}>"

    @property
    def id(self) -> str:
        """The clause's id; empty for the beginning."""
        return "" if self.clause is None else self.clause.id

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each text that is drawn, the heading first (empty at the beginning)."""
        heading = "" if self.clause is None else self.clause.title
        return (heading, *(plain_text(runs) for runs in texts_of(self.blocks)))

    @cached_property
    def row_weights(self) -> tuple[int, ...]:
        """About how much room each row takes, the heading first, in bytes of UTF-8.

        Bytes, because a Chinese character takes three and about twice the room of a Latin letter.
        """
        weights: list[int] = []
        text = 0
        for count in (1, *_texts_in_rows(self.blocks)):
            words = self.texts[text : text + count]
            weights.append(sum(len(it.encode()) + _PER_TEXT for it in words))
            text += count
        return tuple(weights)


class Passages(Sequence[Passage]):
    """The beginning of a document, then each of its clauses; each is made when it is asked for.

    Args:
        document: Whose.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: dict[int, Passage] = {}

    def position(self, clause_id: str) -> int:
        """Where the passage of a clause stands; that of the empty id is the beginning, 0.

        Raises:
            KeyError: The document has no such clause.
        """
        return 1 + self._document.position(clause_id) if clause_id else 0

    def __len__(self) -> int:
        return 1 + len(self._document.reading_order)

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(at, slice):
            return tuple(self[it] for it in range(*at.indices(len(self))))
        if at not in self._made:
            if at == 0:
                self._made[at] = Passage(None, self._document.preamble)
            else:
                clause = self._document.reading_order[at - 1]
                self._made[at] = Passage(clause, clause.blocks)
        return self._made[at]


def texts_of(blocks: Sequence[Block]) -> Iterator[Runs]:
    """The texts of some blocks in the order in which they are drawn.

    The head of a table comes once, before its rows, however often it is drawn.
    """
    for block in blocks:
        match block:
            case Paragraph(runs):
                yield runs
            case ListBlock(items=items):
                for item in items:
                    yield from texts_of(item or (Paragraph(()),))
            case Table(head, rows):
                yield from head
                for row in rows:
                    yield from row


def row_of(passage: Passage, text: int) -> int:
    """In which row of a passage, from 0 for the heading, a text stands.

    Args:
        passage: The passage.
        text: The text's position in it, as in :attr:`Passage.texts`.
    """
    behind = 1
    for row, count in enumerate(_texts_in_rows(passage.blocks), 1):
        if behind <= text < behind + count:
            return row
        behind += count
    return 0


def _texts_in_rows(blocks: Sequence[Block]) -> Iterator[int]:
    """How many texts each row holds: one, but for the records of a table."""
    for block in blocks:
        match block:
            case Paragraph():
                yield 1
            case ListBlock(items=items):
                for item in items:
                    yield from _texts_in_rows(item or (Paragraph(()),))
            case Table(head, rows):
                first, *others = rows or ((),)
                yield len(head) + len(first)
                yield from map(len, others)
