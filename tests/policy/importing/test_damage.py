"""Damage of a PDF is repaired exactly, noted, and can be undone; what is no damage is left."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.policy.importing import (
    Repair,
    RepairConflict,
    StraySpaces,
    repaired,
    undone,
)
from components.policy.importing.damage import MOST_REMARKS, SourceForm, find_damage
from components.policy.importing.repairs import without_overlaps

from .hostile import ANY_TEXT, UNTIMED

TWINS = {
    unicodedata.normalize("NFC", twin): twin
    for twin in "\uf9b5\uf901\uf967\ufa08\uf9e4\uf9d8\uf9dd\uf9ba\uf938\uf98e\uf99c\uf965\uf9e0"
    "\uf9cd\uf97e\uf9df\uf98a"
}
"""The ordinary characters that converters were seen to double, with their twins."""

CLEAN = """\
小剧场说明

1.我们理解您的需要，不留下不必要的记录。例如，您利用列表更新年龄时，我们履行法律，量力而行。

2.露天演出易受天气影响，您可以了解便利的安排，这与您息息相关。

3.法律法规规定的其他情形，人人都能查看。
"""


def damaged(text: str, doubled: bool, spaces: frozenset[int]) -> tuple[str, int, int]:
    """A clean text with twins put behind their characters, and spaces between others.

    Returns:
        The text, and how many of each were put in.
    """
    written: list[str] = []
    twins = put = 0
    for place, letter in enumerate(text):
        written.append(letter)
        if doubled and letter in TWINS:
            written.append(TWINS[letter])
            twins += 1
        following = text[place + 1 : place + 2]
        if place in spaces and letter >= "\u3000" and following >= "\u3000":
            written.append(" ")
            put += 1
    return "".join(written), twins, put


def found(text: str, **options: object) -> tuple[list[Repair], Counter[str], Counter[str]]:
    aliases = options.get("aliases", {})
    stray = options.get("stray", StraySpaces.AUTOMATIC)
    form = options.get("form", SourceForm.PLAIN)
    assert isinstance(aliases, dict)
    assert isinstance(stray, StraySpaces) and isinstance(form, SourceForm)
    repairs, remarks = find_damage(text, stray, aliases, form)
    return repairs, Counter(r.rule for r in repairs), Counter(r.rule for r in remarks)


def test_the_twins_are_the_seventeen() -> None:
    assert len(TWINS) == 17
    assert all(letter in CLEAN for letter in TWINS if letter not in "律")


def test_a_clean_text_is_left_as_it_is() -> None:
    repairs, _, remarks = found(CLEAN)
    assert repairs == []
    assert remarks == {"reduplication-kept": 3}


@UNTIMED
@given(st.sets(st.integers(0, len(CLEAN)), max_size=60))
def test_what_was_damaged_is_repaired_and_nothing_else(spaces: set[int]) -> None:
    source, twins, put = damaged(CLEAN, True, frozenset(spaces))
    source = re.sub(r"\n(?=\d)", "\n ", source).replace("2.", "[bookmark: page12]2.", 1)
    repairs, rules, remarks = found(source)
    assert repaired(source, repairs) == CLEAN
    assert undone(CLEAN, repairs) == source
    assert rules["doubled-glyph"] == twins > 20
    assert rules["stray-space"] == put
    assert rules["leading-space"] == 3
    assert rules["bookmark"] == 1
    assert remarks == {"reduplication-kept": 3}


def test_normalisation_first_would_hide_the_damage() -> None:
    source, twins, _ = damaged(CLEAN, True, frozenset())
    hidden, _, remarks = found(unicodedata.normalize("NFC", source))
    assert twins and hidden == []
    assert remarks["doubled-character"] > 0


def test_spaces_are_left_where_nothing_else_is_damaged() -> None:
    text = "第一部分 定义\n一、 我们\n活跃状 态与应用列表\n"
    repairs, _, remarks = found(text)
    assert repairs == [] and remarks == {"space-between-han": 1}
    assert found(text, stray=StraySpaces.DELETE)[1] == {"stray-space": 3}
    source, _, put = damaged(CLEAN, True, frozenset(range(60)))
    assert put and "stray-space" not in found(source, stray=StraySpaces.KEEP)[1]


def test_a_doubled_name_is_reported_and_not_guessed() -> None:
    text = "小剧剧院平台与您息息相关。小剧剧院平台。"
    repairs, _, remarks = found(text)
    assert repairs == []
    assert remarks == {"doubled-character": 2, "reduplication-kept": 1}
    repairs, rules, remarks = found(text, aliases={"小剧剧院": "小剧院", "": "x", "平台": "平台"})
    assert repaired(text, repairs) == "小剧院平台与您息息相关。小剧院平台。"
    assert rules == {"alias": 2} and remarks == {"reduplication-kept": 1}
    assert all(len(repair.removed) == 1 for repair in repairs)


def test_a_twin_alone_is_no_doubling() -> None:
    repairs, _, remarks = found("\uf967可以，理\uf967")
    assert repairs == [] and remarks == {"compatibility-ideograph": 2}


def test_a_wrong_stop_behind_a_number() -> None:
    text = "1.甲。\n2。乙。\n3.丙。\n"
    repairs, rules, _ = found(text)
    assert rules == {"enumerator": 1}
    assert repaired(text, repairs) == "1.甲。\n2.乙。\n3.丙。\n"
    assert found("7。乙。\n")[0] == []


def test_a_heading_stuck_to_a_paragraph() -> None:
    head = "如果您不提供这些信息，可能无法使用部分服务或者达不到预期的效果。您提供的信息"
    text = f"{head}\n\n在注册账户或者使用服务的时候，您可能会向我们提供相关的个人信息。\n"
    repairs, rules, _ = found(text)
    assert rules == {"fused-heading": 1}
    assert repaired(text, repairs) == text.replace("。您提供的信息", "。\n\n您提供的信息")
    assert found(head)[0] == []
    assert found(f"{head}\n\n短行\n")[0] == []


def test_the_title_again_at_the_end_of_what_follows() -> None:
    text = "小剧场隐私政策\n请您仔细阅读本文。 小剧场隐私政策\n\n正文。\n"
    repairs, rules, _ = found(text)
    assert rules == {"title-again": 1}
    assert repaired(text, repairs) == "小剧场隐私政策\n请您仔细阅读本文。\n\n正文。\n"
    assert found("长" * 50 + "\n甲。")[0] == []


def test_a_repair_inside_another_waits() -> None:
    title = "甲乙丙丁。忲挘以丙"
    text = f"{title}\n前面的文字有二十多个字，足够当一个段落的样子了。{title}\n{'后' * 30}。\n"
    repairs, rules, _ = found(text)
    assert rules == {"title-again": 1}
    assert undone(repaired(text, repairs), repairs) == text


def test_repairs_that_meet_are_all_made() -> None:
    deletion, before = Repair(2, "cd", "", "r", "w"), Repair(2, "", "x", "r", "w")
    inside, behind = Repair(3, "", "y", "r", "w"), Repair(4, "", "z", "r", "w")
    chosen = without_overlaps([deletion, behind, inside, before])
    assert chosen == [before, deletion, behind]
    assert repaired("abcde", chosen) == "abxze"
    assert undone("abxze", chosen) == "abcde"
    assert without_overlaps([inside, deletion]) == [inside]


def test_in_markdown_the_shape_of_lines_is_left() -> None:
    text = "- 不\uf967\n    - 深 处\n\n1.甲\n2。乙\n"
    repairs, rules, _ = found(text, form=SourceForm.MARKDOWN)
    assert rules == {"doubled-glyph": 1, "stray-space": 1}
    assert repaired(text, repairs) == "- 不\n    - 深处\n\n1.甲\n2。乙\n"


def test_what_is_only_pointed_out() -> None:
    paragraph = (
        "这一段话在文中出现了两次，字数足够多，所以会被指出来，但不会被删去，请作者自己决定。"
    )
    text = (
        "《甲乙政策》说明。《甲乙政策》与《甲乙条款》。向您够买；软件认证。剪切板。\n"
        f"{paragraph}\n{paragraph}\n"
    )
    repairs, _, remarks = found(text)
    assert repairs == []
    assert remarks == {"term": 1, "suspected-slip": 2, "fused-item": 1, "repeated-paragraph": 1}


def test_many_places_are_counted_not_listed() -> None:
    _, _, remarks = found("剧剧，" * (MOST_REMARKS + 50))
    assert remarks == {"doubled-character": MOST_REMARKS + 1}


@UNTIMED
@given(ANY_TEXT, st.sampled_from(list(StraySpaces)), st.sampled_from(list(SourceForm)))
def test_every_repair_can_be_undone(text: str, stray: StraySpaces, form: SourceForm) -> None:
    repairs, remarks = find_damage(text, stray, {"票票": "票", "词": "句子"}, form)
    assert undone(repaired(text, repairs), repairs) == text
    for repair in repairs:
        assert text[repair.offset : repair.end] == repair.removed and repair.reason
    for remark in remarks:
        assert 0 <= remark.offset <= len(text) and remark.reason


@pytest.mark.parametrize(
    "repairs",
    [
        [Repair(0, "x", "", "r", "w")],
        [Repair(0, "ab", "", "r", "w"), Repair(1, "b", "", "r", "w")],
    ],
)
def test_repairs_that_do_not_fit_are_refused(repairs: list[Repair]) -> None:
    with pytest.raises(RepairConflict):
        repaired("abc", repairs)
    with pytest.raises(RepairConflict):
        undone("abc", [Repair(1, "", "z", "r", "w")])
