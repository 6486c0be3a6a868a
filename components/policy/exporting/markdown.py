"""A document -> a pack's own Markdown (``policy.md``)."""

from __future__ import annotations

import re

from ..anymarkdown_inline import tidy
from ..document import Block, Document, ListBlock, Paragraph, Run, Table
from .inline import inline_markdown

_OPENING = re.compile(r"(?:[#>~:=]|[-+](?!\S)|[-+]{2}|[0-9]{1,9}[.)](?!\S))")
_BULLETS = "-+"
_OTHER_BULLET = "*"


def export_markdown(document: Document) -> str:
    """A document as a pack's Markdown, each heading with its id on the line above.

    :func:`~..markdown.parse_document` reads back the same document but for the clauses' lines;
    so does an editor see it: one paragraph a line.
    """
    parts = [f"# {heading_markdown(tidy([Run(document.title)]))}"]
    parts += _blocks(document.preamble, 0)
    for clause in document.clauses():
        parts.append(f"{{#{clause.id}}}\n{'#' * clause.level} {heading_markdown(clause.heading)}")
        parts += _blocks(clause.blocks, 0)
    return "\n\n".join(parts) + "\n"


def heading_markdown(runs: tuple[Run, ...]) -> str:
    """The words of a heading after its number signs."""
    return re.sub(r"#(?=#*$)", r"\\#", inline_markdown(runs))


def block_markdown(block: Block) -> str:
    """One block as Markdown, without an empty line at either end."""
    return _blocks((block,), 0)[0]


def _blocks(blocks: tuple[Block, ...], depth: int) -> list[str]:
    written: list[str] = []
    alike = 0
    before: Block | None = None
    for block in blocks:
        match block:
            case Paragraph(runs):
                written.append(_paragraph(runs))
            case ListBlock():
                # Two lists of one kind in a row would become one.
                follows = isinstance(before, ListBlock) and before.ordered == block.ordered
                alike = 1 - alike if follows else 0
                written.append(_list(block, depth, other=alike == 1))
            case Table():
                written.append(_table(block))
        before = block
    return written


def _paragraph(runs: tuple[Run, ...]) -> str:
    words = inline_markdown(runs)
    if opening := _OPENING.match(words):
        marker = opening[0]
        if marker[0].isdigit():
            return f"{marker[:-1]}\\{words[len(marker) - 1 :]}"
        return f"\\{words}"
    return words


def _list(block: ListBlock, depth: int, *, other: bool) -> str:
    items: list[str] = []
    for number, item in enumerate(block.items, start=block.start):
        if block.ordered:
            marker = f"{number}{')' if other else '.'} "
        else:
            marker = (_OTHER_BULLET if other else _BULLETS[depth % 2]) + " "
        indent = " " * len(marker)
        text = "\n\n".join(_blocks(item, depth + 1))
        indented = re.sub(r"\n(?=[^\n])", f"\n{indent}", text)
        items.append((marker + indented).rstrip())
    simple = all(len(item) <= 1 for item in block.items)
    return ("\n" if simple else "\n\n").join(items)


def _table(table: Table) -> str:
    lines = [_row(table.head), "|" + "---|" * len(table.head), *map(_row, table.rows)]
    return "\n".join(lines)


def _row(cells: tuple[tuple[Run, ...], ...]) -> str:
    return "| " + " | ".join(inline_markdown(cell, in_table=True) for cell in cells) + " |"
