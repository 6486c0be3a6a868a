"""The immutable form of a policy text: sections, clauses, blocks and runs.

A document is made once by :mod:`.markdown` and shared by every screen, hash and export. It knows
nothing of how it is drawn.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style.

    Attributes:
        text: The words themselves, never Markdown.
        strong: Drawn with weight.
        emphasised: Drawn slanted (Latin) or dotted (Chinese).
        code: Drawn in a fixed-width face.
        sensitive: Names sensitive personal information (PIPL art. 28). Drawn with weight, an icon
            and a spoken label, never by colour alone.
        href: Where the run leads: ``https:``, ``mailto:``, ``tel:`` or ``#clause-id``; None if
            it is no link.
    """

    text: str
    strong: bool = False
    emphasised: bool = False
    code: bool = False
    sensitive: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ListBlock:
    """A list; each item holds blocks, so lists may nest.

    Attributes:
        ordered: Numbered rather than bulleted.
        start: The first number of an ordered list.
        items: The items in order.
    """

    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table: one head row and body rows, each cell a tuple of runs."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


Block = Paragraph | ListBlock | Table
"""What a clause is made of."""


def plain_text(runs: tuple[Run, ...]) -> str:
    """The words of some runs, without style."""
    return "".join(run.text for run in runs)


def block_text(block: Block) -> str:
    """The words of a block: one line a paragraph, list item or table row."""
    match block:
        case Paragraph(runs):
            return plain_text(runs)
        case ListBlock(items=items):
            return "\n".join(block_text(part) for item in items for part in item)
        case Table(head, rows):
            return "\n".join("\t".join(plain_text(cell) for cell in row) for row in (head, *rows))


def normalised(text: str) -> str:
    """Text as it is hashed: NFC, runs of white space as one space, none at the ends.

    Two texts that a reader cannot tell apart by their words have the same normalised form; a
    change of any letter, digit or punctuation mark changes it.
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


@dataclass(frozen=True)
class Clause:
    """A heading with an id, and the blocks up to the next heading.

    Attributes:
        id: Stable across versions and languages; what cards, prompts and links name.
        level: Heading level, 2 for the head of a section, 3 and deeper inside it.
        heading: The heading's runs.
        blocks: What stands under it.
        line: Where the heading stands in its file, counted from 1.
    """

    id: str
    level: int
    heading: tuple[Run, ...]
    blocks: tuple[Block, ...]
    line: int

    @cached_property
    def title(self) -> str:
        """The heading's words."""
        return plain_text(self.heading)

    @cached_property
    def text(self) -> str:
        """Every word of the clause, heading first, one line a block part."""
        return "\n".join((self.title, *(block_text(block) for block in self.blocks)))

    @cached_property
    def digest(self) -> str:
        """SHA-256, as 64 hexadecimal digits, of the UTF-8 of the normalised text."""
        return hashlib.sha256(normalised(self.text).encode()).hexdigest()


@dataclass(frozen=True)
class Section:
    """One numbered part of a policy: its head clause and the clauses under it."""

    clauses: tuple[Clause, ...]

    @property
    def head(self) -> Clause:
        """The clause that opens the section."""
        return self.clauses[0]


@dataclass(frozen=True)
class Document:
    """A whole policy text in one language.

    Attributes:
        title: The document's title (its only level-1 heading).
        preamble: What stands between the title and the first section.
        sections: The parts in order.
    """

    title: str
    preamble: tuple[Block, ...]
    sections: tuple[Section, ...]

    def __repr__(self) -> str:
        # Flet's web server writes each message it sends, with all that a component was given, into
        # a string, whoever reads it: with every word in it a megabyte took most of a second.
        return f"<Document {self.title!r}>"

    def clauses(self) -> Iterator[Clause]:
        """Every clause in reading order."""
        for section in self.sections:
            yield from section.clauses

    @cached_property
    def reading_order(self) -> tuple[Clause, ...]:
        """Every clause in reading order, for who goes to one by its position."""
        return tuple(self.clauses())

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {clause.id: at for at, clause in enumerate(self.reading_order)}

    def position(self, clause_id: str) -> int:
        """Where a clause stands in the reading order, from 0.

        Raises:
            KeyError: The document has no such clause.
        """
        return self._positions[clause_id]

    @cached_property
    def _index(self) -> dict[str, tuple[int, Clause]]:
        return {
            clause.id: (number, clause)
            for number, section in enumerate(self.sections)
            for clause in section.clauses
        }

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self._index

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id.

        Raises:
            KeyError: The document has no such clause.
        """
        return self._index[clause_id][1]

    def section_number(self, clause_id: str) -> int:
        """The position, from 0, of the section that holds a clause.

        Raises:
            KeyError: The document has no such clause.
        """
        return self._index[clause_id][0]

    @cached_property
    def digest(self) -> str:
        """SHA-256, as 64 hexadecimal digits, over the title, preamble and every clause's digest."""
        parts = (
            normalised(self.title),
            *(normalised(block_text(block)) for block in self.preamble),
            *(clause.digest for clause in self.clauses()),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
