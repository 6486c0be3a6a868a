"""Markdown -> document: what is read, what stays text, what is refused and where."""

from __future__ import annotations

import pytest

from components.policy import (
    Document,
    ListBlock,
    PackError,
    Paragraph,
    Run,
    Table,
    block_text,
    parse_document,
)
from components.policy.document import Block

HEAD = "# 题\n\n{#a}\n## 甲\n\n"
FIRST = HEAD.count("\n") + 1
"""Line of what follows the head."""


def parse(body: str) -> Document:
    return parse_document(HEAD + body)


def blocks(body: str) -> tuple[Block, ...]:
    return parse(body).clause("a").blocks


def runs(body: str) -> tuple[Run, ...]:
    (block,) = blocks(body)
    assert isinstance(block, Paragraph)
    return block.runs


def faults(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PackError) as caught:
        parse_document(text)
    return [(found.line, found.problem, found.remedy) for found in caught.value.findings]


def bold(text: str) -> Run:
    return Run(text, strong=True)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**重要提示：**我们收集", (bold("重要提示："), Run("我们收集"))),
        (
            "请阅读**《隐私政策》**和**《用户协议》**。",
            (Run("请阅读"), bold("《隐私政策》"), Run("和"), bold("《用户协议》"), Run("。")),
        ),
        ("为**个人信息**提供", (Run("为"), bold("个人信息"), Run("提供"))),
        ("点**“同意”**按钮", (Run("点"), bold("“同意”"), Run("按钮"))),
        ("用App**“同意”**ok", (Run("用App"), bold("“同意”"), Run("ok"))),
        ("**Cookie（必要）**用于登录", (bold("Cookie（必要）"), Run("用于登录"))),
        ("（**注意**）", (Run("（"), bold("注意"), Run("）"))),
        ("*强调，*后文", (Run("强调，", emphasised=True), Run("后文"))),
        ("***重点。***后文", (Run("重点。", strong=True, emphasised=True), Run("后文"))),
        ("**甲。***乙。*丙", (bold("甲。"), Run("乙。", emphasised=True), Run("丙"))),
        ("**注。**주의", (bold("注。"), Run("주의"))),
        ("**[位置]{.sensitive}：**只", (Run("位置", True, sensitive=True), bold("："), Run("只"))),
        ("2 ** 3 ** 4", (Run("2 ** 3 ** 4"),)),
        ("甲 ** 乙 ** 丙", (Run("甲 ** 乙 ** 丙"),)),
        ("snake_case_name 与_甲_", (Run("snake_case_name 与_甲_"),)),
        ("a **b** c", (Run("a "), bold("b"), Run(" c"))),
        ("a**(b)**c", (Run("a**(b)**c"),)),
        ("_甲_ 乙", (Run("甲", emphasised=True), Run(" 乙"))),
    ],
)
def test_emphasis_holds_beside_chinese_punctuation(source: str, expected: tuple[Run, ...]) -> None:
    assert runs(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("中文\n中文", "中文中文"),
        ("中文，\n中文", "中文，中文"),
        ("他说“同意”\n然后", "他说“同意”然后"),
        ("甲——\n乙", "甲——乙"),
        ("“甲”\n“乙”", "“甲” “乙”"),
        ("words\nwords", "words words"),
        ("中文\nwords", "中文 words"),
        ("words\n中文", "words 中文"),
        ("동의\n철회", "동의 철회"),
        ("“quoted”\nwords", "“quoted” words"),
        ("中文  \n中文", "中文中文"),
        ("中文\\\n中文", "中文中文"),
        ("   中文\n   \t中文", "中文中文"),
        ("a   b\tc", "a b c"),
        ("甲\u3000\n乙", "甲\u3000乙"),
    ],
)
def test_line_breaks_become_what_the_script_wants(source: str, expected: str) -> None:
    assert runs(source) == (Run(expected),)


def test_line_break_between_styles_is_judged_by_its_neighbours() -> None:
    assert runs("**甲**\n乙") == (bold("甲"), Run("乙"))
    assert runs("**a**\nb") == (bold("a"), Run(" b"))
    assert runs("**a\nb**") == (bold("a b"),)


def test_runs_of_one_style_are_merged() -> None:
    assert runs("甲&amp;乙\\*丙") == (Run("甲&乙*丙"),)
    assert runs("[甲](#a)[乙](#a)x") == (
        Run("甲乙", href="#a"),
        Run("x"),
    )


def test_sensitive_words_are_marked_and_may_nest() -> None:
    assert runs("[行踪]{.sensitive}") == (Run("行踪", sensitive=True),)
    assert runs("[甲[乙]{.sensitive}丙]{.sensitive}") == (Run("甲乙丙", sensitive=True),)
    assert runs("[**甲**乙]{.sensitive}") == (
        Run("甲", strong=True, sensitive=True),
        Run("乙", sensitive=True),
    )


