"""The gate: what is permitted, and what the base notice has to do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from components.consent.event import BASE_NOTICE
from components.consent.gate import (
    Gate,
    Initiative,
    NoticeState,
    NotPermitted,
    Verdict,
    purpose_target,
)
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.policy.pack import ChangeKind, ConsentKind, Pack, PolicyVersion

from .someone import GESTURE, Someone

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
WITHDRAWN, DEFERRED = ConsentStatus.WITHDRAWN, ConsentStatus.DEFERRED
UNKNOWN, REVOKED = ConsentStatus.UNKNOWN, ConsentStatus.REVOKED

YES = (GIVEN, ConsentStatus.RENEWED)


def with_a_newer_version(pack: Pack) -> Pack:
    day = date(2026, 1, 1)
    newest = PolicyVersion("2026-01-01", day, day, ChangeKind.MATERIAL)
    return replace(pack, versions=(*pack.versions, newest), version=newest)


@pytest.fixture
def accepted(someone: Someone) -> Someone:
    someone.accept_notice()
    return someone


# --- what is permitted


@pytest.mark.parametrize("notice", [UNKNOWN, REFUSED, WITHDRAWN])
def test_without_the_base_notice_only_what_needs_none_is_permitted(
    someone: Someone, pack: Pack, notice: ConsentStatus
) -> None:
    for purpose in pack.purposes.values():
        if purpose.asks_consent:
            someone.put(purpose_target(purpose.id), GIVEN)
    someone.bring_to(notice, "nearby-cinema", GIVEN)
    free = {purpose.id for purpose in pack.purposes.values() if not purpose.notice_required}
    assert free >= {"browse-and-search", "weekly-picks"}
    assert {it for it in pack.purposes if someone.gate.permits(it)} == free


def test_the_base_notice_gives_nothing_that_asks_for_consent(accepted: Someone, pack: Pack) -> None:
    permitted = {it for it in pack.purposes if accepted.gate.permits(it)}
    assert permitted == {it.id for it in pack.purposes.values() if it.consent is ConsentKind.NONE}
    assert "ticket-order" in permitted
    assert "nearby-cinema" not in permitted


@pytest.mark.parametrize("status", ConsentStatus)
def test_a_purpose_is_permitted_in_two_states_only(
    accepted: Someone, status: ConsentStatus
) -> None:
    accepted.bring_to(GIVEN, "nearby-cinema", status)
    assert accepted.gate.permits("nearby-cinema") == (status in YES)
    assert not accepted.gate.permits("avatar-upload")


def test_what_the_pack_does_not_name_is_not_permitted(accepted: Someone) -> None:
    for unknown in ("", "nearby", "location", "purpose:nearby-cinema"):
        assert not accepted.gate.permits(unknown)
        with pytest.raises(NotPermitted, match="not permitted"):
            accepted.gate.require(unknown)
        judged = accepted.gate.judge_purpose(unknown, initiative=Initiative.PERSON)
        assert judged is Verdict.NOT_DECLARED


def test_a_use_of_a_permission_needs_all_that_it_needs(accepted: Someone) -> None:
    gate = accepted.gate
    with pytest.raises(NotPermitted, match="is not permitted"):
        gate.require("nearby-cinema", "location")
    accepted.give("nearby-cinema")
    gate.require("nearby-cinema")
    use = "purpose 'nearby-cinema' with permission 'location'"
    with pytest.raises(NotPermitted, match=f"^{use}: The permission is not granted.$"):
        gate.require("nearby-cinema", "location")
    for foreign in ("album", "camera"):
        with pytest.raises(NotPermitted, match=f"'{foreign}': The purpose may not use"):
            gate.require("nearby-cinema", foreign)
    accepted.choices.mirror("location", SystemStatus.GRANTED, gesture=GESTURE)
    gate.free_for_one_use("location")
    gate.require("nearby-cinema", "location")
    accepted.choices.mirror("location", SystemStatus.DENIED_FOR_GOOD)
    with pytest.raises(NotPermitted, match="'location': The permission is not granted"):
        gate.require("nearby-cinema", "location")


def test_what_the_system_never_asks_about_needs_no_grant_of_it(accepted: Someone) -> None:
    accepted.gate.require("browse-and-search", "network")
    with pytest.raises(NotPermitted):
        accepted.gate.require("nearby-cinema", "wifi-state")
    accepted.give("nearby-cinema")
    accepted.gate.require("nearby-cinema", "wifi-state")
    accepted.give("avatar-upload")
    accepted.gate.require("avatar-upload", "photo-picker")
    with pytest.raises(NotPermitted, match="'album': The permission is not granted"):
        accepted.gate.require("avatar-upload", "album")


# --- the base notice

NOTICE_STATES = {
    # status: (accepted, due)
    UNKNOWN: (False, True),
    GIVEN: (True, False),
    REFUSED: (False, False),
    WITHDRAWN: (False, False),
}


@pytest.mark.parametrize("status", NOTICE_STATES)
def test_the_base_notice_is_due_until_it_is_answered(
    someone: Someone, status: ConsentStatus
) -> None:
    someone.bring_to(status, "nearby-cinema", UNKNOWN)
    assert (someone.gate.notice_accepted, someone.gate.notice_due) == NOTICE_STATES[status]


def test_nothing_is_sent_before_the_base_notice_was_accepted_and_a_withdrawal_is(
    someone: Someone,
) -> None:
    assert not someone.gate.may_send
    someone.refuse_notice()
    someone.refuse("nearby-cinema")
    assert not someone.gate.may_send
    someone.accept_notice()
    assert someone.gate.may_send
    someone.put(BASE_NOTICE, WITHDRAWN)
    assert someone.gate.may_send


@pytest.mark.parametrize("answer", ["accept", "refuse"])
def test_an_editorial_version_asks_nothing_again(someone: Someone, answer: str) -> None:
    if answer == "accept":
        someone.accept_notice()
    else:
        someone.refuse_notice()
    newer = with_a_newer_version(someone.pack)
    edited = replace(newer.version, change=ChangeKind.EDITORIAL)
    newer = replace(newer, versions=(*newer.versions[:-1], edited), version=edited)
    gate = Gate(newer, someone.record, someone.clock)
    assert not gate.notice_due
    assert gate.notice_accepted is (answer == "accept")


def test_an_example_of_a_version_asks_nothing_again(someone: Someone) -> None:
    someone.accept_notice()
    example = replace(with_a_newer_version(someone.pack).version, example=True)
    pack = replace(someone.pack, versions=(*someone.pack.versions, example))
    gate = Gate(pack, someone.record, someone.clock)
    assert gate.notice is NoticeState.ACCEPTED
    shown = Gate(replace(pack, version=example), someone.record, someone.clock)
    assert shown.notice is NoticeState.UPDATED


def test_a_refusal_of_the_last_version_makes_the_new_one_due(someone: Someone) -> None:
    someone.refuse_notice()
    newer = with_a_newer_version(someone.pack)
    assert not someone.gate.notice_due
    assert Gate(newer, someone.record, someone.clock).notice_due
