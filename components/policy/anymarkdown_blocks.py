"""Tokens of any Markdown -> headings and blocks that a policy document can hold.

What a document has no block for becomes what it has: a quotation its paragraphs, code a
paragraph of code a line, a hard break two paragraphs, a heading inside a list a bold paragraph,
a list below the fourth level paragraphs that carry the number or a dash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .anymarkdown_inline import Reader, joined_lines, tidy
from .blocks import Node
from .document import Block, ListBlock, Paragraph, Run, Table, plain_text

DEEPEST_LIST = 4
"""As in a pack's own Markdown."""


@dataclass(frozen=True)
class Heading:
    """A heading at the top level: ``level`` from 1 as written, its words, its line from 1."""

    level: int
    runs: tuple[Run, ...]
    line: int


def top_level(nodes: Iterable[Node], reader: Reader) -> list[Heading | Block]:
    """Everything in reading order; quotations are transparent, so their headings count too."""
    found: list[Heading | Block] = []
    for node in nodes:
        if node.kind == "heading":
            runs = joined_lines(reader.lines(node.inline))
            if plain_text(runs).strip():
                found.append(Heading(int(node.token.tag[1:]), runs, node.line))
        elif node.kind == "blockquote":
            found += top_level(node.children, reader)
        else:
            found += _blocks(node, reader, 0)
    return found


def _blocks(node: Node, reader: Reader, depth: int) -> list[Block]:
    match node.kind:
        case "paragraph":
            return [Paragraph(runs) for runs in reader.lines(node.inline)]
        case "heading":
            runs = joined_lines(reader.lines(node.inline))
            return [Paragraph(tuple(replace(run, strong=True) for run in runs))] if runs else []
        case "bullet_list" | "ordered_list":
            return _list(node, reader, depth + 1)
        case "blockquote":
            return [block for child in node.children for block in _blocks(child, reader, depth)]
        case "fence" | "code_block":
            return _code(node.token.content, reader)
        case "table":
            return [_table(node, reader)]
        case "definition":
            return [Paragraph(runs) for runs in reader.definition(node.token)]
        case _:  # a ruled line
            return []


def _list(node: Node, reader: Reader, depth: int) -> list[Block]:
    ordered = node.kind == "ordered_list"
    start = int(node.token.attrs.get("start", 1))
    items = [
        tuple(block for child in item.children for block in _blocks(child, reader, depth))
        for item in node.children
    ]
    if depth <= DEEPEST_LIST:
        return [ListBlock(ordered, start, tuple(items))]
    flat: list[Block] = []
    for number, item in enumerate(items, start=start):
        marker = Run(f"{number}. " if ordered else "– ")
        match item:
            case (Paragraph(runs), *others):
                flat += [Paragraph(tidy((marker, *runs))), *others]
            case _:
                flat += [Paragraph((Run(marker.text.strip()),)), *item]
    return flat


def _code(content: str, reader: Reader) -> list[Block]:
    lines = (reader.code_line(line) for line in content.split("\n"))
    return [Paragraph((Run(line, code=True),)) for line in lines if line.strip()]


def _table(node: Node, reader: Reader) -> Table:
    head, *bodies = node.children
    rows = [row for body in bodies for row in body.children]
    return Table(_row(head.children[0], reader), tuple(_row(row, reader) for row in rows))


def _row(row: Node, reader: Reader) -> tuple[tuple[Run, ...], ...]:
    return tuple(joined_lines(reader.lines(cell.inline)) for cell in row.children)
