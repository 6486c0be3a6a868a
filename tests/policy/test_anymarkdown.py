"""Markdown that others wrote: everything a reader sees is kept, nothing does harm."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from components.policy import (
    Document,
    ListBlock,
    PackError,
    Paragraph,
    Run,
    Table,
    block_text,
)
from components.policy.anymarkdown import (
    LONGEST_TEXT,
    read_any_markdown,
)
from components.policy.anymarkdown_inline import LONGEST_ADDRESS, opens
from components.policy.anymarkdown_parser import LONGEST_PARAGRAPH
from components.policy.characters import without_unseen

from .importing.hostile import ANY_MARKDOWN, UNTIMED, read_back, without_lines


def read(text: str) -> Document:
    return read_any_markdown(text, name="Name")


def everything(document: Document) -> str:
    blocks = (block_text(block) for block in document.preamble)
    return "\n".join((document.title, *blocks, *(clause.text for clause in document.clauses())))


def only_blocks(text: str) -> tuple[object, ...]:
    (section,) = read(text).sections
    return section.head.blocks


def outline(document: Document) -> list[tuple[int, str]]:
    return [(clause.level, clause.title) for clause in document.clauses()]


PUBLISHED = """\
Little Cinema Policy
====================

> Updated 1 May 2024, see [terms](/terms)

1\\. What we collect
------------------

We collect *names*, **numbers** and `ids`.\\
Next line. ![Seal of [trust](x)](y)

### Cookies

*   one
*   two
    1.  deep

##### Deeper

| kind | use |
| --- | --- |
| phone | call | extra |
| mail |

***

    code  line
    second

2\\. Rights
---------

