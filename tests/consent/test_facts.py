"""The facts that the rules go by, one by one: also those that no answer shows by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from components.consent.age import AgeBand
from components.consent.clock import ManualClock
from components.consent.event import IndicatedBy
from components.consent.facts import Facts, purpose_target
from components.consent.standing import Basis, Holding
from components.consent.status import ConsentStatus
from components.policy.pack import MinorsRule, Pack

from .someone import Someone

GUARDIAN = IndicatedBy.GUARDIAN


@pytest.fixture
def facts(someone: Someone, pack: Pack, clock: ManualClock) -> Facts:
    return Facts(pack, someone.record, clock)


def test_what_each_purpose_rests_on(facts: Facts, pack: Pack) -> None:
    bases = {it: facts.situation(it).basis for it in ("unheard-of", *pack.purposes)}
    assert bases.pop("unheard-of") is Basis.UNDECLARED
    for purpose_id, basis in bases.items():
        purpose = pack.purposes[purpose_id]
        if purpose.asks_consent:
            assert basis is Basis.CONSENT
        else:
            assert basis is (Basis.NO_CONSENT if purpose.notice_required else Basis.NO_DATA)
    assert set(bases.values()) == {Basis.CONSENT, Basis.NO_CONSENT, Basis.NO_DATA}


def test_who_may_be_given_a_purpose_is_the_packs(facts: Facts, pack: Pack) -> None:
    for purpose in pack.purposes.values():
        assert facts.situation(purpose.id).minors is purpose.minors
    assert facts.situation("unheard-of").minors is MinorsRule.ALLOWED


def test_a_guardians_no_is_a_no_while_the_child_is_one(
    someone: Someone, facts: Facts, clock: ManualClock
) -> None:
    someone.record.declare_birth_date(date(2011, 1, 1))
    someone.accept_notice(GUARDIAN)
    someone.refuse("avatar-upload", GUARDIAN)
    someone.refuse("usage-analytics")
    both = ("avatar-upload", "usage-analytics")
    held = [facts.consent(it, facts.age()) for it in both]
    assert held == [Holding.DECLINED, Holding.DECLINED]
    clock.advance(timedelta(days=366 * 5))
    assert facts.age() is AgeBand.MINOR
    someone.accept_notice()
    held = [facts.consent(it, facts.age()) for it in both]
    assert held == [Holding.OPEN, Holding.DECLINED]
    # And the person is told so.
    reasons = [someone.gate.standing(it).id for it in both]
    assert reasons == ["nobody-agreed", "declined"]


@pytest.mark.parametrize("status", ConsentStatus)
def test_what_counts_as_a_no(someone: Someone, status: ConsentStatus) -> None:
    last = someone.put(purpose_target("nearby-cinema"), status)
    said_no = status.value in {"refused", "withdrawn", "revoked", "deferred"}
    assert someone.gate.last_no("nearby-cinema") == (last if said_no else None)
