"""A numbered line is a heading only when it behaves like one."""

from __future__ import annotations

import pytest

from components.policy import Block, Document, ListBlock, Run, Table, block_text
from components.policy.anymarkdown import arranged
from components.policy.importing.structure import Line, structured


def read(text: str) -> Document:
    lines = [
        Line((Run(line),), number)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    return arranged(structured(lines), "Name")


def outline(document: Document) -> list[tuple[int, str]]:
    return [(clause.level, clause.title) for clause in document.clauses()]


def drawn(block: Block) -> str:
    """A block with its numbers, items in brackets."""
    match block:
        case ListBlock(ordered, start, items):
            return "[" + ", ".join(
                (f"{number} " if ordered else "* ") + " ".join(map(drawn, item))
                for number, item in enumerate(items, start=start)
            ) + "]"  # fmt: skip
        case _:
            return block_text(block)


POLICY = """\
小剧场隐私政策
我们重视您的信息,请仔细阅读。
第一部分 定义
剧场:指小剧场应用。
第二部分 隐私政策
本部分说明:
1、如何收集
2、如何共享
3、如何联系
一、 如何收集
(一)注册
1、手机号
注册时需要手机号。
(二)、浏览
浏览时不需要信息。
1、若用于其他用途,会事先征得同意。
2、无需同意的例外
以下情形除外:
(1)与安全有关的;
(2)与健康有关的。
①其一;
②其二。
(3)其他。
二、如何共享
本段以数字开头:3.5万人使用,2021.10.20发布。
小推送 SDK
使用目的:推送消息
三、如何联系
来信请寄剧场街。
北京市剧场街一号
"""


def test_a_chinese_policy() -> None:
    document = read(POLICY)
    assert document.title == "小剧场隐私政策"
    assert [block_text(block) for block in document.preamble] == ["我们重视您的信息,请仔细阅读。"]
    assert outline(document) == [
        (2, "第一部分 定义"),
        (2, "第二部分 隐私政策"),
        (3, "一、 如何收集"),
        (4, "(一)注册"),
        (4, "1、手机号"),
        (4, "(二)、浏览"),
        (4, "2、无需同意的例外"),
        (3, "二、如何共享"),
        (4, "小推送 SDK"),
        (3, "三、如何联系"),
    ]
    blocks = {
        clause.title: [drawn(block) for block in clause.blocks] for clause in document.clauses()
    }
    assert blocks["第二部分 隐私政策"] == ["本部分说明:", "[1 如何收集, 2 如何共享, 3 如何联系]"]
    assert blocks["(二)、浏览"] == ["浏览时不需要信息。", "[1 若用于其他用途,会事先征得同意。]"]
    assert blocks["2、无需同意的例外"] == [
        "以下情形除外:",
        "[1 与安全有关的;, 2 与健康有关的。 [1 其一;, 2 其二。], 3 其他。]",
    ]
    assert blocks["二、如何共享"] == ["本段以数字开头:3.5万人使用,2021.10.20发布。"]
    assert blocks["三、如何联系"] == ["来信请寄剧场街。", "北京市剧场街一号"]


def test_a_text_without_numbered_parts() -> None:
    document = read(
        "引言\n\n1.我们重视您的隐私。\n2.请与我们联系。\n\n我们收到的信息\n下列信息:\n"
        "3.他人分享的信息\n他人提供的信息。\n变更\n我们会修订本政策。"
    )
    assert document.title == "Name"
    assert outline(document) == [
        (2, "引言"),
        (2, "我们收到的信息"),
        (3, "3.他人分享的信息"),
        (2, "变更"),
    ]


def test_a_western_policy() -> None:
    document = read(
        "Privacy Policy\nWe care.\n1. Data\n1.1 Account data\nWe keep your name.\n"
        "1.2 Device data\nWe keep the model.\n(a) phones;\n(b) tablets;\n(c) watches.\n"
        "2. Sharing\nWe share nothing. 3.5 million people agree.\n3.7 million did not.\n"
        "3. Contact\nWrite to us."
    )
    assert document.title == "Privacy Policy"
    assert outline(document) == [
        (2, "1. Data"),
        (3, "1.1 Account data"),
        (3, "1.2 Device data"),
        (2, "2. Sharing"),
        (2, "3. Contact"),
    ]
    device = document.clause("device-data")
    assert [drawn(block) for block in device.blocks] == [
        "We keep the model.",
        "[1 phones;, 2 tablets;, 3 watches.]",
    ]
    assert drawn(document.clause("sharing").blocks[-1]) == "3.7 million did not."


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("甲。\n1、一;\n2、二;\n4、四;\n", ["甲。", "[1 一;, 2 二;]", "[4 四;]"]),
        ("甲。\n• 一;\n• 二。\n乙。", ["甲。", "[* 一;, * 二。]", "乙。"]),
        ("甲。\n5、五。\n", ["甲。", "5、五。"]),
        ("甲。\n1、一:\n• 甲;\n• 乙。\n2、二。", ["甲。", "[1 一: [* 甲;, * 乙。], 2 二。]"]),
        ("甲。\n1、\n", ["甲。", "1、"]),
        (
            "甲。\n1、一;\n(1)二;\n①三;\na) 四;\n(ii) 五;\n",
            ["甲。", "[1 一; [1 二; [1 三; [1 四;]]]]", "(ii) 五;"],
        ),
        (
            "甲。\n1、一;\n(1)二;\n①三;\na) 四;\n• 五;\n2、六。",
            ["甲。", "[1 一; [1 二; [1 三; [1 四;] [* 五;]]], 2 六。]"],
        ),
    ],
)
def test_lists(text: str, blocks: list[str]) -> None:
    (section,) = read(text).sections
    assert [drawn(block) for block in section.head.blocks] == blocks


def test_named_parts_in_english() -> None:
    document = read(
        "Cinema Terms\nPart I Meaning\nWords mean things.\nPart II Data\n"
        "Section 1 Kinds\nWe keep names.\nSection 2 Uses\nWe call you."
    )
    assert outline(document) == [
        (2, "Part I Meaning"),
        (2, "Part II Data"),
        (3, "Section 1 Kinds"),
        (3, "Section 2 Uses"),
    ]


def test_a_table_among_the_lines_is_kept() -> None:
    table = Table(((Run("a"),),), (((Run("b"),),),))
    contents = structured([Line((Run("一、甲"),), 1), table, Line((Run("二、乙"),), 2), table])
    document = arranged(contents, "Name")
    assert outline(document) == [(2, "一、甲"), (2, "二、乙")]
    assert document.clause("clause-1").blocks == (table,)


def test_styles_behind_a_number_are_kept() -> None:
    line = Line((Run("1", strong=True), Run("、"), Run("甲", strong=True), Run("乙。")), 3)
    contents = structured([Line((Run("始。"),), 1), line])
    assert isinstance(contents[-1], ListBlock)
    (item,) = contents[-1].items
    assert item[0].runs == (Run("甲", strong=True), Run("乙。"))  # type: ignore[union-attr]
