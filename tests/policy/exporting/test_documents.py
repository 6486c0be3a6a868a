"""A document as Markdown, HTML and plain text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.policy import (
    Clause,
    Document,
    ListBlock,
    PackError,
    Paragraph,
    Run,
    Section,
    parse_document,
)
from components.policy.anymarkdown import read_any_markdown
from components.policy.exporting import export_html, export_markdown, export_text
from components.policy.exporting.inline import address, inline_markdown

from ..importing.hostile import ANY_MARKDOWN, UNTIMED, read_back, without_lines
from ..small_pack import POLICY_EN, POLICY_ZH


@pytest.mark.parametrize("text", [POLICY_ZH, POLICY_EN])
def test_a_pack_text_comes_back_as_it_was(text: str) -> None:
    document = parse_document(text)
    assert read_back(document) == document
    assert export_markdown(document) == text


STRICT = st.lists(
    st.sampled_from(
        [
            *("\n\n", "\n\n", "\n", "\n\n{#a}\n## 甲\n\n", "\n\n{#b}\n### 乙\n\n", "- ", "  - "),
            *("1. ", "2) ", "*", "**", "_", "***", "`", "[", "](https://a.example/x)", "](#z)"),
            *("]{.sensitive}", "]", "词", "，", "“", "a", "B", " ", "(", "!", "#", "\\*", "&nbsp;"),
            *("| a | b |\n|---|---|\n| 1 | 2 |\n", "&amp;", "&copy;", "1", ".", "-", "+", "\\|"),
        ]
    ),
    max_size=40,
).map("".join)


@UNTIMED
@given(STRICT)
def test_whatever_the_strict_parser_reads_can_be_written(text: str) -> None:
    try:
        document = parse_document(f"# 题\n\n{{#z}}\n## 始\n\n{text}\n")
    except PackError:
        return
    again = read_back(document)
    assert again.digest == document.digest
    assert [clause.id for clause in again.clauses()] == [c.id for c in document.clauses()]
    assert read_back(again) == again


A_RUN = st.builds(
    Run,
    text=st.text("ab词，“.*_`[ ", min_size=1, max_size=4).filter(lambda text: text.strip() == text),
    strong=st.booleans(),
    emphasised=st.booleans(),
    sensitive=st.booleans(),
    code=st.booleans(),
    href=st.sampled_from([None, None, "https://a.example/(x)"]),
    # A document never has two spaces in a row: reading makes them one.
).filter(lambda run: not any(mark in run.text for mark in ("**", "](", "  ")))


@UNTIMED
@given(st.lists(A_RUN, min_size=1, max_size=5))
def test_any_styles_side_by_side(runs: list[Run]) -> None:
    merged: list[Run] = []
    for run in runs:
        if not merged or _style(merged[-1]) != _style(run):
            merged.append(run)
    clause = Clause("a", 2, (Run("甲"),), (Paragraph(tuple(merged)),), 3)
    document = Document("题", (), (Section((clause,)),))
    assert without_lines(read_back(document)) == without_lines(document)


def _style(run: Run) -> tuple[object, ...]:
    return (run.strong, run.emphasised, run.sensitive, run.code, run.href)


@pytest.mark.parametrize(
    ("runs", "written"),
    [
        ((Run("a_b * c"),), "a_b \\* c"),
        ((Run("wow!"), Run("x", href="#a")), "wow\\![x](#a)"),
        ((Run("a "), Run("b", strong=True), Run("!")), "a **b**!"),
        ((Run("a", strong=True), Run("b", strong=True, emphasised=True)), "**a*b***"),
        ((Run("``", code=True),), "``` `` ```"),
        ((Run(" x ", code=True),), "`  x  `"),
        ((Run("\xa0a"),), "&#160;a"),
        ((Run("&amp; & <b"),), "\\&amp; & \\<b"),
        ((Run("x"), Run('"y"', strong=True), Run("z")), '&#120;**"y"**&#122;'),
    ],
)
def test_one_line(runs: tuple[Run, ...], written: str) -> None:
    assert inline_markdown(runs) == written


def test_addresses_are_written_so_that_they_come_back() -> None:
    assert address("https://a.example/x") == "https://a.example/x"
    assert address("https://a.example/(x)&lt;\\(") == "<https://a.example/(x)\\&lt;\\\\(>"


def test_lists_in_a_row_stay_apart() -> None:
    one = ListBlock(False, 1, ((Paragraph((Run("a"),)),), ()))
    numbered = ListBlock(True, 7, ((Paragraph((Run("b"),)), one), (one,)))
    clause = Clause("a", 2, (Run("甲 #"),), (one, one, one, numbered, numbered), 3)
    document = Document("1. # 题 **", (), (Section((clause,)),))
    assert without_lines(read_back(document)) == without_lines(document)


PARAGRAPHS = (
    "# no",
    "> no",
    "- no",
    "+ no",
    "-- no",
    "1. no",
    "7) no",
    "~~~",
    "===",
    ": no",
    "{x}",
)


@pytest.mark.parametrize("words", PARAGRAPHS)
def test_a_paragraph_that_looks_like_something_else(words: str) -> None:
    clause = Clause("a", 2, (Run("甲"),), (Paragraph((Run(words),)),), 3)
    document = Document("题", (), (Section((clause,)),))
    assert without_lines(read_back(document)) == without_lines(document)


class Page(HTMLParser):
    """Collects the tags, the addresses and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html() -> None:
    document = parse_document(
        POLICY_ZH + "\n3. *三* `<b>`\n   - 子\n\n[a](https://x.example/?a=1&b=2\"')\n"
    )
    page = export_html(document, locale="zh_Hans")
    assert '<html lang="zh-Hans" dir="ltr">' in page
    assert '<h3 id="location">位置</h3>' in page
    assert '<mark class="sensitive">位置</mark>' in page
    assert '<ol start="3"><li><p><em>三</em> <code>&lt;b&gt;</code></p><ul>' in page
    assert '<th scope="col">信息</th>' in page and "<td>距离</td>" in page
    assert "default-src 'none'" in page
    assert Page(page).addresses == ["#rights", "tel:400", "https://x.example/?a=1&b=2\"'"]
    assert 'dir="rtl"' in export_html(document, locale="ar")


@UNTIMED
@given(ANY_MARKDOWN)
def test_html_holds_nothing_that_runs(text: str) -> None:
    page = Page(export_html(read_any_markdown(text, name="n"), locale="en"))
    allowed = "html head meta title style body h1 h2 h3 h4 p ol ul li table thead tbody tr th td"
    assert set(page.tags) <= {*allowed.split(), "a", "em", "strong", "code", "mark"}
    assert all(href.startswith(("https:", "mailto:", "tel:", "#")) for href in page.addresses)


def test_text() -> None:
    document = parse_document(
        "# 题\n\n始。\n\n{#a}\n## 甲\n\n1. 一\n   - 子\n2. 二\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n"
        "见[词](https://a.example)、[https://b.example](https://b.example)、"
        "[电](tel:400)和[甲](#a)。\n"
    )
    assert export_text(document) == (
        "题\n\n始。\n\n\n甲\n\n1. 一\n   • 子\n2. 二\n\na\tb\nc\td\n\n"
        "见词 (https://a.example)、https://b.example、电 (400)和甲。\n"
    )
