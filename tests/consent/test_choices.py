"""The verbs of the person: what each writes, and what none may write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.consent.event import (
    BASE_NOTICE,
    Cause,
    Event,
    IndicatedBy,
    Layer,
    NoticeReference,
)
from components.consent.gate import NotPermitted, permission_target, purpose_target
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.policy.notice import (
    first_notice,
    notice_withdrawal,
    prompt_notice,
    purpose_notice,
    recompute,
    withdrawal_notice,
)

from .hardships import files_end_at
from .someone import GESTURE, Someone

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
WITHDRAWN, REVOKED = ConsentStatus.WITHDRAWN, ConsentStatus.REVOKED


@pytest.fixture
def accepted(someone: Someone) -> Someone:
    someone.accept_notice()
    return someone


def assert_words_can_be_made_again(someone: Someone, event: Event) -> None:
    notice = event.notice
    assert notice is not None
    again = recompute(someone.pack, notice.notice, notice.locale, notice.version)
    assert notice.digest == again


def test_accepting_the_base_notice(someone: Someone) -> None:
    notice = first_notice(someone.pack, "en")
    event = someone.choices.accept_notice(notice, label="Agree")
    assert event.target == BASE_NOTICE
    assert (event.status, event.cause, event.label) == (GIVEN, Cause.PRESSED, "Agree")
    assert event.gesture == "first-notice.choose"
    assert event.notice == NoticeReference(
        "epiao/first-notice", someone.pack.version.id, "en", Layer.FIRST_NOTICE, notice.digest
    )
    assert_words_can_be_made_again(someone, event)
    assert someone.record.events == (event,)
    assert someone.gate.notice_accepted


def test_an_answer_to_an_update_says_where_it_was_given(someone: Someone) -> None:
    notice, layer = first_notice(someone.pack, "en"), Layer.UPDATE_NOTICE
    accepted = someone.choices.accept_notice(notice, label="Agree", layer=layer)
    refused = someone.choices.refuse_notice(notice, label="Disagree", layer=layer)
    for event in (accepted, refused):
        assert event.gesture == "update-notice.choose"
        assert event.notice is not None and event.notice.layer is layer


def test_refusing_the_base_notice(someone: Someone) -> None:
    event = someone.refuse_notice()
    assert (event.target, event.status) == (BASE_NOTICE, REFUSED)
    assert (event.cause, event.label) == (Cause.PRESSED, "不同意")
    assert event.gesture == "first-notice.choose"
    assert event.notice is not None and event.notice.layer is Layer.FIRST_NOTICE
    assert_words_can_be_made_again(someone, event)
    assert not someone.gate.notice_accepted
    assert not someone.gate.notice_due


def test_taking_back_the_agreement_to_the_base_notice(accepted: Someone) -> None:
    accepted.give("nearby-cinema")
    notice = notice_withdrawal(accepted.pack, "zh_Hans")
    event = accepted.choices.withdraw_notice(notice, label="撤回", gesture="centre.withdraw")
    assert (event.target, event.status) == (BASE_NOTICE, WITHDRAWN)
    assert (event.cause, event.label) == (Cause.PRESSED, "撤回")
    assert event.gesture == "centre.withdraw"
    assert event.notice is not None
    assert event.notice.layer is Layer.CONSENT_CENTRE
    assert_words_can_be_made_again(accepted, event)
    assert not accepted.gate.permits("nearby-cinema")
    assert not accepted.gate.permits("ticket-order")
    assert accepted.gate.permits("browse-and-search")
    with pytest.raises(NotPermitted, match=r"^the base notice is not accepted$"):
        accepted.choices.withdraw_notice(notice, label="撤回", gesture="centre.withdraw")


@pytest.mark.parametrize("layer", [Layer.JUST_IN_TIME, Layer.IN_PLACE, Layer.CONSENT_CENTRE])
def test_giving(accepted: Someone, layer: Layer) -> None:
    notice = prompt_notice(accepted.pack, "location", "zh_Hans")
    event = accepted.choices.give(
        "nearby-cinema", notice, layer=layer, label="允许", gesture=GESTURE
    )
    assert event.target == purpose_target("nearby-cinema")
    assert (event.status, event.cause, event.label) == (GIVEN, Cause.PRESSED, "允许")
    assert (event.gesture, event.sequence) == (GESTURE, 2)
    assert event.notice is not None
    assert (event.notice.notice, event.notice.layer) == ("epiao/location", layer)
    assert_words_can_be_made_again(accepted, event)
    assert accepted.gate.permits("nearby-cinema")


def test_giving_one_purpose_gives_no_other(accepted: Someone) -> None:
    before = {it for it in accepted.pack.purposes if accepted.gate.permits(it)}
    accepted.give("push-delivery")
    after = {it for it in accepted.pack.purposes if accepted.gate.permits(it)}
    assert after == before | {"push-delivery"}


def test_refusing(accepted: Someone) -> None:
    event = accepted.refuse("nearby-cinema")
    assert event.target == purpose_target("nearby-cinema")
    assert (event.status, event.cause, event.label) == (REFUSED, Cause.PRESSED, "暂不")
    assert event.gesture == GESTURE
    assert_words_can_be_made_again(accepted, event)
    assert not accepted.gate.permits("nearby-cinema")


def test_who_pressed_is_the_person_where_nobody_else_is_named(accepted: Someone) -> None:
    choices, pack = accepted.choices, accepted.pack
    notice = purpose_notice(pack, "nearby-cinema", "zh_Hans")
    withdrawal = withdrawal_notice(pack, "nearby-cinema", "zh_Hans")
    where, layer = "nearby-cinema", Layer.IN_PLACE
    events = [
        choices.give(where, notice, layer=layer, label="同意", gesture=None),
        choices.withdraw(where, withdrawal, label="撤回", gesture="x"),
        choices.refuse(where, notice, layer=layer, label="不同意", gesture=None),
        choices.refuse_notice(first_notice(pack, "zh_Hans"), label="不同意"),
    ]
    assert {it.indicated_by for it in events} == {IndicatedBy.SUBJECT}


def test_refusing_needs_no_base_notice(someone: Someone) -> None:
    assert someone.refuse("nearby-cinema").status is REFUSED
    assert someone.defer("avatar-upload").status is ConsentStatus.DEFERRED


def test_a_question_that_went_away_grants_nothing(accepted: Someone) -> None:
    event = accepted.defer("nearby-cinema")
    assert (event.status, event.cause) == (ConsentStatus.DEFERRED, Cause.DISMISSED)
    assert (event.gesture, event.label) == (GESTURE, None)
    assert_words_can_be_made_again(accepted, event)
    assert not accepted.gate.permits("nearby-cinema")


def test_withdrawing(accepted: Someone) -> None:
    accepted.give("nearby-cinema")
    event = accepted.withdraw("nearby-cinema")
    assert event.target == purpose_target("nearby-cinema")
    assert (event.status, event.cause, event.label) == (WITHDRAWN, Cause.PRESSED, "撤回")
    assert event.gesture == "centre.withdraw.nearby-cinema"
    assert event.notice is not None
    assert event.notice.layer is Layer.CONSENT_CENTRE
    assert event.notice.notice == "epiao/withdrawal-nearby-cinema"
    assert_words_can_be_made_again(accepted, event)
    assert not accepted.gate.permits("nearby-cinema")


def test_withdrawing_is_possible_after_the_base_notice_was_withdrawn(accepted: Someone) -> None:
    accepted.give("nearby-cinema")
    accepted.put(BASE_NOTICE, WITHDRAWN)
    assert accepted.withdraw("nearby-cinema").status is WITHDRAWN


def test_what_was_not_given_cannot_be_withdrawn(accepted: Someone) -> None:
    before = accepted.record.events
    with pytest.raises(NotPermitted, match="not consented to"):
        accepted.withdraw("nearby-cinema")
    assert accepted.record.events == before
    accepted.give("nearby-cinema")
    accepted.withdraw("nearby-cinema")
    with pytest.raises(NotPermitted, match="not consented to"):
        accepted.withdraw("nearby-cinema")


def test_the_base_notice_comes_before_every_other_consent(someone: Someone) -> None:
    for prepare in (lambda: None, someone.refuse_notice):
        prepare()
        before = someone.record.events
        with pytest.raises(NotPermitted) as refused:
            someone.give("nearby-cinema")
        assert str(refused.value) == "the base notice comes before every other consent"
        assert someone.record.events == before


VERBS: dict[str, Callable[[Someone, str], Event]] = {
    "give": Someone.give,
    "refuse": Someone.refuse,
    "defer": Someone.defer,
    "withdraw": Someone.withdraw,
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_rests_on_the_law_or_a_contract_is_no_choice(accepted: Someone, verb: str) -> None:
    before = accepted.record.events
    for purpose in accepted.pack.purposes.values():
        if not purpose.asks_consent:
            with pytest.raises(NotPermitted, match=purpose.legal_basis):
                VERBS[verb](accepted, purpose.id)
    assert accepted.record.events == before


def test_what_the_pack_does_not_declare_is_no_choice(accepted: Someone) -> None:
    choices, pack = accepted.choices, accepted.pack
    notice = purpose_notice(pack, "nearby-cinema", "zh_Hans")
    layer = Layer.JUST_IN_TIME
    withdrawal = withdrawal_notice(pack, "nearby-cinema", "zh_Hans")
    verbs: list[Callable[[], Event]] = [
        lambda: choices.give("unheard-of", notice, layer=layer, label="同意", gesture=None),
        lambda: choices.refuse("unheard-of", notice, layer=layer, label="不同意", gesture=None),
        lambda: choices.defer("unheard-of", notice, layer=layer, gesture=None),
        lambda: choices.withdraw("unheard-of", withdrawal, label="撤回", gesture="x"),
    ]
    for verb in verbs:
        with pytest.raises(NotPermitted, match="declares no purpose 'unheard-of'"):
            verb()
    assert len(accepted.record.events) == 1


def test_a_choice_that_cannot_be_saved_does_not_hold(accepted: Someone) -> None:
    accepted.give("nearby-cinema")
    before = accepted.record.events
    attempts: list[Callable[[], Event]] = [
        accepted.accept_notice,
        lambda: accepted.give("avatar-upload"),
        lambda: accepted.withdraw("nearby-cinema"),
    ]
    with files_end_at(0):
        for attempt in attempts:
            with pytest.raises(Exception, match="disk"):
                attempt()
    assert accepted.record.events == before
    assert accepted.gate.permits("nearby-cinema")
    assert not accepted.gate.permits("avatar-upload")
    accepted.withdraw("nearby-cinema")
    assert not accepted.gate.permits("nearby-cinema")


NOTHING = None
MIRRORED: list[tuple[ConsentStatus, SystemStatus, bool, ConsentStatus | None]] = [
    # what was known, what the system says, after a tap?, what is written
    (ConsentStatus.UNKNOWN, SystemStatus.GRANTED, True, GIVEN),
    (ConsentStatus.UNKNOWN, SystemStatus.GRANTED, False, NOTHING),
    (ConsentStatus.UNKNOWN, SystemStatus.NOT_GRANTED, True, REFUSED),
    (ConsentStatus.UNKNOWN, SystemStatus.DENIED_FOR_GOOD, True, REFUSED),
    (ConsentStatus.UNKNOWN, SystemStatus.NOT_GRANTED, False, NOTHING),
    (ConsentStatus.UNKNOWN, SystemStatus.DENIED_FOR_GOOD, False, NOTHING),
    (GIVEN, SystemStatus.GRANTED, True, NOTHING),
    (GIVEN, SystemStatus.GRANTED, False, NOTHING),
    (GIVEN, SystemStatus.NOT_GRANTED, True, REFUSED),
    (GIVEN, SystemStatus.NOT_GRANTED, False, REVOKED),
    (GIVEN, SystemStatus.DENIED_FOR_GOOD, False, REVOKED),
    (GIVEN, SystemStatus.RESTRICTED, False, REVOKED),
    (REFUSED, SystemStatus.GRANTED, True, GIVEN),
    (REFUSED, SystemStatus.GRANTED, False, NOTHING),
    (REFUSED, SystemStatus.DENIED_FOR_GOOD, False, NOTHING),
    (REVOKED, SystemStatus.GRANTED, True, GIVEN),
    (REVOKED, SystemStatus.GRANTED, False, NOTHING),
    (REVOKED, SystemStatus.NOT_GRANTED, False, NOTHING),
]


@pytest.mark.parametrize(("known", "system", "tapped", "written"), MIRRORED)
def test_the_systems_word_is_mirrored(
    accepted: Someone,
    known: ConsentStatus,
    system: SystemStatus,
    tapped: bool,
    written: ConsentStatus | None,
) -> None:
    target = permission_target("location")
    if known is not ConsentStatus.UNKNOWN:
        accepted.put(target, known)
    before = accepted.record.events
    gesture = GESTURE if tapped else None
    event = accepted.choices.mirror("location", system, gesture=gesture)
    if written is None:
        assert event is None
        assert accepted.record.events == before
        return
    assert event is not None
    assert (event.target, event.status) == (target, written)
    assert event.cause is Cause.OPERATING_SYSTEM
    assert (event.gesture, event.notice, event.label) == (gesture, None, None)
    assert accepted.record.events == (*before, event)


def test_the_systems_word_changes_no_purpose(accepted: Someone) -> None:
    accepted.give("nearby-cinema")
    accepted.choices.mirror("location", SystemStatus.GRANTED, gesture=GESTURE)
    accepted.choices.mirror("location", SystemStatus.DENIED_FOR_GOOD)
    assert accepted.gate.permits("nearby-cinema")
    accepted.choices.mirror("album", SystemStatus.GRANTED, gesture=GESTURE)
    assert not accepted.gate.permits("avatar-upload")
