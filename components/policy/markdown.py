"""A policy's Markdown -> :class:`~.document.Document`.

The form of ``policy.md``: one ``# Title``, what comes before the parts, then ``##`` parts with
``###`` and ``####`` clauses in them. Every heading but the title has its id on the line above::

    {#location}
    ### 位置信息

    仅在您点击"定位"后，我们才会收集您的[位置信息]{.sensitive}。

Paragraphs, lists, tables, bold, slanted, code and links to ``https:``, ``mailto:``, ``tel:`` and
``#clause-id`` are all there is; anything else is refused with its line.
"""

from __future__ import annotations

from collections.abc import Iterable

from .document import Block, Clause, Document, Section
from .identifiers import is_kebab
from .inline import Reading
from .outline import Outline, Part, read_outline
from .parser import policy_parser

_DEEPEST_HEADING = 4


def parse_document(text: str, file: str = "policy.md") -> Document:
    """Read a policy's Markdown.

    Raw HTML, and mark-up that did not parse, stays as text; :func:`~.loader.load_pack` reports
    both.

    Args:
        text: The Markdown.
        file: Its name for findings.

    Raises:
        PackError: Holds every fault that makes the text unusable.
    """
    document, reading = read_document(text, file)
    reading.errors.raise_if_any()
    return document


def read_document(text: str, file: str) -> tuple[Document, Reading]:
    """Read a policy's Markdown as far as possible, with everything that was found.

    The document may be used only if ``reading.errors`` is empty.
    """
    outline, reading = read_outline(text, file, policy_parser(), frozenset({"id"}))
    if not outline.parts:
        reading.error(1, "the policy has no parts", "add a heading `## Part` with its id")
    return _document_of(outline, reading), reading


def _document_of(outline: Outline, reading: Reading) -> Document:
    sections: list[list[Clause]] = []
    lines: dict[str, int] = {}
    for part in outline.parts:
        clause = _clause_of(part, lines, reading)
        if part.level == 2 or not sections:
            sections.append([])
        sections[-1].append(clause)
    for anchor, line in reading.anchors:
        if anchor not in lines:
            reading.error(
                line, f"the link leads to #{anchor}, which no clause has", "name a clause's id"
            )
    return Document(
        title=outline.title,
        preamble=_blocks(outline.preamble),
        sections=tuple(Section(tuple(clauses)) for clauses in sections),
    )


def _clause_of(part: Part, lines: dict[str, int], reading: Reading) -> Clause:
    if part.level > _DEEPEST_HEADING:
        reading.error(
            part.line,
            f"the heading is deeper than {'#' * _DEEPEST_HEADING}",
            "use a list or a paragraph instead",
        )
    id_ = heading_id(part, lines, reading)
    return Clause(id_, part.level, part.heading, _blocks(part.blocks), part.line)


def heading_id(part: Part, lines: dict[str, int], reading: Reading) -> str:
    """A heading's id, checked, and entered in ``lines`` with its line; empty if it has none."""
    id_ = part.attributes.get("id", "")
    if not id_:
        reading.error(part.line, "the heading has no id", "write {#some-id} on the line above")
    elif not is_kebab(id_):
        reading.error(
            part.attribute_line,
            f"the id {id_!r} is not in kebab-case",
            "use a-z and 0-9, words joined by single hyphens",
        )
    elif id_ in lines:
        reading.error(
            part.attribute_line,
            f"the id {id_!r} is already taken on line {lines[id_]}",
            "give each heading its own",
        )
    else:
        lines[id_] = part.line
    return id_


def _blocks(numbered: Iterable[tuple[int, Block]]) -> tuple[Block, ...]:
    return tuple(block for _, block in numbered)
