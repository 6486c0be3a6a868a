"""What all three Markdown files of a pack share: a title, then headings with attributes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from .blocks import Node, block_of, nested
from .characters import unseen_characters, without_unseen
from .document import Block, Run, plain_text
from .inline import Reading, runs_of


@dataclass
class Field:
    """One entry of a field list: its words and its line."""

    text: tuple[Run, ...]
    line: int


@dataclass
class Part:
    """A heading, its attributes and what stands under it.

    Attributes:
        level: Heading level, 2 or deeper.
        heading: The heading's runs.
        line: The heading's line, counted from 1.
        attributes: From the attribute line above; its own line is ``attribute_line``.
        blocks: The blocks under it, each with its line.
        fields: The field lists under it, by name.
    """

    level: int
    heading: tuple[Run, ...]
    line: int
    attributes: Mapping[str, str]
    attribute_line: int
    blocks: list[tuple[int, Block]] = field(default_factory=list)
    fields: dict[str, Field] = field(default_factory=dict)


@dataclass
class Outline:
    """A file's title, what stands before the first heading, and its headings in order."""

    title: str
    preamble: list[tuple[int, Block]]
    parts: list[Part]


def source_lines(text: str) -> list[str]:
    """A text's lines after NFC, split where Markdown splits: CR LF, CR or LF."""
    return re.sub(r"\r\n?", "\n", unicodedata.normalize("NFC", text)).split("\n")


def read_outline(
    text: str, file: str, parser: MarkdownIt, attributes: frozenset[str]
) -> tuple[Outline, Reading]:
    """Read one Markdown file of a pack.

    Args:
        text: The whole file.
        file: Its name for findings.
        parser: One of :mod:`.parser`.
        attributes: The names that an attribute line may hold.

    Returns:
        The outline as far as it could be read, and what was found on the way. It may be used
        only if ``reading.errors`` is empty.
    """
    lines = source_lines(text)
    reading = Reading(file, lines)
    whole = "\n".join(lines)
    visible = without_unseen(whole)
    if visible != whole:
        for number, line in enumerate(lines, start=1):
            for _, name in unseen_characters(line):
                reading.error(number, f"the character {name} cannot be seen", "delete it")
    builder = _Builder(reading, attributes)
    for node in nested(parser.parse(visible)):
        builder.take(node)
    return builder.finish(), reading


class _Builder:
    """Sorts top-level nodes into title, preamble and parts."""

    def __init__(self, reading: Reading, attributes: frozenset[str]) -> None:
        self._reading = reading
        self._allowed = attributes
        self._title: str | None = None
        self._preamble: list[tuple[int, Block]] = []
        self._parts: list[Part] = []
        self._pending: Node | None = None

    def take(self, node: Node) -> None:
        if node.kind == "attrs_block":
            self._drop_pending()
            self._pending = node
            return
        if node.kind == "heading":
            self._heading(node)
        else:
            self._drop_pending()
            self._content(node)
        self._pending = None

    def finish(self) -> Outline:
        self._drop_pending()
        if self._title is None:
            self._reading.error(1, "the file has no title", "begin it with a line `# Title`")
        return Outline(self._title or "", self._preamble, self._parts)

    def _drop_pending(self) -> None:
        if self._pending is not None:
            self._reading.error(
                self._pending.line,
                "an attribute line stands before something that is no heading",
                "put all attributes of a heading on the one line above it",
            )

    def _heading(self, node: Node) -> None:
        level = int(node.token.tag[1:])
        heading = runs_of(node.inline, self._reading)
        if not plain_text(heading).strip():
            self._reading.error(node.line, "a heading has no words", "name what stands under it")
        if level == 1:
            self._drop_pending()
            if self._title is not None or self._parts:
                self._reading.error(
                    node.line, "the file has more than one title", "use ## for what is inside"
                )
            self._title = self._title or plain_text(heading)
            return
        before = self._parts[-1].level if self._parts else 1
        if level > before + 1:
            self._reading.error(
                node.line,
                f"the heading jumps from level {before} to level {level}",
                f"use {'#' * (before + 1)}",
            )
        attributes = self._attributes()
        line = self._pending.line if self._pending else node.line
        self._parts.append(Part(level, heading, node.line, attributes, line))

    def _attributes(self) -> dict[str, str]:
        node = self._pending
        if node is None:
            return {}
        source = self._reading.lines[node.line - 1].strip()
        if not re.fullmatch(r"\{[^{}]*\}", source):
            self._reading.error(
                node.line,
                "something stands beside the attributes",
                "leave nothing but {…} on the line",
            )
        found = {name: str(value) for name, value in node.token.attrs.items()}
        for name in sorted(found.keys() - self._allowed):
            self._reading.error(
                node.line,
                f"the attribute `{name}` is unknown here",
                f"known are: {', '.join(sorted(self._allowed))}",
            )
        return found

    def _content(self, node: Node) -> None:
        if self._title is None:
            self._reading.error(
                node.line, "something stands before the title", "begin the file with `# Title`"
            )
        if node.kind == "field_list" and self._parts:
            self._fields(node, self._parts[-1])
            return
        block = block_of(node, self._reading)
        if block is not None:
            target = self._parts[-1].blocks if self._parts else self._preamble
            target.append((node.line, block))

    def _fields(self, node: Node, part: Part) -> None:
        for name_node, body in zip(node.children[::2], node.children[1::2], strict=True):
            name = name_node.inline.content.strip()
            if name in part.fields:
                self._reading.error(body.line, f"the field `{name}` is there twice", "keep one")
            match body.children:
                case [Node(kind="paragraph") as paragraph]:
                    part.fields[name] = Field(runs_of(paragraph.inline, self._reading), body.line)
                case _:
                    self._reading.error(
                        body.line,
                        f"the field `{name}` is not one paragraph of words",
                        f"write `:{name}: words`, further lines indented",
                    )
