"""The Markdown that packs are written in: CommonMark with tables, attributes and field lists.

What departs from CommonMark, and why:

* Emphasis is CJK-friendly. ``**重点：**文字`` is no emphasis in CommonMark 0.31 (6.2), because a
  closing ``**`` after punctuation and before a letter does not close.
* Raw HTML and link reference definitions are off: the first must never run, the second swallows
  a line such as ``[注]: 说明`` without a trace.
* Underlined headings are off: a line of dashes under a paragraph is nearly always a slip.
* Every link destination parses; :mod:`.inline` refuses the bad ones by name instead of leaving
  them on the page as odd text.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.field_list import fieldlist_plugin

from .characters import adjoins_chinese


class _ChineseState(StateInline):
    """Decides whether a run of asterisks may open or close emphasis."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N803 - their names
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (adjoins_chinese(before) or adjoins_chinese(after)):
            return scanned
        # Beside an unspaced script, punctuation says nothing about where a word ends, so only
        # white space forbids: inside of it nothing opens, outside of it nothing closes.
        return Scanned(
            can_open=not isWhiteSpace(ord(after)),
            can_close=not isWhiteSpace(ord(before)),
            length=scanned.length,
        )


class _ChineseInline(ParserInline):
    """The library's inline parser with the state above; nothing global is touched."""

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        state = _ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _PolicyMarkdown(MarkdownIt):
    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.inline = _ChineseInline()
        self.configure("commonmark", {"html": False})
        self.enable("table")
        self.disable(["html_block", "html_inline", "reference", "lheading"])

    def validateLink(self, url: str) -> bool:
        """Let every destination through; see the module's own words on links."""
        return True

    def normalizeLink(self, url: str) -> str:
        """The destination as written: it is checked, not mended."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        """The words of an automatic link as written."""
        return link


def _with_attributes() -> MarkdownIt:
    parser = _PolicyMarkdown()
    parser.use(attrs_plugin, after=(), spans=True, allowed=("class",))
    parser.use(attrs_block_plugin)
    # Attribute lines stay in the stream as ``attrs_block`` tokens, each with its line, so that
    # :mod:`.outline` can say which of them is wrong or attached to nothing.
    parser.core.ruler.disable("attr")
    return parser


@cache
def policy_parser() -> MarkdownIt:
    """The parser for policies and summaries."""
    return _with_attributes()


@cache
def prompts_parser() -> MarkdownIt:
    """The parser for prompts, which beside the rest has field lists (``:name: text``)."""
    return _with_attributes().use(fieldlist_plugin)
