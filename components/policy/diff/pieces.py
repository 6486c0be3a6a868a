"""The text under a heading as the lines that a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ..document import Block, ListBlock, Paragraph, Run, Table, plain_text


class Form(StrEnum):
    """What a line is drawn as."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    TABLE_HEAD = "table-head"
    TABLE_ROW = "table-row"


@dataclass(frozen=True)
class Piece:
    """One line: a paragraph, a list item's paragraph, or a row of a table.

    Attributes:
        form: How it is drawn.
        depth: In how many lists it stands.
        cells: Its runs; one tuple for a paragraph, one a cell for a row.
    """

    form: Form
    depth: int
    cells: tuple[tuple[Run, ...], ...]

    @cached_property
    def text(self) -> str:
        """Its words; the cells of a row stand apart by tabs."""
        return "\t".join(map(plain_text, self.cells))

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """The words and the target of each link."""
        found: list[tuple[str, str]] = []
        before: str | None = None
        for cell in self.cells:
            for run in cell:
                if run.href is not None and run.href == before:
                    found[-1] = (found[-1][0] + run.text, run.href)
                elif run.href is not None:
                    found.append((run.text, run.href))
                before = run.href
            before = None
        return tuple(found)


def pieces_of(blocks: tuple[Block, ...]) -> tuple[Piece, ...]:
    """Every line of some blocks that says something, in order."""
    return tuple(
        piece
        for piece in _pieces(blocks, Form.PARAGRAPH, 0)
        if piece.text and not piece.text.isspace()
    )


def _pieces(blocks: tuple[Block, ...], form: Form, depth: int) -> Iterator[Piece]:
    for block in blocks:
        match block:
            case Paragraph(runs):
                yield Piece(form, depth, (runs,))
            case ListBlock(ordered=ordered, items=items):
                inner = Form.NUMBERED if ordered else Form.BULLET
                for item in items:
                    yield from _pieces(item, inner, depth + 1)
            case Table(head, rows):
                yield Piece(Form.TABLE_HEAD, depth, head)
                for row in rows:
                    yield Piece(Form.TABLE_ROW, depth, row)
