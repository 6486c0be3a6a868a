"""Which events a rule or a guardian can have made."""

from __future__ import annotations

import pytest

from components.consent.event import Cause, Event, IndicatedBy, MalformedEvent
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus

from .making import NEARBY, WORDS, altered

BY_RULE = (ConsentStatus.REQUESTED, ConsentStatus.EXPIRED, ConsentStatus.INVALIDATED)


@pytest.mark.parametrize("status", ConsentStatus)
def test_a_rule_ends_a_consent_and_nothing_else(ledger: Ledger, status: ConsentStatus) -> None:
    draft = Draft(NEARBY, status, Cause.RULE)
    if status in BY_RULE:
        assert ledger.append(draft).status is status
        return
    with pytest.raises(MalformedEvent, match="a rule ends a consent"):
        ledger.append(draft)
    assert ledger.events() == []


@pytest.mark.parametrize("shown", [{"gesture": "city.locate"}, {"notice": WORDS}])
def test_a_rule_shows_nothing_and_nobody_did_anything(
    ledger: Ledger, shown: dict[str, object]
) -> None:
    with pytest.raises(MalformedEvent, match="a rule ends a consent"):
        ledger.append(Draft(NEARBY, ConsentStatus.EXPIRED, Cause.RULE, **shown))  # type: ignore[arg-type]


@pytest.mark.parametrize("cause", [it for it in Cause if it is not Cause.PRESSED])
def test_a_guardians_choice_was_pressed(ledger: Ledger, cause: Cause) -> None:
    status = ConsentStatus.EXPIRED if cause is Cause.RULE else ConsentStatus.REFUSED
    body = ledger.append(Draft(NEARBY, status, cause)).to_json()
    with pytest.raises(MalformedEvent, match="guardian's choice is one that was pressed"):
        Event.from_json(altered(body, indicated_by=IndicatedBy.GUARDIAN.value))


def test_a_guardian_presses_like_anybody(ledger: Ledger) -> None:
    draft = Draft(
        NEARBY,
        ConsentStatus.GIVEN,
        Cause.PRESSED,
        gesture="city.locate",
        notice=WORDS,
        label="同意",
        indicated_by=IndicatedBy.GUARDIAN,
    )
    event = ledger.append(draft)
    assert Event.from_json(event.to_json()) == event
