"""Requirements that bind behaviour, each by its id, where no table above has it already.

R-007 is in test_gate_versions, R-011, R-012 and R-015 in test_expiry and test_gate_over_time, R-060
to R-065 in test_guardian and test_age, R-077 in test_uses, R-078 in test_gate_questions.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.consent.event import BASE_NOTICE, Cause, Event
from components.consent.fold import fold
from components.consent.gate import Initiative, NotPermitted, Verdict, permission_target
from components.consent.gate import purpose_target as target
from components.consent.permissions import SystemStatus
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.policy.pack import ConsentKind, Necessity, Pack

from .someone import GESTURE, Someone

NEARBY = "nearby-cinema"


@pytest.fixture
def accepted(someone: Someone) -> Someone:
    someone.accept_notice()
    return someone


def test_r001_no_way_of_not_answering_grants(accepted: Someone, pack: Pack) -> None:
    accepted.gate.open_question("location")
    accepted.record.ledger.record_ask(target(NEARBY), Initiative.PERSON.value)
    accepted.defer(NEARBY)
    accepted.close()  # Killed, and begun again.
    again = Someone(accepted.record.ledger.path, pack, accepted.clock)
    assert not again.gate.permits(NEARBY)
    given = [it for it in again.record.events if it.status.permits]
    assert [it.target for it in given] == [BASE_NOTICE]
    again.close()


def test_r002_nothing_optional_starts_switched_on(someone: Someone, pack: Pack) -> None:
    optional = [it.id for it in pack.purposes.values() if it.asks_consent]
    assert len(optional) > 20
    for step in (lambda: None, someone.refuse_notice, someone.accept_notice):
        step()
        assert not [it for it in optional if someone.gate.permits(it)]
        assert {someone.record.status(target(it)) for it in optional} == {ConsentStatus.UNKNOWN}


def test_r005_each_separate_consent_is_an_act_of_its_own(accepted: Someone, pack: Pack) -> None:
    separate = [it.id for it in pack.purposes.values() if it.consent is ConsentKind.SEPARATE]
    assert len(separate) > 5
    for number, purpose_id in enumerate(separate, start=1):
        assert accepted.record.status(target(purpose_id)) is ConsentStatus.UNKNOWN
        accepted.give(purpose_id)
        assert sum(accepted.gate.permits(it) for it in separate) == number


def test_r009_withdrawing_leaves_what_was_written(accepted: Someone) -> None:
    accepted.give(NEARBY)
    before = accepted.record.events
    accepted.withdraw(NEARBY)
    assert accepted.record.events[: len(before)] == before


def test_r010_who_refuses_everything_keeps_the_basic_functions(
    accepted: Someone, pack: Pack
) -> None:
    for purpose in pack.purposes.values():
        if purpose.asks_consent:
            accepted.refuse(purpose.id)
    basic = [it.id for it in pack.purposes.values() if it.necessity is Necessity.BASIC]
    assert {"browse-and-search", "ticket-order", "payment"} <= set(basic)
    assert all(accepted.gate.permits(it) for it in basic)


STEPS: list[Callable[[Someone], Event | None]] = [
    lambda it: it.refuse_notice(),
    lambda it: it.accept_notice(),
    lambda it: it.refuse(NEARBY),
    lambda it: it.give(NEARBY),
    lambda it: it.choices.mirror("location", SystemStatus.GRANTED, gesture=GESTURE),
    lambda it: it.withdraw(NEARBY),
    lambda it: it.defer("avatar-upload"),
    lambda it: it.choices.mirror("location", SystemStatus.DENIED_FOR_GOOD),
]


def test_r014_every_transition_is_one_event_and_they_rebuild_the_state(someone: Someone) -> None:
    for number, step in enumerate(STEPS, start=1):
        event = step(someone)
        assert event is not None and event.sequence == number
        assert len(someone.record.events) == number
    rebuilt = Record(someone.record.ledger)
    rebuilt.refresh()
    assert rebuilt.state == someone.record.state == fold(someone.record.events)


@pytest.mark.parametrize("answer", ["none", "refused"])
def test_r071_no_permission_before_the_notice(someone: Someone, answer: str) -> None:
    if answer == "refused":
        someone.refuse_notice()
    for permission_id in ("location", "album", "photo-picker"):
        judged = someone.gate.judge_permission(
            permission_id, gesture=GESTURE, system=SystemStatus.NOT_GRANTED
        )
        assert judged is Verdict.NOTICE_FIRST


@pytest.mark.parametrize("gesture", [None, ""])
def test_r071_no_permission_without_a_gesture(accepted: Someone, gesture: str | None) -> None:
    accepted.give(NEARBY)
    for system in SystemStatus:
        judged = accepted.gate.judge_permission("location", gesture=gesture, system=system)
        assert judged is Verdict.NO_GESTURE


def test_r072_one_permission_at_a_time(accepted: Someone) -> None:
    accepted.gate.open_question("location")
    judged = accepted.gate.judge_permission(
        "album", gesture=GESTURE, system=SystemStatus.NOT_GRANTED
    )
    assert judged is Verdict.BUSY
    with pytest.raises(NotPermitted, match="still open"):
        accepted.gate.open_question("album")


def test_r073_the_systems_setting_is_mirrored_and_never_made(accepted: Someone) -> None:
    accepted.give(NEARBY)
    accepted.choices.mirror("location", SystemStatus.GRANTED, gesture=GESTURE)
    revoked = accepted.choices.mirror("location", SystemStatus.DENIED_FOR_GOOD)
    assert revoked is not None
    assert (revoked.status, revoked.cause) == (ConsentStatus.REVOKED, Cause.OPERATING_SYSTEM)
    accepted.withdraw(NEARBY)
    accepted.give(NEARBY)
    # A yes here is none of the system's.
    assert accepted.record.holding(permission_target("location")) == revoked
    judged = accepted.gate.judge_permission(
        "location", gesture=GESTURE, system=SystemStatus.DENIED_FOR_GOOD
    )
    assert judged is Verdict.SETTINGS


def test_r075_no_self_start_without_consent(accepted: Someone) -> None:
    with pytest.raises(NotPermitted, match="Nobody has agreed"):
        accepted.gate.use("autostart", "autostart")
    accepted.give("autostart")
    accepted.gate.use("autostart", "autostart")
    accepted.withdraw("autostart")
    with pytest.raises(NotPermitted, match="It was declined"):
        accepted.gate.use("autostart", "autostart")


def test_r080_every_act_is_about_one_thing(accepted: Someone) -> None:
    accepted.give(NEARBY)
    assert [str(it.target) for it in accepted.record.events] == [
        "notice:base",
        "purpose:nearby-cinema",
    ]


def test_r107_withdrawing_takes_one_act_as_giving_does(accepted: Someone) -> None:
    number = len(accepted.record.events)
    accepted.give(NEARBY)
    giving = len(accepted.record.events) - number
    accepted.withdraw(NEARBY)
    assert len(accepted.record.events) - number - giving == giving == 1
