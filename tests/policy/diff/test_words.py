"""Word by word: nothing is lost, and the marks stand where a person would set them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.policy.diff import Change, WordRuns, new_words, old_words
from components.policy.diff.numbering import split_number
from components.policy.diff.positions import heaviest_rising, longest_rising
from components.policy.diff.segments import split
from components.policy.diff.words import WordComparison, inverted, joined

from .made import SENTENCES

TEXTS = st.one_of(SENTENCES, st.text(max_size=40), st.text("ab ，。1", max_size=60))
MARKS = {Change.KEPT: "{}", Change.DELETED: "[-{}-]", Change.INSERTED: "{{+{}+}}"}


def marked(runs: WordRuns) -> str:
    return "".join(MARKS[run.change].format(run.text) for run in runs)


def told(old: str, new: str, *others: str) -> str:
    return marked(WordComparison((old, new, *others)).runs(old, new))


@given(TEXTS, TEXTS)
def test_the_runs_hold_both_texts_and_lead_back(old: str, new: str) -> None:
    runs = WordComparison((old, new)).runs(old, new)
    assert (old_words(runs), new_words(runs)) == (old, new)
    assert all(run.text for run in runs)
    assert (Change.KEPT in {run.change for run in runs}) or old != new or not old
    order = [run.change for run in runs]
    pairs = list(pairwise(order))
    assert all(first is not second for first, second in pairs)
    assert (Change.INSERTED, Change.DELETED) not in pairs
    back = inverted(runs)
    assert (old_words(back), new_words(back)) == (new, old)
    assert inverted(back) == runs
    assert joined([runs]) == runs


@given(TEXTS)
def test_the_parts_of_a_text_are_the_text(text: str) -> None:
    parts = split(text)
    assert "".join(parts) == text
    assert all(parts)


@pytest.mark.parametrize(
    "whole",
    [
        *("2021年11月1日", "2021年11月", "11月1日", "1 November 2021", "November 1, 2021"),
        *("2021-11-01", "400-113-9001", "3.2", "1,000", "15%", "+86", "十五", "“定位”"),
        *("《用户协议》", "「同意」", '"Locate"', "don’t", "third-party", "help@kino.example"),
        *("https://a.example/x?y=1", "mailto:a@b.example", "www.kino.example"),
        *("e\u0301", "\U0001f469\u200d\U0001f680"),
    ],
)
def test_what_is_never_split(whole: str) -> None:
    assert whole in split(f"见{whole}，或")
    assert whole in split(f"see {whole} or")


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("", "", ""),
        ("", "新", "{+新+}"),
        ("旧", "", "[-旧-]"),
        ("一样。", "一样。", "一样。"),
        ("共15个工作日。", "共10个工作日。", "共[-15-]{+10+}个工作日。"),
        ("自2021年1月1日起。", "自2026年1月1日起。", "自[-2021年1月1日-]{+2026年1月1日+}起。"),
        ("点“定位”后用。", "点“查找”后用。", "点[-“定位”-]{+“查找”+}后用。"),
        ("We keep it.", "We delete it.", "We [-keep-]{+delete+} it."),
        # A sentence is marked as a sentence.
        ("A one. C three.", "A one. B two. C three.", "A one. {+B two. +}C three."),
        ("甲；乙。", "甲；丙；乙。", "甲；{+丙；+}乙。"),
        ("用完即删。", "用完即删。从不保存。", "用完即删。{+从不保存。+}"),
        ("One. Two.", "Two.", "[-One. -]Two."),
        # The odd word that is left between two changes is no help.
        (
            "buy up two red hats here, and go home",
            "get me two blue gloves here, and go home",
            "[-buy up two red hats-]{+get me two blue gloves+} here, and go home",
        ),
        ("red hat", "blue hat", "[-red-]{+blue+} hat"),
        # And a text of which hardly anything is left is another text.
        (
            "这一条与别处毫无相同",
            "请您拨打客服电话一",
            "[-这一条与别处毫无相同-]{+请您拨打客服电话一+}",
        ),
    ],
)
def test_marks_stand_where_a_person_would_set_them(old: str, new: str, marks: str) -> None:
    assert told(old, new) == marks


def test_a_chinese_word_is_learned_from_the_documents_themselves() -> None:
    old, new = "我们收集您的位置信息。", "我们采集您的位置信息。"
    assert told(old, new) == "我们[-收-]{+采+}集您的位置信息。"
    assert told(old, new, "收集", "采集") == "我们[-收集-]{+采集+}您的位置信息。"
    assert told("先定位置。", "先定位子。", "位置", "位子") == "先定[-位置-]{+位子+}。"


def test_long_texts_are_cut_at_what_occurs_once() -> None:
    filler = "，".join(["收集信息", "使用信息"] * 400)
    old = f"{filler}。甲公司{filler}。乙公司{filler}"
    new = f"{filler}。甲公司{filler}{filler}。丙公司{filler}"
    runs = WordComparison(effort=200_000).runs(old, new)
    assert (old_words(runs), new_words(runs)) == (old, new)
    assert any(run.change is Change.KEPT and "甲公司" in run.text for run in runs)


def test_without_effort_left_a_text_is_told_as_replaced() -> None:
    assert (
        marked(WordComparison(effort=0).runs("甲乙丙丁戊", "己乙庚丁辛"))
        == "[-甲乙丙丁戊-]{+己乙庚丁辛+}"
    )
    same = "甲乙" * 300
    told_whole = WordComparison().runs(f"丙{same}甲", f"{same[::-1]}丁")
    assert old_words(told_whole) == f"丙{same}甲"


@pytest.mark.parametrize(
    ("title", "number", "words"),
    [
        ("（十一）查看附近影院", "（十一）", "查看附近影院"),
        ("(3) Cookies", "(3)", "Cookies"),
        ("一、收集", "一、", "收集"),
        ("第一部分 总则", "第一部分", "总则"),
        ("第十二条", "第十二条", ""),
        ("3.2 Sharing", "3.2", "Sharing"),
        ("3.2.1. Sharing", "3.2.1.", "Sharing"),
        ("4. Children", "4.", "Children"),
        ("4 Children", "4", "Children"),
        ("①头像", "①", "头像"),
        ("Section 4: Children", "Section 4:", "Children"),
        ("Annex B – List", "Annex B", "List"),
        ("IV. Rights", "IV.", "Rights"),
        ("A. Rights", "A.", "Rights"),
        ("2021 in review", "", "2021 in review"),
        ("Part of our promise", "", "Part of our promise"),
        ("一起看电影", "", "一起看电影"),
        ("", "", ""),
    ],
)
def test_the_number_of_a_heading(title: str, number: str, words: str) -> None:
    assert split_number(title) == (number, words)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=9))
def test_the_heaviest_rising_line(items: list[tuple[int, int]]) -> None:
    values, weights = [value for value, _ in items], [weight for _, weight in items]

    def best(start: int, above: int) -> int:
        return max(
            (
                weights[k] + best(k + 1, values[k])
                for k in range(start, len(items))
                if values[k] > above
            ),
            default=0,
        )

    chosen = heaviest_rising(values, weights)
    line = [values[k] for k in chosen]
    assert chosen == sorted(chosen)
    assert line == sorted(set(line))
    assert sum(weights[k] for k in chosen) == best(0, -1)
    assert len(longest_rising(values)) <= len(values)