@pytest.mark.parametrize("mark", ["{.other}", "{.sensitive .other}", "{#id}", '{style="x"}', "{}"])
def test_other_marks_are_refused(mark: str) -> None:
    (line, problem, remedy) = faults(HEAD + f"好。\n\n[词]{mark}")[0]
    assert (line, "{.sensitive}" in remedy) == (FIRST + 2, True), problem


@pytest.mark.parametrize(
    "href",
    [
        "https://a.example",
        "https://a.example/b?c=d#e",
        "mailto:a@b.example",
        "tel:+86-400-113-9001",
        "#a",
    ],
)
def test_good_links(href: str) -> None:
    assert runs(f"[去]({href})") == (Run("去", href=href),)


def test_automatic_links_show_their_address() -> None:
    assert runs("<https://a.example> <a@b.example>") == (
        Run("https://a.example", href="https://a.example"),
        Run(" "),
        Run("a@b.example", href="mailto:a@b.example"),
    )


@pytest.mark.parametrize(
    "link",
    [
        "[x](http://a.example)",
        "[x](javascript:alert(1))",
        "[x](JavaScript:alert)",
        "[x](data:text/html,x)",
        "[x](file:///etc/passwd)",
        "[x](//a.example)",
        "[x](page.html)",
        "[x]()",
        "[x](#)",
        "[x](#Not_Kebab)",
        "[x](HTTPS://a.example)",
        "[x](https://bank.example@evil.example)",
        "[x](https:///path)",
        "[x](https://a.example/&#8203;)",
        "[x](mailto:)",
        "[x](tel:abc)",
        "<javascript:alert(1)>",
        "<ftp://a.example>",
    ],
)
def test_bad_links_are_refused_with_their_line(link: str) -> None:
    found = faults(HEAD + f"一\n二{link}")
    assert [(line, "https://" in remedy) for line, _, remedy in found] == [(FIRST + 1, True)]


def test_links_need_words_and_no_title() -> None:
    assert faults(HEAD + "[](https://a.example)")[0][:2] == (FIRST, "a link has no words")
    assert "title" in faults(HEAD + '[x](https://a.example "t")')[0][1]


def test_links_inside_the_document_must_lead_somewhere() -> None:
    assert parse("[x](#a)").clause("a").text == "甲\nx"
    ((line, problem, remedy),) = faults(HEAD + "一\n\n[x](#nowhere)")
    assert (line, "#nowhere" in problem, "clause" in remedy) == (FIRST + 2, True, True)


@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script>", "<b>粗</b>", "<img src=x onerror=y>", "<!-- c -->", "<div>\n词"],
)
def test_html_is_shown_and_never_run(html: str) -> None:
    words = html.replace("\n", " ")
    assert runs(html) == (Run(words),)
    assert runs(f"前{html}") == (Run(f"前{words}"),)


def test_reference_definitions_and_underlined_headings_do_not_swallow_words() -> None:
    assert runs("[注]: 说明") == (Run("[注]: 说明"),)
    assert [found[1] for found in faults(HEAD + "甲方\n---")] == [
        "a ruled line is not part of a policy's Markdown"
    ]


def test_nested_lists() -> None:
    (block,) = blocks("3. 甲\n\n   又\n4. 乙\n   - 丙\n     1. 丁\n")
    (inner,) = (
        ListBlock(False, 1, ((Paragraph((Run("丙"),)), ListBlock(True, 1, (((丁),),))),))
        for 丁 in (Paragraph((Run("丁"),)),)
    )
    assert block == ListBlock(
        True,
        3,
        (
            (Paragraph((Run("甲"),)), Paragraph((Run("又"),))),
            (Paragraph((Run("乙"),)), inner),
        ),
    )
    assert block_text(block) == "甲\n又\n乙\n丙\n丁"


def test_lists_nested_too_deep_are_refused() -> None:
    four = "- 一\n  - 二\n    - 三\n      - 四\n"
    assert blocks(four)
    ((line, problem, _),) = faults(HEAD + four + "        - 五\n")
    assert (line, "4 levels" in problem) == (FIRST + 4, True)


def test_tables() -> None:
    (table,) = blocks("| 甲 | **乙** |\n|:--|--:|\n| 一 | a \\| b |\n| [二](#a) | |\n")
    assert table == Table(
        head=((Run("甲"),), (bold("乙"),)),
        rows=(((Run("一"),), (Run("a | b"),)), ((Run("二", href="#a"),), ())),
    )
    (bare,) = blocks("甲 | 乙\n---|---\n一 | 二\n")
    assert isinstance(bare, Table)
    assert bare.rows == (((Run("一"),), (Run("二"),)),)
    (empty,) = blocks("| 甲 |\n|---|\n")
    assert isinstance(empty, Table)
    assert empty.rows == ()


