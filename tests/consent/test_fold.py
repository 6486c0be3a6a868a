"""From events to the state they leave behind."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from components.consent.event import Event, Target
from components.consent.fold import fold, status_of
from components.consent.status import ConsentStatus

from .making import AVATAR, LOCATION, NEARBY, SUBJECTS, altered, event

GIVEN, REFUSED, WITHDRAWN = (
    ConsentStatus.GIVEN,
    ConsentStatus.REFUSED,
    ConsentStatus.WITHDRAWN,
)
SOON = timedelta(minutes=1)

STEPS = st.tuples(
    st.sampled_from([NEARBY, AVATAR]),
    st.sampled_from([GIVEN, REFUSED, WITHDRAWN, ConsentStatus.RENEWED]),
    # Few moments, so that equal ones and ones that go back are frequent.
    st.integers(0, 3).map(lambda minutes: timedelta(minutes=minutes)),
)


def history(subject: str, steps: list[tuple[Target, ConsentStatus, timedelta]]) -> list[Event]:
    return [
        event(number, target=target, status=status, after=after, subject=subject)
        for number, (target, status, after) in enumerate(steps, 1)
    ]


HISTORIES = st.lists(STEPS, max_size=5)
ONE_INSTALLATION = st.lists(STEPS, max_size=8).map(lambda steps: history(SUBJECTS[0], steps))
INSTALLATIONS = st.tuples(HISTORIES, HISTORIES, HISTORIES).map(
    lambda all_steps: [
        made
        for subject, steps in zip(SUBJECTS, all_steps, strict=True)
        for made in history(subject, steps)
    ]
)


@given(INSTALLATIONS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(
    events: list[Event], shuffler: random.Random
) -> None:
    shuffled = list(events)
    shuffler.shuffle(shuffled)
    assert fold(shuffled) == fold(events)


@given(INSTALLATIONS)
def test_what_holds_is_the_last_word_of_an_installation_and_no_other_is_later(
    events: list[Event],
) -> None:
    for target in (NEARBY, AVATAR):
        about = [it for it in events if it.target == target]
        holds = fold(events).get(target)
        if holds is None:
            assert about == []
            continue
        words = [
            max((it for it in about if it.subject == subject), key=lambda it: it.sequence)
            for subject in {it.subject for it in about}
        ]
        assert holds in words
        latest = max(datetime.fromisoformat(it.occurred_at) for it in words)
        at_once = [it for it in words if datetime.fromisoformat(it.occurred_at) == latest]
        assert holds in at_once
        assert holds.status.permits == all(it.status.permits for it in at_once)


@given(INSTALLATIONS)
def test_folding_twice_or_what_came_twice_changes_nothing(events: list[Event]) -> None:
    state = fold(events)
    assert fold(state.values()) == state
    assert fold([*events, *events]) == state


@given(ONE_INSTALLATION, st.integers(0, 8))
def test_a_record_may_be_folded_as_it_grows(events: list[Event], cut: int) -> None:
    # What a record does at every choice: fold what held with what is new.
    held = fold(events[:cut])
    assert fold([*held.values(), *events[cut:]]) == fold(events)


def test_a_refusal_beats_a_grant_of_the_same_instant_in_any_order() -> None:
    grant = event(status=GIVEN, subject=SUBJECTS[0])
    for status in (REFUSED, WITHDRAWN, ConsentStatus.REVOKED, ConsentStatus.DEFERRED):
        refusal = event(status=status, subject=SUBJECTS[1])
        assert fold([grant, refusal])[NEARBY] == fold([refusal, grant])[NEARBY] == refusal


def test_a_later_grant_beats_an_earlier_refusal_of_another_installation() -> None:
    refusal = event(status=REFUSED, subject=SUBJECTS[0])
    grant = event(status=GIVEN, subject=SUBJECTS[1], after=SOON)
    assert fold([grant, refusal])[NEARBY] == grant


def test_the_sequence_beats_the_wall_clock_within_an_installation() -> None:
    grant = event(1, status=GIVEN, after=SOON)
    refusal = event(2, status=REFUSED, after=-SOON)
    assert fold([refusal, grant])[NEARBY] == refusal


def test_times_are_compared_as_moments_not_as_texts() -> None:
    # 07:30 west of Greenwich is later than 09:00 east of it.
    early = event(status=GIVEN, subject=SUBJECTS[0])
    body = event(status=REFUSED, subject=SUBJECTS[1], after=SOON).to_json()
    body["occurred_at"] = "2021-11-01T01:01:00.000-07:00"
    late = Event.from_json(altered(body))
    assert fold([late, early])[NEARBY] == late


def test_two_events_of_one_number_still_have_one_answer() -> None:
    # A device restored from a copy goes on twice from the same place.
    forks = [
        event(2, status=GIVEN, unique=1),
        event(2, status=REFUSED, unique=2),
        event(2, status=GIVEN, after=-SOON, unique=3),
    ]
    assert {fold(order)[NEARBY].event_id for order in permutations(forks)} == {forks[1].event_id}


def test_two_refusals_of_one_instant_have_one_answer_too() -> None:
    one, other = (event(status=REFUSED, subject=subject) for subject in SUBJECTS[:2])
    assert fold([one, other]) == fold([other, one])


def test_what_was_never_decided_is_unknown() -> None:
    state = fold([event(status=GIVEN)])
    assert status_of(state, NEARBY) is GIVEN
    assert status_of(state, LOCATION) is ConsentStatus.UNKNOWN
    assert status_of(fold([]), NEARBY) is ConsentStatus.UNKNOWN
