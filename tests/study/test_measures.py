"""What is worked out of a session, against sessions whose outcome was written down beforehand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from components.study.measures import comprehension, decisions, reading, tasks
from components.study.measures.reading import Dwell, Reading, Stay
from components.study.reading import load_study
from components.study.record import Event
from components.study.words import Form, Reply

from .drawn import drawn
from .writing import PACKS, READY

BANK = load_study(READY / "first-look.toml", PACKS).bank
FORM_A = BANK.form(Form.A)


def session(*happenings: tuple[float, str, dict[str, Any]]) -> list[Event]:
    """Events at active seconds; ``target`` goes beside the data."""
    events = []
    for seq, (t, name, data) in enumerate(happenings, start=1):
        own = dict(data)
        target = own.pop("target", None)
        events.append(Event(seq, t, t, name, own, target=target))
    return events


ASKED = (
    (10.0, "stim.notice.shown", {"exposure": 1}),
    (12.5, "stim.layer.opened", {"opened": "full"}),
    (20.0, "stim.layer.closed", {"closed": "full"}),
    (21.0, "stim.tap", {"control": "more"}),
    (22.0, "stim.os_prompt.requested", {"permission": "location"}),
    (25.0, "stim.os_prompt.returned", {"permission": "location", "state": "granted"}),
    (26.0, "stim.decision.made", {"choice": "grant", "target": "purpose:x"}),
)


def test_a_decision_takes_the_time_from_the_notice_less_that_of_the_systems_question() -> None:
    (decision,) = decisions.decisions_of(session(*ASKED))
    assert decision == decisions.Decision("purpose:x", "grant", 13.0, 2.5, 2, 1)


def test_a_notice_left_undecided_is_no_decision() -> None:
    events = session(
        (1.0, "stim.notice.shown", {"exposure": 1}),
        (3.0, "stim.notice.dismissed", {"via": "back"}),
        (9.0, "stim.notice.shown", {"exposure": 2}),
        (11.0, "stim.decision.made", {"choice": "decline", "target": "purpose:x"}),
    )
    (decision,) = decisions.decisions_of(events)
    assert (decision.seconds, decision.first_action, decision.exposure) == (2.0, None, 2)
    backed = decisions.backed_out(events)
    assert backed is not None and (backed.estimate, backed.n) == (0.5, 2)
    assert decisions.backed_out(session((1.0, "stim.tap", {}))) is None


def test_how_far_people_came() -> None:
    people = [session(*ASKED), session(*ASKED[:1]), session(*ASKED[:2]), session()]
    assert decisions.funnel(people) == {
        **{"shown": 3, "acted": 2, "opened": 2, "toggled": 0, "decided": 1, "changed": 0}
    }
    reach = decisions.layer_reach(people, "full")
    assert (reach.estimate, reach.n) == (0.5, 4)
    after = session(ASKED[0], ASKED[6], ASKED[1])
    assert decisions.layer_reach([after], "full").estimate == 0


def test_the_profile_of_choices() -> None:
    made = [
        decisions.Decision("purpose:x", choice, 3.0, None, 1, 1)
        for choice in ("grant", "decline", "decline", "undecided")
    ]
    profile = decisions.choice_profile(made)
    assert {it: found.estimate for it, found in profile["purpose:x"].items()} == {
        **{"decline": 0.5, "grant": 0.25, "undecided": 0.25}
    }


def test_asymmetries() -> None:
    assert decisions.effort_asymmetry([2, 2, 3], [1, 1, 1]) == 1
    assert decisions.time_asymmetry([4.0, 9.0], [2.0, 4.5]).estimate == pytest.approx(2)
    slow = decisions.withdrawal_asymmetry([40.0, 44.0, 42.0], [2.0, 2.2, 2.1])
    assert slow.low > decisions.WITHDRAWAL_AT_MOST
    assert slow.estimate == pytest.approx(20)


def test_what_was_chosen_against_what_is_wanted() -> None:
    pairs = [(True, True)] * 20 + [(True, False)] * 9 + [(False, True)] + [(False, False)] * 10
    gap = decisions.preference_gap(pairs)
    assert gap.difference == 0.2
    assert gap.p == pytest.approx(22 / 1024)
    assert gap.agreement.estimate == 0.75
    assert 0 < gap.kappa < 1
    with pytest.raises(ValueError, match="no share"):
        decisions.preference_gap([])


def test_recall_and_regret() -> None:
    actual = {"a": "grant", "b": "decline", "c": "grant", "d": "grant"}
    said = {"a": "grant", "b": "grant", "c": "dont_know"}
    assert decisions.recalled(actual, said) == 0.25
    with pytest.raises(ValueError, match="no choice"):
        decisions.recalled({}, said)
    regret = decisions.regretted(["keep", "change", "unsure", "change"])
    assert (regret.estimate, regret.n) == (0.5, 4)


def test_misses_and_what_a_refusal_costs() -> None:
    events = session(
        (0.5, "stim.feature.blocked", {"feature": "map"}),
        (1.0, "stim.tap", {}),
        (2.0, "stim.tap.missed", {"zone": 3}),
        (3.0, "stim.decision.made", {"choice": "decline"}),
        (4.0, "stim.feature.blocked", {"feature": "cinemas"}),
    )
    missed = decisions.missed_taps(events)
    assert missed is not None and (missed.estimate, missed.n) == (0.5, 2)
    assert decisions.missed_taps(session()) is None
    assert decisions.refusal_cost(events) == 1
    assert decisions.refusal_cost(events[:4]) == 0


def test_habituation_is_found_within_people() -> None:
    chance = drawn(7)
    # The slow have more exposures: across people time would go up with exposure.
    people = [
        [
            (at, math.exp(1 + n / 10 - 0.4 * math.log(at) + chance.gauss(0, 0.02)))
            for at in range(1, 3 + n // 4)
        ]
        for n in range(40)
    ]
    assert decisions.habituation(people) == pytest.approx(-0.4, abs=0.01)
    with pytest.raises(ValueError, match="nobody decided twice"):
        decisions.habituation([[(1, 3.0)]])


# Reading


HEIGHTS = {"a": 300.0, "b": 900.0, "c": 200.0, "d": 200.0}


def test_dwell_from_five_stops() -> None:
    stops = [
        Stay(1.0, 0, 600),  # a whole, b a third: a third of b is half of the window
        Stay(3.0, 400, 600),  # b alone
        Stay(2.0, 1000, 600),  # c and d whole, b's last 200
        Stay(1.5, 1350, 600),  # d
        Stay(2.5, 0, 600),
    ]
    found = reading.dwell(HEIGHTS, stops)
    assert found == {
        "a": Dwell(3.5, 1.75),
        "b": Dwell(6.5, 4.75),
        "c": Dwell(2.0, 1.0),
        "d": Dwell(3.5, 2.5),
    }
    # No moment is counted twice, nor lost.
    assert sum(it.split for it in found.values()) == sum(it.seconds for it in stops)


def test_a_read_ratio_is_of_this_readers_own_rate() -> None:
    rate = reading.reading_rate(120, 24)
    assert reading.read_ratio(30, 150, rate) == 1
    labels = [reading.label(it) for it in (0.049, 0.05, 0.499, 0.5, 7)]
    assert labels == [
        *(Reading.SKIPPED, Reading.SKIMMED, Reading.SKIMMED),
        *(Reading.PLAUSIBLE, Reading.PLAUSIBLE),
    ]
    with pytest.raises(ValueError, match="a rate needs"):
        reading.reading_rate(120, 0)


def test_coverage_asks_for_a_second_and_a_fifth() -> None:
    # 100 words take 20 s at 5 a second: a fifth is 4 s. 10 words take 2 s: a second it must be.
    sections = [(100.0, 4.0), (100.0, 3.9), (10.0, 0.9), (10.0, 1.0)]
    assert reading.coverage(sections, 5.0) == pytest.approx(110 / 220)


def test_depth_and_what_the_record_tells() -> None:
    def scroll(px: int) -> tuple[float, str, dict[str, Any]]:
        return (1.0, "stim.scroll", {"px": px, "viewport": 800, "extent": 1200})

    def left(section: str, seconds: float) -> tuple[float, str, dict[str, Any]]:
        return (2.0, "stim.section.left", {"section": section, "dwell": seconds, "dwell_split": 1})

    events = session(scroll(0), scroll(700), scroll(100), left("a", 2), left("b", 3), left("a", 4))
    assert reading.scroll_depth(events) == 0.75
    assert reading.scroll_depth(session()) is None
    assert reading.dwell_kept(events) == {"a": Dwell(6, 2), "b": Dwell(3, 1)}


# Tasks


def test_what_became_of_the_tasks() -> None:
    def told(at: float, what: str, task: str, **data: Any) -> tuple[float, str, dict[str, Any]]:
        return (at, f"study.task.{what}", {"task": task, **data})

    events = session(
        told(1, "shown", "a"),
        told(2, "started", "a"),
        told(3, "assisted", "a", help="hint"),
        told(12, "completed", "a", outcome="direct", confidence=5),
        told(12, "unassisted", "a"),
        told(13, "shown", "b"),
        told(20, "assisted", "b", help="hint"),
        told(21, "assisted", "b", help="shown"),
        told(33, "completed", "b", outcome="indirect"),
        told(34, "shown", "c"),
        told(94, "gave_up", "c"),
        told(95, "shown", "d"),
        told(96, "skipped", "d"),
        told(97, "shown", "e"),
        told(99, "completed", "e", outcome="fail", confidence=4),
        told(99, "shown", "f"),
    )
    attempts = tasks.attempts_of(events)
    assert [(it.task, it.outcome.value, it.seconds) for it in attempts] == [
        ("a", "direct", 10),
        ("b", "assisted", 20),
        ("c", "gave_up", 60),
        ("d", "skipped", 1),
        ("e", "fail", 2),
    ]
    assert [it.help for it in attempts] == [None, "shown", None, None, None]
    found = tasks.success(attempts)
    assert (found.strict.estimate, found.lenient.estimate, found.direct.n) == (0.25, 0.5, 4)
    assert [it.done for it in tasks.watched(attempts)] == [True, False, False, False]
    with pytest.raises(ValueError, match="no share"):
        tasks.success([])


# Comprehension


def answers(*replies: str, confidence: int | None = None) -> dict[str, comprehension.Answered]:
    return {
        item.id: comprehension.Answered(Reply(reply), confidence)
        for item, reply in zip(FORM_A, replies, strict=False)
    }


def test_a_form_is_scored() -> None:
    right = [item.answer.value for item in FORM_A]
    perfect = comprehension.score(FORM_A, answers(*right))
    assert perfect == comprehension.Score(1.0, 0.0, 1.0)
    nothing = comprehension.score(FORM_A, {})
    assert (nothing.correct, nothing.dont_know) == (0.0, 0.0)
    unsure = comprehension.score(FORM_A, answers(*["dont_know"] * 15))
    assert (unsure.correct, unsure.dont_know) == (0.0, 1.0)
    always = comprehension.score(FORM_A, answers(*["false"] * 15))
    assert always.correct == pytest.approx(7 / 15)
    with pytest.raises(ValueError, match="no items"):
        comprehension.score([], {})


def test_accuracy_by_layer_and_by_fact() -> None:
    right = [item.answer.value for item in FORM_A]
    half = [
        it if item.layer == "full" else "dont_know" for it, item in zip(right, FORM_A, strict=True)
    ]
    people = [answers(*right), answers(*half)]
    by_layer = comprehension.accuracy_by(FORM_A, people, lambda item: item.layer.value)
    assert {layer: found.estimate for layer, found in by_layer.items()} == {
        **{"summary": 0.5, "jit": 0.5, "full": 1.0, "centre": 0.5}
    }
    assert by_layer["full"].n == 2 * sum(item.layer == "full" for item in FORM_A)


def test_being_sure_and_being_right() -> None:
    right = [item.answer.value for item in FORM_A]
    wrong = ["false" if it == "true" else "true" for it in right]
    sure, unsure = answers(*right, confidence=5), answers(*wrong, confidence=2)
    assert comprehension.calibration(FORM_A, [sure, unsure]) == 3
    assert math.isnan(comprehension.calibration(FORM_A, [sure]))


def test_attention() -> None:
    check = next(it for it in BANK.attention if it.form is Form.A)
    passed = {check.id: comprehension.Answered(Reply.TRUE)}
    failed = {check.id: comprehension.Answered(Reply.DONT_KNOW)}
    assert comprehension.attentive(BANK.attention, passed)
    assert not comprehension.attentive(BANK.attention, failed)
    assert comprehension.attentive(BANK.attention, {})