Mail [us](mailto:a@b.example), [call](tel:+1-555), [look](http://c.example) or \
[read](#1-what-we-collect).
"""


def test_a_published_policy() -> None:
    document = read(PUBLISHED)
    assert document.title == "Little Cinema Policy"
    assert [block_text(block) for block in document.preamble] == [
        "Updated 1 May 2024, see terms (/terms)"
    ]
    assert [(c.id, c.level, c.title) for c in document.clauses()] == [
        ("what-we-collect", 2, "1. What we collect"),
        ("cookies", 3, "Cookies"),
        ("deeper", 4, "Deeper"),
        ("rights", 2, "2. Rights"),
    ]
    collect = document.clause("what-we-collect").blocks
    assert collect[0] == Paragraph(
        (
            Run("We collect "),
            Run("names", emphasised=True),
            Run(", "),
            Run("numbers", strong=True),
            Run(" and "),
            Run("ids", code=True),
            Run("."),
        )
    )
    assert block_text(collect[1]) == "Next line. Seal of trust (x)"
    deep = ListBlock(True, 1, ((Paragraph((Run("deep"),)),),))
    assert document.clause("cookies").blocks == (
        ListBlock(False, 1, ((Paragraph((Run("one"),)),), (Paragraph((Run("two"),)), deep))),
    )
    table, first, second = document.clause("deeper").blocks
    assert isinstance(table, Table)
    assert block_text(table) == "kind\tuse\nphone\tcall | extra\nmail\t"
    assert first == Paragraph((Run("code  line", code=True),))
    assert second == Paragraph((Run("second", code=True),))
    (rights,) = document.clause("rights").blocks
    assert isinstance(rights, Paragraph)
    assert [(run.text, run.href) for run in rights.runs if run.href] == [
        ("us", "mailto:a@b.example"),
        ("call", "tel:+1-555"),
        ("read", "#what-we-collect"),
    ]
    assert "look (http://c.example)" in block_text(rights)


@pytest.mark.parametrize(
    ("text", "title", "clauses"),
    [
        ("", "Name", [(2, "Name")]),
        ("words", "Name", [(2, "Name")]),
        ("# Only", "Name", [(2, "Only")]),
        ("# T\n## A\n#### B\n## C", "T", [(2, "A"), (3, "B"), (2, "C")]),
        ("## A\n## B", "Name", [(2, "A"), (2, "B")]),
        ("# Privacy Policy\n# A", "Privacy Policy", [(2, "A")]),
        ("before\n\n# T\n## A", "Name", [(2, "T"), (3, "A")]),
        ("# [T](https://a.example)\n## A", "Name", [(2, "T"), (3, "A")]),
        ("### Note\n# T\n## A", "Name", [(2, "Note"), (2, "T"), (3, "A")]),
        ("#\n# T\n## &#8203;\n## A", "T", [(2, "A")]),
        ("> # T\n>\n> ## A", "T", [(2, "A")]),
        ("# T\n## 1\n### 2\n#### 3\n##### 4\n###### 5", "T",
         [(2, "1"), (3, "2"), (4, "3"), (4, "4"), (4, "5")]),
    ],
)  # fmt: skip
def test_title_and_levels(text: str, title: str, clauses: list[tuple[int, str]]) -> None:
    document = read(text)
    assert document.title == title
    assert outline(document) == clauses


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        (["一、收集", "二、共享"], ["clause-1", "clause-2"]),
        (["第一部分 甲", "第十二章 乙", "第三节 丙", "第四条 丁"],
         ["part-1", "chapter-12", "section-3", "article-4"]),
        (["2.1 Data", "Data", "Data", "Data-2"], ["data", "data-2", "data-3", "data-2-2"]),
        (["1.2 数据", "（三）甲"], ["clause-1-2", "clause-3"]),
        (["Zugriff für Ärzte", "Who’s who"], ["zugriff-fur-arzte", "whos-who"]),
        (["SDK 列表说明书"], ["clause-a51368de"]),
        (["OPPO SDK 推送"], ["oppo-sdk"]),
        (["1.", "ру"], ["clause-1", "clause-45e39133"]),
        (["word " * 40], ["word-word-word-word-word-word-word-word-word-word-word-word"]),
    ],
)  # fmt: skip
def test_ids_come_from_headings(headings: list[str], ids: list[str]) -> None:
    document = read("\n".join(f"## {heading}" for heading in ["Zero", *headings]))
    assert [clause.id for clause in document.clauses()][1:] == ids


def test_a_number_is_added_to_the_clause_above() -> None:
    document = read("# T\n## 第二部分 甲\n### 一、乙\n#### (三)丙\n## 乙\n")
    assert [clause.id for clause in document.clauses()][:3] == ["part-2", "part-2-1", "part-2-1-3"]


def test_an_id_stays_when_clauses_come_and_go() -> None:
    before = read("## 甲的内容\n## 乙的内容\n## 一、丙\n")
    after = read("## 新\n## 乙的内容\n## 一、丙\n")
    kept = {clause.title: clause.id for clause in before.clauses()}
    assert all(kept.get(clause.title, clause.id) == clause.id for clause in after.clauses())


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("[a](javascript:alert(1))", [Run("a (javascript:alert(1))")]),
        ("[a](data:text/html,x)", [Run("a (data:text/html,x)")]),
        ("[](https://a.example)", [Run("https://a.example", href="https://a.example")]),
        ("[](vbscript:x)", [Run("vbscript:x")]),
        ("[https://u@h.example](https://u@h.example)", [Run("https://u@h.example")]),
        ("<https://a.example>", [Run("https://a.example", href="https://a.example")]),
        ("[a](#nowhere)", [Run("a (#nowhere)")]),
        ("[a](#)", [Run("a")]),
        ("[name](#x)", [Run("name", href="#name")]),
        ("[ a **b** ](https://a.example)c", [
            Run("a", href="https://a.example"), Run(" "),
            Run("b", strong=True, href="https://a.example"), Run(" c")]),
        ("[![alt](x)](https://a.example)", [Run("alt", href="https://a.example")]),
        ("a<br>b", None),
        ("<script>alert(1)</script>", [
            Run("<script>", code=True), Run("alert(1)"), Run("</script>", code=True)]),
        ("**a** ** b", [Run("a", strong=True), Run(" "), Run("**", code=True), Run(" b")]),
        ("中文\n换行 english\nline", [Run("中文换行 english line")]),
        ("a&#8203;b\u202ec\x00d", [Run("abcd")]),
        ("a\u2028b", [Run("a b")]),
    ],
)  # fmt: skip
def test_words_and_links(source: str, runs: list[Run] | None) -> None:
    blocks = only_blocks(source)
    if runs is None:
        assert blocks == (Paragraph((Run("a"),)), Paragraph((Run("b"),)))
    else:
        assert blocks == (Paragraph(tuple(runs)),)


def test_an_endless_address_is_cut() -> None:
    (paragraph,) = only_blocks(f"[a](data:{'x' * 9000})")
    assert isinstance(paragraph, Paragraph)
    (run,) = paragraph.runs
    assert len(run.text) == LONGEST_ADDRESS + len("a (…)")


@pytest.mark.parametrize(
    ("href", "may"),
    [
        ("https://a.example/x", True),
        ("mailto:a@b.example", True),
        ("tel:+86-10-5550", True),
        ("http://a.example", False),
        ("https://a.example/\u202e", False),
        ("tel:javascript", False),
        ("JAVASCRIPT:x", False),
    ],
)
def test_what_may_open(href: str, may: bool) -> None:
    assert opens(href) is may


def test_link_definitions() -> None:
    blocks = only_blocks(
        '[a] and [b][c]\n\n[a]: https://a.example "t"\n[注]: 说明\n\n[a]: /other\n'
        "[c]: https://c.example\n"
    )
    first, note, other = blocks
    assert isinstance(first, Paragraph)
    assert [run.href for run in first.runs] == ["https://a.example", None, "https://c.example"]
    assert isinstance(note, Paragraph) and note.runs == (Run("[注]: 说明"),)
    assert isinstance(other, Paragraph) and other.runs == (Run("[a]: /other"),)


def test_what_a_document_has_no_block_for() -> None:
    assert [block_text(block) for block in only_blocks(  # type: ignore[arg-type]
        "- # inside\n- > quoted\n  > # q\n-\n\n```py\nx = 1\n\n\ty\n```\n"
    )] == ["inside\nquoted\nq", "x = 1", "    y"]  # fmt: skip


def test_lists_below_the_fourth_level_keep_their_words_and_numbers() -> None:
    text = "\n".join("  " * level + f"- {level}" for level in range(6))
    text += "\n\n" + "  " * 6 + "7. seven\n" + "  " * 6 + "8. # \n"
    (block,) = only_blocks(text)
    assert block_text(block).split("\n") == [  # type: ignore[arg-type]
        *("0", "1", "2", "3", "– 4", "– 5", "7. seven", "8."),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x" * (LONGEST_TEXT + 1), "characters, more than"),
        ("[" * 10_000_000, "characters, more than"),
        ("a\n" * LONGEST_PARAGRAPH, "paragraph is longer"),
        ("> " * 70 + "a", "nest deeper"),
        ("\n".join("  " * level + "- a" for level in range(40)), "nest deeper"),
    ],
)
def test_beyond_the_limits_it_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PackError, match=problem) as raised:
        read(text)
    (finding,) = raised.value.findings
    assert finding.file == "Name" and finding.line >= 1


def test_a_name_must_be_seen() -> None:
    with pytest.raises(ValueError, match="name"):
        read_any_markdown("a", name=" \u200b")
    assert read_any_markdown("a", name=" A\n b ").title == "A b"


def test_images_inside_images_are_read_to_a_depth() -> None:
    deep = "![" * 500 + "core" + "](x)" * 500
    assert "core" in everything(read(deep))


def visible(text: str) -> str:
    """What CommonMark shows of a text, without blanks; images by their words."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    rendered = parser.render(unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text)))
    rendered = re.sub(r'<img [^>]*?alt="([^"]*)"[^>]*>', r"\1", rendered)
    shown = html.unescape(re.sub(r"<[^>]*>", "", rendered))
    return re.sub(r"\s", "", unicodedata.normalize("NFC", without_unseen(shown)))


def is_subsequence(wanted: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted)


SAFE = st.lists(
    st.sampled_from(
        [
            *("# ", "## ", "\n", "\n\n", "*", "**", "`", "[", "](https://a.example)", "](x)", "]"),
            *("![", "- ", "  - ", "1. ", "> ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "---\n", "词"),
            *("“", "，", "a", "b", " ", "    ", "===\n", "```\n", "&amp;", "\\", "(", ")", "  \n"),
            *("[a]: https://b.example\n", "[a]", "<b>", "1", "7)", "\t", "{", "e\u0301"),
        ]
    ),
    max_size=40,
).map("".join)


@UNTIMED
@given(SAFE)
def test_every_visible_character_is_kept_in_order(text: str) -> None:
    kept = re.sub(r"\s", "", unicodedata.normalize("NFC", everything(read(text))))
    # Chinese emphasis is parsed where CommonMark leaves its asterisks on the page.
    wanted = visible(text).replace("*", "")
    assert is_subsequence(wanted, kept)


@UNTIMED
@given(ANY_MARKDOWN)
def test_every_text_can_be_a_pack_text(text: str) -> None:
    document = read(text)
    assert without_lines(read_back(document)) == without_lines(document)
    ids = [clause.id for clause in document.clauses()]
    assert len(ids) == len(set(ids)) > 0
