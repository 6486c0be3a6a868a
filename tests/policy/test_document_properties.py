"""The parser on any text at all, and hashes under changes that no reader sees."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.policy import PackError, parse_document
from components.policy.cards import read_summary
from components.policy.parser import policy_parser
from components.policy.prompts import read_prompts

PIECES = st.sampled_from(
    [
        "# 题\n\n",
        "\n\n{#a}\n## 甲\n\n",
        '\n{#b icon=x clauses="a"}\n## 乙\n',
        *("*", "**", "_", "`", "[", "](https://a.example)", "](#a)", "]{.sensitive}"),
        *("- ", "  - ", "1. ", "> ", "    ", "| a | b |\n|---|---|\n| 1 |\n", ":data: 词\n"),
        *("\n", "\n\n", "\r", "\t", "<b>", "<https://a.example>", "&shy;", "&#10;", "\\"),
        *("词", "，", "“", "a", " ", "{", "}", "![x](y)", "---\n", "```\n", "[a]: b\n", ":"),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


@given(ANY_TEXT)
def test_nothing_but_a_pack_error_is_raised(text: str) -> None:
    try:
        document = parse_document(text)
    except PackError as error:
        assert error.findings
        assert all(finding.line >= 1 for finding in error.findings)
    else:
        assert len(document.digest) == 64
        assert all("\n" not in clause.title for clause in document.clauses())
    for read in (read_prompts, read_summary):
        _, reading = read(text, "x.md")
        assert reading.file == "x.md"


CHINESE = st.text("中文信息收集，。：（）", min_size=1, max_size=8)
LATIN = st.text("abcxyz", min_size=1, max_size=6)
BLANKS = st.sampled_from([" ", "  ", "\t", " \t ", "\n", " \n", "\n  "])
EMPTY_LINES = st.sampled_from(["\n\n", "\n\n\n", "\n \n\t\n", "\r\n\r\n"])


@given(
    st.lists(st.lists(LATIN, min_size=1, max_size=5), min_size=1, max_size=4),
    st.lists(st.lists(CHINESE, min_size=1, max_size=5), min_size=1, max_size=4),
    st.data(),
)
def test_white_space_changes_no_hash(
    latin: list[list[str]], chinese: list[list[str]], data: st.DataObject
) -> None:
    def written(space: st.SearchStrategy[str], wrap: st.SearchStrategy[str], gap: str) -> str:
        blocks = ["# 题", "{#a}\n## 甲"]
        blocks += ["".join(word + data.draw(space) for word in words).strip() for words in latin]
        blocks += ["".join(word + data.draw(wrap) for word in words).strip() for words in chinese]
        return gap.join(blocks) + "\n"

    plain = parse_document(written(st.just(" "), st.just(""), "\n\n"))
    spaced = parse_document(
        written(BLANKS, st.sampled_from(["", "\n", " \n", "  \n", "\n "]), data.draw(EMPTY_LINES))
    )
    assert spaced.digest == plain.digest
    assert spaced.clause("a").digest == plain.clause("a").digest


@given(CHINESE, CHINESE)
def test_any_other_word_changes_the_hash(before: str, after: str) -> None:
    first, second = (
        parse_document(f"# 题\n\n{{#a}}\n## 甲\n\n{words}\n") for words in (before, after)
    )
    assert (first.digest == second.digest) == (before == after)


def test_composed_and_decomposed_letters_are_the_same_text() -> None:
    composed, decomposed = (
        parse_document(f"# T\n\n{{#a}}\n## A\n\n{word}\n") for word in ("caf\u00e9", "cafe\u0301")
    )
    assert composed == decomposed


def test_hostile_nesting_is_read_or_refused_quickly() -> None:
    for text in ("*a " * 3000 + "b*" * 3000, "[" * 5000, "- " * 2000, "> " * 2000, "[词]{" * 2000):
        try:
            parse_document(f"# T\n\n{{#a}}\n## A\n\n{text}\n")
        except PackError as error:
            assert error.findings


def test_the_library_itself_is_left_as_it_was() -> None:
    from markdown_it import MarkdownIt

    policy_parser()
    assert "<strong>" not in MarkdownIt("commonmark").render("**重要提示：**我们")
