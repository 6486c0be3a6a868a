"""Pieces of Markdown, Chinese numbering and worse, from which tests put texts together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from components.policy import Document, parse_document
from components.policy.exporting import export_markdown

UNTIMED = settings(deadline=None)
"""Machines that run the tests are busy; time is looked at in test_fuzz alone."""

MARKDOWN = (
    *("# ", "## ", "### ", "\n", "\n\n", "  \n", "*", "**", "_", "***", "`", "``", "```\n"),
    *("[", "](https://a.example)", "](#a)", "](javascript:x)", "](<b c>)", "]", "![", "](x)"),
    *("(", ")", "- ", "  - ", "    ", "1. ", "2) ", "> ", "---\n", "===\n", "~~~\n", "\t"),
    *("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "|", "[a]: https://b.example\n", "[a]", "!", "x"),
    *("<b>", "<br>", "<https://a.example>", "&nbsp;", "&amp;", "&#32;", "&#42;", "\\", "词", "，"),
    *("“", "a", "b", " ", "  ", "{", "}", "{#a}", "{.x}", "#", "+", ":", "1", "9.", "\u3000"),
    *("\xa0", "e\u0301", "\u0338", "\x00", "\u202e", "\u200b", "\ufeff", "\u2028", "\r\n", "\r"),
)
CHINESE = (
    *("第一部分 定义\n", "第二章 收集\n", "一、收集\n", "(一)共享\n", "1、目的\n", "1.", "2。"),
    *("2、", "(1)", "①", "②", "a) ", "(i) ", "• ", "SDK名称：推送SDK\n", "使用目的：推送\n"),
    *("个人信息类型:OAID\n", "(1)某某SDK用于登录，收集IMEI。\n", "2021年2月30日", "a@b.example"),
    *("官网链接:https://a.example/x。\n", "400-555-0100", "不\uf967", "更\uf901", "\uf967", "票票"),
    *(
        "息息",
        "法律法规规定",
        "[bookmark: page4]",
        "《甲政策》",
        "《甲条款》",
        "，效果。您的信息\n",
    ),
)
HTML = (
    *("<p>", "</p>", "<table><tr><td>", "</td></tr></table>", "<ul><li>", "<h2>", "</h2>"),
    *("<a href='javascript:x'>", "</a>", "<script>", "<!--", "<![", "&#0;", "<div>", "<pre>"),
)


def texts(pieces: Iterable[str], longest: int) -> st.SearchStrategy[str]:
    """Any characters at all, or some of the pieces in a row."""
    rows = st.lists(st.sampled_from(list(pieces)), max_size=longest).map("".join)
    return st.one_of(st.text(max_size=60), rows)


ANY_MARKDOWN = texts(MARKDOWN, 40)
ANY_TEXT = texts((*MARKDOWN, *CHINESE, *HTML), 50)


def without_lines(document: Document) -> Document:
    """A document with the lines of its clauses left out; they are the file's, not the text's."""
    return replace(
        document,
        sections=tuple(
            replace(section, clauses=tuple(replace(clause, line=0) for clause in section.clauses))
            for section in document.sections
        ),
    )


def read_back(document: Document) -> Document:
    """A document after it was written as a pack's Markdown and read by the strict parser."""
    return parse_document(export_markdown(document))
