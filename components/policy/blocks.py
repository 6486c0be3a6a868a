"""Block tokens -> paragraphs, lists and tables; whatever else Markdown has is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.token import Token

from .document import Block, ListBlock, Paragraph, Run, Table
from .inline import Reading, runs_of

_DEEPEST_LIST = 4
"""Lists nested deeper are refused: nobody reads them, and the parser stops at twenty levels."""

_REFUSED = {
    "blockquote": ("a quotation", "write it as a paragraph"),
    "fence": ("a code block", "write it as a paragraph or a list"),
    "code_block": ("an indented line, which Markdown takes for code", "take the indent away"),
    "hr": ("a ruled line", "delete it; headings divide a policy"),
    "field_list": ("a field list", "start the line with something else than a colon"),
    "heading": ("a heading inside a list", "move it out of the list"),
    "attrs_block": ("an attribute line before something that is no heading", "delete it"),
}


@dataclass
class Node:
    """A block token with what it encloses.

    Attributes:
        kind: The token's type without ``_open``, for example ``bullet_list``.
        token: The opening token.
        children: The nodes inside, in order.
    """

    kind: str
    token: Token
    children: list[Node] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where it starts in its file, counted from 1."""
        return (self.token.map or [0])[0] + 1

    @property
    def inline(self) -> Token:
        """The token that holds the words of a paragraph, heading or cell."""
        return self.children[0].token


def nested(tokens: Iterable[Token]) -> list[Node]:
    """The flat token stream as a tree; the top level is returned."""
    root: list[Node] = []
    open_lists = [root]
    for token in tokens:
        if token.nesting < 0:
            open_lists.pop()
            continue
        node = Node(token.type.removesuffix("_open"), token)
        open_lists[-1].append(node)
        if token.nesting > 0:
            open_lists.append(node.children)
    return root


def block_of(node: Node, reading: Reading, depth: int = 0) -> Block | None:
    """One block, or None (and an error noted) if a policy cannot hold it."""
    match node.kind:
        case "paragraph":
            return Paragraph(runs_of(node.inline, reading))
        case "bullet_list" | "ordered_list":
            return _list_of(node, reading, depth + 1)
        case "table":
            return _table_of(node, reading)
        case _:
            what, remedy = _REFUSED[node.kind]
            reading.error(node.line, f"{what} is not part of a policy's Markdown", remedy)
            return None


def _list_of(node: Node, reading: Reading, depth: int) -> ListBlock:
    if depth > _DEEPEST_LIST:
        reading.error(
            node.line, f"a list is nested deeper than {_DEEPEST_LIST} levels", "make it flatter"
        )
    items = []
    for item in node.children:
        blocks = (block_of(child, reading, depth) for child in item.children)
        items.append(tuple(block for block in blocks if block is not None))
    start = node.token.attrs.get("start", 1)
    return ListBlock(node.kind == "ordered_list", int(start), tuple(items))


def _table_of(node: Node, reading: Reading) -> Table:
    (head, *rest) = node.children
    rows = [row for body in rest for row in body.children]
    width = len(head.children[0].children)
    for row in rows:
        # The parser drops what is too much and fills up what lacks, both without a word.
        source = reading.lines[row.line - 1].strip()
        cells = re.split(r"(?<!\\)\|", source)
        count = len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")
        if count != width:
            reading.error(
                row.line,
                f"the row has {count} cells where the head has {width}",
                "give it as many; write a literal bar as \\|",
            )
    return Table(_row_of(head.children[0], reading), tuple(_row_of(row, reading) for row in rows))


def _row_of(row: Node, reading: Reading) -> tuple[tuple[Run, ...], ...]:
    return tuple(runs_of(cell.inline, reading) for cell in row.children)
