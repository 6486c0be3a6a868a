"""What stands at the head of a line."""

from __future__ import annotations

import pytest

from components.policy.clause_ids import han_number
from components.policy.importing.numbering import FAMILIES, markers_of


@pytest.mark.parametrize(
    ("line", "family", "ordinals", "rest"),
    [
        ("第一部分 定义", "part", (1,), "定义"),
        ("第二编：总则", "part", (2,), "总则"),
        ("Part IV – Rights", "part", (4,), "Rights"),
        ("Part B. Rights", "part", (2,), "Rights"),
        ("第十二章 收集", "chapter", (12,), "收集"),
        ("Chapter 3: Data", "chapter", (3,), "Data"),
        ("第二节、共享", "section", (2,), "共享"),
        ("SECTION 2 Sharing", "section", (2,), "Sharing"),
        ("第三条 儿童", "article", (3,), "儿童"),
        ("Article 5. Use", "article", (5,), "Use"),
        ("二十一、其他", "han", (21,), "其他"),
        ("（三）共享", "han-bracket", (3,), "共享"),
        ("(八)、每周", "han-bracket", (8,), "每周"),
        ("1、为了", "arabic", (1,), "为了"),
        ("２．目的", "arabic", (2,), "目的"),
        ("3. Data", "arabic", (3,), "Data"),
        ("1.2 Data", "dotted", (1, 2), "Data"),
        ("2.3.1. Data", "dotted", (2, 3, 1), "Data"),
        ("（4）乙", "bracket", (4,), "乙"),
        ("5) five", "bracket", (5,), "five"),
        ("②设备", "circled", (2,), "设备"),
        ("㊿末", "circled", (50,), "末"),
        ("(b) two", "letter", (2,), "two"),
        ("C. three", "letter", (3,), "three"),
        ("(iv) four", "roman", (4,), "four"),
        ("ii. two", "roman", (2,), "two"),
        ("• item", "bullet", (), "item"),
        ("- item", "bullet", (), "item"),
    ],
)
def test_markers(line: str, family: str, ordinals: tuple[int, ...], rest: str) -> None:
    marker = markers_of(line)[0]
    assert (marker.family, marker.ordinals) == (family, ordinals)
    assert line[marker.length :] == rest
    assert marker.ordinal == (ordinals[-1] if ordinals else 0)


def test_roman_and_letter_are_both_possible() -> None:
    assert [marker.family for marker in markers_of("(i) one")] == ["roman", "letter"]


@pytest.mark.parametrize("line", ["", "2021年", "-x", "3%的人", "第一", "hello", "400-1", "vvv"])
def test_no_marker(line: str) -> None:
    assert markers_of(line) == ()


def test_every_family_has_a_place() -> None:
    assert len(set(FAMILIES)) == len(FAMILIES) == 12


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("十", 10), ("十二", 12), ("三十", 30), ("九十九", 99), ("一百", 100), ("一百零三", 103)),
        *(("二百一十", 210), ("三〇", 30), ("七", 7), ("１２", 12), ("二十", 20)),
        *(("", None), ("百", None), ("十百", None), ("甲", None)),
    ],
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert han_number(text) == number
