"""Single rules at their limits, and what they say when they cannot look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from components.fairness import (
    Box,
    Element,
    Ink,
    Look,
    Part,
    Role,
    Standing,
    Subject,
    Waiver,
    judge,
    rule_set,
)
from components.fairness.colours import contrast
from components.fairness.reading import reading_seconds
from components.fairness.unfair.data import fair_graph

from .subjects import ACCEPT, REFUSE, TITLE, broken, screen


def sized(element: Element, width: float, height: float) -> Element:
    assert element.box is not None
    box = Box(element.box.x, element.box.y, width, height)
    return replace(element, box=box, seen=box)


@pytest.mark.parametrize(
    ("width", "height", "fair"),
    [(150, 48, True), (121, 48, True), (119, 48, False), (187, 48, True), (189, 48, False),
     (150, 50, False)],
)  # fmt: skip
def test_sizes_at_their_limits(width: float, height: float, fair: bool) -> None:
    found = broken("CS-02", screen(TITLE, sized(REFUSE, width, height), ACCEPT))
    assert (found == []) is fair, found


@pytest.mark.parametrize(
    ("system", "side", "fair"),
    [("android", 48, True), ("android", 47, False), ("ios", 44, True), ("ios", 43, False),
     ("desktop", 24, True), ("desktop", 23, False)],
)  # fmt: skip
def test_targets_at_their_limits(system: str, side: float, fair: bool) -> None:
    found = broken("AX-03", screen(TITLE, sized(REFUSE, side, side), system=system))
    assert (found == []) is fair


@pytest.mark.parametrize(("value", "fair"), [(4.5, True), (4.2, False), (21.0, True)])
def test_contrast_at_its_limit(value: float, fair: bool) -> None:
    text = replace(TITLE, role=Role.TEXT, ink=Ink("#ffffff", "#000000", value))
    assert (broken("AX-01", screen(text, painted=True)) == []) is fair


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.478, abs=0.001)


def test_a_look_that_differs_is_told_by_what_differs() -> None:
    look = Look("OutlinedButton", size=14)
    loud = replace(look, kind="FilledButton")
    (found,) = broken(
        "CS-03",
        screen(replace(REFUSE, look=look), replace(ACCEPT, look=loud), declared=True),
    )
    assert "kind FilledButton against OutlinedButton" in found


def test_a_bundle_is_seen_in_words_alone() -> None:
    option = Element(Role.SWITCH, "定位、通知和统计", part=Part.OPTION, checked=False)
    assert "定位, 通知, 统计" in broken("CS-09", screen(option, REFUSE, ACCEPT))[0]
    single = replace(option, name="定位：用来查找影院，和排序")
    assert broken("CS-09", screen(single, REFUSE, ACCEPT)) == []


def test_what_changes_by_itself_is_seen_by_a_second_look() -> None:
    text = Element(Role.TEXT, "请稍候三下")
    later = screen(replace(text, name="请稍候两下"), REFUSE, ACCEPT, after=1.2)
    assert broken("CS-12", screen(text, REFUSE, ACCEPT), later) != []
    assert broken("CS-12", screen(text, REFUSE, ACCEPT)) == []


def test_a_refusal_waits_only_while_agreeing_does_not() -> None:
    waiting, idle = replace(REFUSE, enabled=False), replace(ACCEPT, enabled=False)
    assert broken("CS-12", screen(TITLE, waiting, ACCEPT)) != []
    assert broken("CS-12", screen(TITLE, waiting, idle)) == []


def test_a_link_in_a_sentence_is_as_high_as_its_line_and_may_be_met_twice() -> None:
    line = Box(20, 100, 300, 32)
    sentence = Element(Role.TEXT, "我们只用真正的信息", box=line, seen=line)
    link = Element(Role.LINK, "匿名化", box=Box(80, 100, 48, 20), seen=Box(80, 100, 48, 20))
    again = replace(link, box=Box(200, 100, 48, 20), seen=Box(200, 100, 48, 20))
    assert broken("AX-03", screen(sentence, link, system="android")) == []
    assert broken("AX-07", screen(sentence, link, again)) == []
    assert len(broken("AX-03", screen(link, system="android"))) == 1
    assert len(broken("AX-07", screen(link, again))) == 2
    assert len(broken("AX-07", screen(sentence, replace(link, name=" ")))) == 1
    tall = sized(link, 48, 24)
    assert broken("AX-03", screen(tall, system="android")) == []


def test_a_new_version_has_the_time_of_a_section() -> None:
    text = Element(Role.TEXT, "影" * 500)  # 75 seconds
    assert broken("LX-14", screen(text, REFUSE, ACCEPT)) != []
    assert broken("LX-14", screen(text, REFUSE, ACCEPT, change=True)) == []
    longer = replace(text, name="影" * 601)
    assert broken("LX-14", screen(longer, REFUSE, ACCEPT, change=True)) != []


def test_a_rule_without_its_input_is_not_judged() -> None:
    report = judge(Subject("nothing"))
    assert {it.standing for it in report.outcomes} == {Standing.UNJUDGED}
    assert all(it.reason for it in report.outcomes)
    assert report.fair
    graph = judge(Subject("ways", graph=fair_graph("en")))
    judged = {it.rule.id for it in graph.outcomes if it.standing is not Standing.UNJUDGED}
    assert judged == {"CS-05", "CS-10", "CS-13", "CS-14", "CS-15"}


def test_every_rule_says_what_it_must() -> None:
    rules = rule_set().rules
    assert len(rules) == 54
    assert len({rule.id for rule in rules}) == 54
    for rule in rules:
        assert rule.title and rule.source and rule.remedy and rule.needs
        assert not rule.title.endswith(".") and not rule.remedy.endswith(".")


def test_the_digest_is_of_what_decides() -> None:
    digest = rule_set().digest
    assert len(digest) == 64
    assert judge(Subject("x")).rules_digest == digest


DAY = date(2026, 5, 1)
WAIVER = Waiver("CS-01", "as*", "the person is 92", date(2026, 4, 1), date(2026, 5, 1), "Ann")


def test_a_waiver_covers_its_rule_at_its_place_until_its_day() -> None:
    subject = Subject("x", (screen(TITLE, ACCEPT),))
    assert not judge(subject, rules=["CS-01"]).fair
    waived = judge(subject, rules=["CS-01"], waivers=[WAIVER], today=DAY)
    assert waived.fair
    assert [(it.rule, by.reason) for it, by in waived.waived] == [("CS-01", "the person is 92")]
    elsewhere = replace(WAIVER, surface="other")
    assert not judge(subject, rules=["CS-01"], waivers=[elsewhere], today=DAY).fair


def test_a_waiver_that_has_expired_or_names_no_rule_is_an_error() -> None:
    subject = Subject("x", (screen(),))
    expired = judge(subject, rules=["CS-01"], waivers=[WAIVER], today=date(2026, 5, 2))
    assert expired.broken_errors == {"waiver-expired"}
    unknown = replace(WAIVER, rule="CS-99")
    found = judge(subject, rules=["CS-01"], waivers=[unknown], today=DAY)
    assert found.broken_errors == {"waiver-unknown"}


def test_reading_takes_the_time_of_its_language() -> None:
    assert reading_seconds("影" * 400, "zh_Hans") == pytest.approx(60)
    assert reading_seconds("word " * 238, "en") == pytest.approx(60)
