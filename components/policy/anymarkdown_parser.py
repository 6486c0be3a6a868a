"""The Markdown parser for texts that others wrote: CommonMark with tables, nothing dropped.

Beside what :mod:`.parser` departs from CommonMark for Chinese, and beyond it:

* What the library would drop without a word is kept or refused: surplus cells of a table row go
  into its last cell, link definitions stay in the stream as ``definition`` tokens, and blocks
  nested too deep raise :class:`BeyondLimits`.
* Images inside images are read to a fixed depth; the library would recurse once for each.
* Every link destination parses, as written; :mod:`.anymarkdown_blocks` decides what may open.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .parser import policy_parser

DEEPEST_NESTING = 60
"""Levels that quotations, lists and list items may nest; a list with its items takes two."""

DEEPEST_IMAGES = 8
"""Images inside the words of images are read this deep; further in, mark-up stays text."""

_IMAGE_DEPTH = "image_depth"


LONGEST_PARAGRAPH = 200_000
"""Characters in one paragraph, heading or table cell; brackets are paired within it."""


class BeyondLimits(Exception):
    """The text is beyond a limit; ``line`` is where, from 1, and ``problem`` which."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(line, problem)
        self.line = line
        self.problem = problem


class _Blocks(ParserBlock):
    """The library's block parser; where it would skip what is too deep, it raises."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level >= DEEPEST_NESTING:
            problem = f"blocks nest deeper than {DEEPEST_NESTING} levels"
            raise BeyondLimits(startLine + 1, problem)
        super().tokenize(state, startLine, endLine)


class _Inline(type(policy_parser().inline)):  # type: ignore[misc]
    """The policy parser's inline parser, which knows Chinese, with images read to a depth."""

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        depth = env.get(_IMAGE_DEPTH, 0)
        if depth > DEEPEST_IMAGES:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        env[_IMAGE_DEPTH] = depth + 1
        try:
            found: list[Token] = super().parse(src, md, env, tokens)
        finally:
            env[_IMAGE_DEPTH] = depth
        return found


class _AnyMarkdown(MarkdownIt):
    def __init__(self) -> None:
        super().__init__("commonmark")
        self.block = _Blocks()
        self.inline = _Inline()
        options = {
            "html": False,
            "maxNesting": DEEPEST_NESTING,
            "inline_definitions": True,
        }
        self.configure("commonmark", options)
        self.enable("table")
        self.disable(["html_block", "html_inline"])
        self.block.ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
        self.core.ruler.before("inline", "longest_paragraph", _check_paragraphs)

    def validateLink(self, url: str) -> bool:
        """Let every destination through; what may open is decided later."""
        return True

    def normalizeLink(self, url: str) -> str:
        """The destination as written."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        """The words of an automatic link as written."""
        return link


def _check_paragraphs(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
            problem = f"a paragraph is longer than {LONGEST_PARAGRAPH} characters"
            raise BeyondLimits((token.map or [0])[0] + 1, problem)


def _whole_table(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803
    """The library's table rule, after which each row's surplus cells are put into its last."""
    before = len(state.tokens)
    if not table(state, startLine, endLine, silent):
        return False
    last_cell: Token | None = None
    width = cells = 0
    row = startLine
    for token in state.tokens[before:]:
        if token.type == "tr_open":
            row, cells = (token.map or [row])[0], 0
        elif token.type == "inline":
            last_cell, cells = token, cells + 1
        elif token.type == "tr_close":
            width = width or cells
            source = state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]]
            surplus = [cell.strip() for cell in _split_row(source)[width:]]
            if surplus and last_cell is not None:
                last_cell.content = " | ".join(filter(None, [last_cell.content, *surplus]))
    return True


def _split_row(source: str) -> list[str]:
    columns = escapedSplit(source.strip())
    if columns and columns[0] == "":
        columns.pop(0)
    if columns and columns[-1] == "":
        columns.pop()
    return columns


@cache
def any_parser() -> MarkdownIt:
    """The parser for Markdown that was not written for this kit."""
    return _AnyMarkdown()
