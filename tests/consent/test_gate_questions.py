"""The gate: what may be asked, every case of it, held against tables that a person can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.gate import (
    Gate,
    Initiative,
    NotPermitted,
    Verdict,
    purpose_target,
)
from components.consent.ledger import Ledger
from components.consent.permissions import SystemStatus
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.policy.pack import Pack, RequestMode

from .someone import GESTURE, Someone

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
WITHDRAWN, DEFERRED = ConsentStatus.WITHDRAWN, ConsentStatus.DEFERRED
UNKNOWN, REVOKED = ConsentStatus.UNKNOWN, ConsentStatus.REVOKED

COOL_DOWN = timedelta(hours=48)
INSTANT = timedelta(milliseconds=1)
AGES = {
    timedelta(): True,
    COOL_DOWN - INSTANT: True,
    COOL_DOWN: False,
    COOL_DOWN * 20: False,
    # The clock was set back: the cool-down has not passed.
    -COOL_DOWN: True,
}
"""How long ago the last word was, and whether a no of that age still counts."""

NO = (REFUSED, WITHDRAWN, REVOKED, DEFERRED)
NO_ANSWER = (UNKNOWN, ConsentStatus.REQUESTED, ConsentStatus.EXPIRED, ConsentStatus.INVALIDATED)
YES = (GIVEN, ConsentStatus.RENEWED)


@pytest.fixture
def accepted(someone: Someone) -> Someone:
    someone.accept_notice()
    return someone


# --- may a permission be asked for?

PERMISSION_RULES: list[tuple[dict[str, object], Verdict]] = [
    # The first line that fits decides.
    ({"notice": False}, Verdict.NOTICE_FIRST),
    ({"gesture": False}, Verdict.NO_GESTURE),
    ({"busy": True}, Verdict.BUSY),
    ({"system": SystemStatus.RESTRICTED}, Verdict.RESTRICTED),
    ({"system": SystemStatus.UNSUPPORTED}, Verdict.RESTRICTED),
    ({"purpose": "yes", "system": SystemStatus.GRANTED}, Verdict.PERMITTED),
    ({"purpose": "yes", "system": SystemStatus.DENIED_FOR_GOOD}, Verdict.SETTINGS),
    ({"purpose": "yes", "system_said_no_lately": True}, Verdict.SETTINGS),
    ({"purpose": "yes"}, Verdict.ASK_SYSTEM),
    ({"purpose": "no", "lately": True}, Verdict.EXPLAIN_IN_PLACE),
    ({}, Verdict.EXPLAIN),
]


def expected(rules: list[tuple[dict[str, object], Verdict]], case: dict[str, object]) -> Verdict:
    return next(
        verdict
        for conditions, verdict in rules
        if all(case[name] == value for name, value in conditions.items())
    )


def kind_of(status: ConsentStatus) -> str:
    return "yes" if status in YES else "no" if status in NO else "none"


@pytest.mark.parametrize("permission", [UNKNOWN, GIVEN, REFUSED, REVOKED])
@pytest.mark.parametrize("purpose", ConsentStatus)
@pytest.mark.parametrize("notice", [UNKNOWN, GIVEN, REFUSED, WITHDRAWN])
def test_every_judgement_about_a_permission(
    someone: Someone,
    clock: ManualClock,
    notice: ConsentStatus,
    purpose: ConsentStatus,
    permission: ConsentStatus,
) -> None:
    someone.bring_to(notice, "nearby-cinema", purpose, permission)
    gate, start = someone.gate, clock.now()
    for age, gesture, system, busy in product(
        AGES, (GESTURE, None, ""), SystemStatus, (False, True)
    ):
        clock.set_wall_clock(start + age)
        if busy:
            gate.open_question("album")
        case: dict[str, object] = {
            "notice": notice is GIVEN,
            "gesture": bool(gesture),
            "busy": busy,
            "system": system,
            "purpose": kind_of(purpose),
            "lately": AGES[age],
            "system_said_no_lately": AGES[age] and permission in NO,
        }
        judged = gate.judge_permission("location", gesture=gesture, system=system)
        assert judged is expected(PERMISSION_RULES, case), (case, age)
        gate.close_question()


@pytest.mark.parametrize("permission_id", ["photo-picker", "clipboard-read"])
@pytest.mark.parametrize("purpose", ConsentStatus)
def test_every_judgement_about_a_system_picker(
    accepted: Someone, permission_id: str, purpose: ConsentStatus
) -> None:
    pack = accepted.pack
    assert pack.permissions[permission_id].request is RequestMode.PICKER
    purpose_id = pack.permissions[permission_id].purpose
    assert purpose_id is not None
    accepted.bring_to(GIVEN, purpose_id, purpose)
    judged = accepted.gate.judge_permission(
        permission_id, gesture=GESTURE, system=SystemStatus.GRANTED
    )
    assert (
        judged
        is {
            "yes": Verdict.PERMITTED,
            "no": Verdict.EXPLAIN_IN_PLACE,
            "none": Verdict.EXPLAIN,
        }[kind_of(purpose)]
    )


def test_what_is_never_requested_is_not_declared_as_a_question(
    accepted: Someone, pack: Pack
) -> None:
    modes = set()
    for permission in pack.permissions.values():
        if permission.request in (RequestMode.JUST_IN_TIME, RequestMode.PICKER):
            continue
        modes.add(permission.request)
        judged = accepted.gate.judge_permission(
            permission.id, gesture=GESTURE, system=SystemStatus.GRANTED
        )
        assert judged is Verdict.NOT_DECLARED, permission.id
    assert modes == {RequestMode.NEVER, RequestMode.INSTALL_TIME}
    for unknown in ("camera", "", "nearby-cinema"):
        judged = accepted.gate.judge_permission(
            unknown, gesture=GESTURE, system=SystemStatus.GRANTED
        )
        assert judged is Verdict.NOT_DECLARED


def test_a_permission_of_no_purpose_is_not_declared(accepted: Someone) -> None:
    pack = accepted.pack
    lost = replace(pack.permissions["location"], purpose=None)
    gate = Gate(
        replace(pack, permissions={**pack.permissions, "location": lost}),
        accepted.record,
        accepted.clock,
    )
    judged = gate.judge_permission("location", gesture=GESTURE, system=SystemStatus.GRANTED)
    assert judged is Verdict.NOT_DECLARED


def test_a_basic_purpose_needs_the_systems_leave_only(accepted: Someone) -> None:
    # A ticket code scanner: part of what was ordered, with a camera that the system guards.
    pack = accepted.pack
    scanner = replace(pack.permissions["location"], id="scanner", purpose="ticket-order")
    gate = Gate(
        replace(pack, permissions={**pack.permissions, "scanner": scanner}),
        accepted.record,
        accepted.clock,
    )
    verdicts = {
        system: gate.judge_permission("scanner", gesture=GESTURE, system=system)
        for system in SystemStatus
    }
    assert verdicts == {
        SystemStatus.GRANTED: Verdict.PERMITTED,
        SystemStatus.NOT_GRANTED: Verdict.ASK_SYSTEM,
        SystemStatus.DENIED_FOR_GOOD: Verdict.SETTINGS,
        SystemStatus.RESTRICTED: Verdict.RESTRICTED,
        SystemStatus.UNSUPPORTED: Verdict.RESTRICTED,
    }


# --- may a purpose be asked about?

PURPOSE_RULES: list[tuple[dict[str, object], Verdict]] = [
    ({"notice": True, "purpose": "yes"}, Verdict.PERMITTED),
    ({"notice": False}, Verdict.NOTICE_FIRST),
    ({"busy": True}, Verdict.BUSY),
    ({"initiative": Initiative.PERSON, "purpose": "no", "lately": True}, Verdict.EXPLAIN_IN_PLACE),
    ({"initiative": Initiative.PERSON}, Verdict.EXPLAIN),
    ({"asked_enough": True}, Verdict.ASKED_ENOUGH),
    ({"purpose": "no", "lately": True}, Verdict.COOLING_DOWN),
    ({"asked": True, "lately": True}, Verdict.COOLING_DOWN),
    ({}, Verdict.EXPLAIN),
]


@pytest.mark.parametrize("asked", [0, 2, 3, 4])
@pytest.mark.parametrize("purpose", ConsentStatus)
@pytest.mark.parametrize("notice", [UNKNOWN, GIVEN, REFUSED, WITHDRAWN])
def test_every_judgement_about_a_purpose(
    someone: Someone,
    clock: ManualClock,
    notice: ConsentStatus,
    purpose: ConsentStatus,
    asked: int,
) -> None:
    target = purpose_target("push-delivery")
    ledger = someone.record.ledger
    for _ in range(asked):
        ledger.record_ask(target, Initiative.APP.value)
    for _ in range(5):
        # Neither what the person called for nor another purpose's question counts.
        ledger.record_ask(target, Initiative.PERSON.value)
        ledger.record_ask(purpose_target("nearby-cinema"), Initiative.APP.value)
    someone.bring_to(notice, "push-delivery", purpose)
    gate, start = someone.gate, clock.now()
    for age, initiative, busy in product(AGES, Initiative, (False, True)):
        clock.set_wall_clock(start + age)
        if busy:
            gate.open_question("location")
        case: dict[str, object] = {
            "notice": notice is GIVEN,
            "busy": busy,
            "initiative": initiative,
            "purpose": kind_of(purpose),
            "lately": AGES[age],
            "asked": asked > 0,
            "asked_enough": asked >= 3,
        }
        judged = gate.judge_purpose("push-delivery", initiative=initiative)
        assert judged is expected(PURPOSE_RULES, case), (case, age)
        gate.close_question()


@pytest.mark.parametrize("initiative", Initiative)
def test_what_is_no_matter_of_consent_is_never_asked(
    someone: Someone, initiative: Initiative
) -> None:
    gate = someone.gate
    assert gate.judge_purpose("browse-and-search", initiative=initiative) is Verdict.PERMITTED
    assert gate.judge_purpose("ticket-order", initiative=initiative) is Verdict.NOTICE_FIRST
    someone.accept_notice()
    assert gate.judge_purpose("ticket-order", initiative=initiative) is Verdict.PERMITTED


def test_the_pack_sets_the_rules(accepted: Someone, clock: ManualClock) -> None:
    rules = replace(accepted.pack.rules, cool_down=timedelta(minutes=1), max_asks=1)
    gate = Gate(replace(accepted.pack, rules=rules), accepted.record, clock)
    accepted.refuse("push-delivery")
    app = Initiative.APP
    assert gate.judge_purpose("push-delivery", initiative=app) is Verdict.COOLING_DOWN
    clock.advance(timedelta(minutes=1))
    assert gate.judge_purpose("push-delivery", initiative=app) is Verdict.EXPLAIN
    accepted.record.ledger.record_ask(purpose_target("push-delivery"), app.value)
    assert gate.judge_purpose("push-delivery", initiative=app) is Verdict.ASKED_ENOUGH


def test_a_no_is_remembered_until_there_is_a_yes(accepted: Someone) -> None:
    gate = accepted.gate
    assert gate.last_no("nearby-cinema") is None
    refusal = accepted.refuse("nearby-cinema")
    assert gate.last_no("nearby-cinema") == refusal
    accepted.give("nearby-cinema")
    assert gate.last_no("nearby-cinema") is None
    # Also where the yes is said again.
    assert accepted.give("nearby-cinema").status is ConsentStatus.RENEWED
    assert gate.last_no("nearby-cinema") is None
    withdrawal = accepted.withdraw("nearby-cinema")
    assert gate.last_no("nearby-cinema") == withdrawal
    assert gate.last_no("avatar-upload") is None


def test_a_no_outlives_a_restart(
    accepted: Someone, store: Path, pack: Pack, clock: ManualClock
) -> None:
    accepted.refuse("nearby-cinema")
    record = Record(Ledger(store, clock=clock))
    record.refresh()
    judged = Gate(pack, record, clock).judge_permission(
        "location", gesture=GESTURE, system=SystemStatus.NOT_GRANTED
    )
    record.ledger.close()
    assert judged is Verdict.EXPLAIN_IN_PLACE


def test_one_question_at_a_time(accepted: Someone) -> None:
    gate = accepted.gate
    gate.open_question("location")
    with pytest.raises(NotPermitted, match="'location' is still open"):
        gate.open_question("album")
    gate.close_question()
    gate.open_question("album")
    gate.close_question()
    gate.close_question()
    judged = gate.judge_purpose("push-delivery", initiative=Initiative.APP)
    assert judged is Verdict.EXPLAIN