@pytest.mark.parametrize(("row", "count"), [("| 一 | 二 | 三 |", 3), ("| 一 |", 1), ("|", 0)])
def test_rows_of_another_width_are_refused(row: str, count: int) -> None:
    ((line, problem, _),) = faults(HEAD + f"| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n{row}\n")
    assert (line, problem) == (FIRST + 3, f"the row has {count} cells where the head has 2")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("> 引", "a quotation"),
        ("```\n码\n```", "a code block"),
        ("    码", "an indented line"),
        ("***", "a ruled line"),
        ("- # 头", "a heading inside a list"),
        ("- {#b}\n  词", "an attribute line"),
        ("![图](https://a.example/x.png)", "image"),
        ("甲![图](https://a.example/x.png)", "image"),
    ],
)
def test_other_blocks_are_refused_by_name(body: str, what: str) -> None:
    found = faults(HEAD + body)
    assert any(line == FIRST and what in problem and remedy for line, problem, remedy in found)


def test_code_is_kept_as_it_is() -> None:
    assert runs("用`a  **b** <i>`") == (Run("用"), Run("a  **b** <i>", code=True))


def test_structure() -> None:
    document = parse_document(
        "# 题*目*\n\n前言\n\n- 一\n\n{#a}\n## 甲\n\n"
        "{#b}\n### 乙\n\n文\n\n{#c}\n#### 丙\n\n{#d}\n## 丁\n"
    )
    assert document.title == "题目"
    assert [block_text(block) for block in document.preamble] == ["前言", "一"]
    assert [[clause.id for clause in part.clauses] for part in document.sections] == [
        ["a", "b", "c"],
        ["d"],
    ]
    assert [(clause.level, clause.line) for clause in document.clauses()] == [
        (2, 8),
        (3, 11),
        (4, 16),
        (2, 19),
    ]
    assert document.sections[0].head.title == "甲"
    assert "c" in document
    assert "x" not in document
    assert document.section_number("d") == 1
    with pytest.raises(KeyError):
        document.clause("x")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "no title"),
        ("# 题\n", 1, "no parts"),
        ("文\n\n# 题\n\n{#a}\n## 甲\n", 1, "before the title"),
        ("# 题\n\n# 又题\n\n{#a}\n## 甲\n", 3, "more than one title"),
        ("# \n\n{#a}\n## 甲\n", 1, "no words"),
        ("# 题\n\n{#a}\n## \n", 4, "no words"),
        ("{#t}\n# 题\n\n{#a}\n## 甲\n", 1, "no heading"),
        ("# 题\n\n## 甲\n", 3, "no id"),
        ("# 题\n\n{#A_b}\n## 甲\n", 3, "kebab-case"),
        ("# 题\n\n{#a}\n## 甲\n\n{#a}\n## 乙\n", 6, "already taken on line 4"),
        ("# 题\n\n{#a .b}\n## 甲\n", 3, "`class` is unknown"),
        ("# 题\n\n{#a} 词 {b}\n## 甲\n", 3, "beside the attributes"),
        ("# 题\n\n{#a}\n### 甲\n", 4, "from level 1 to level 3"),
        ("# 题\n\n{#a}\n## 甲\n\n{#b}\n#### 乙\n", 7, "from level 2 to level 4"),
        (
            "# 题\n\n{#a}\n## 甲\n\n{#b}\n### 乙\n\n{#c}\n#### 丙\n\n{#d}\n##### 丁\n",
            13,
            "deeper than ####",
        ),
        ("# 题\n\n{#a}\n## 甲\n\n{#b}\n文\n", 6, "no heading"),
        ("# 题\n\n{#b}\n\n{#a}\n## 甲\n", 3, "no heading"),
        ("# 题\n\n{#a}\n## 甲\n\n{#b}\n", 6, "no heading"),
        ("# 题\n\n{#a}\n## 甲\r\n\r软\u00ad连字\n", 6, "U+00AD SOFT HYPHEN"),
        ("# 题\n\n{#a}\n## 甲\n\n零\u200b宽", 6, "U+200B ZERO WIDTH SPACE"),
        ("# 题\n\n{#a}\n## 甲\n\n私\ue000", 6, "U+E000"),
        ("# 题\n\n{#a}\n## 甲\n\n半\ud800", 6, "U+D800"),
        ("# 题\n\n{#a}\n## 甲\n\n软&shy;连", 6, "U+00AD SOFT HYPHEN"),
    ],
)
def test_faults_have_their_line(text: str, line: int, problem: str) -> None:
    found = faults(text)
    assert any(at == line and problem in what and remedy for at, what, remedy in found), found


def test_all_faults_are_reported_at_once() -> None:
    found = faults("# 题\n\n## 甲\n\n> 引\n\n[x](http://a.example)\n")
    assert [line for line, _, _ in found] == [3, 5, 7]


def test_error_prints_one_line_for_each_fault() -> None:
    with pytest.raises(PackError) as caught:
        parse_document("# 题\n\n## 甲\n\n***\n", "x/policy.md")
    assert str(caught.value).splitlines() == [
        "x/policy.md:3: the heading has no id. Remedy: write {#some-id} on the line above.",
        "x/policy.md:5: a ruled line is not part of a policy's Markdown. "
        "Remedy: delete it; headings divide a policy.",
    ]
