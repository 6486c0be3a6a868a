"""From events to the state they leave behind."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from components.consent.event import Event, Target
from components.consent.fold import (
    Witness,
    Words,
    fold,
    holding,
    last_words,
    moment_of,
    status_of,
)
from components.consent.status import ConsentStatus

from .making import AVATAR, LOCATION, NEARBY, START, SUBJECTS, altered, event

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


# --- partial folds, and clocks that are wrong

WITNESSED = st.none() | st.builds(
    Witness,
    st.integers(-3, 6).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.none() | st.integers(-4, 4).map(lambda minutes: minutes * 60_000),
)


@given(INSTALLATIONS, st.randoms(use_true_random=False), st.integers(0, 15), st.integers(0, 15))
def test_records_may_be_folded_in_any_pieces_and_any_order(
    events: list[Event], shuffler: random.Random, one: int, other: int
) -> None:
    shuffled = list(events)
    shuffler.shuffle(shuffled)
    first, second = sorted((one, other))
    a, b, c = shuffled[:first], shuffled[first:second], shuffled[second:]
    whole = last_words(events)
    assert last_words(c, last_words(b, last_words(a))) == whole
    # Pieces that were folded apart may be put together in any order, and more than once.
    parts = [last_words(part) for part in (a, b, c)]
    for order in permutations(parts):
        joined: Words = {}
        for part in order:
            joined = last_words(part.values(), joined)
            joined = last_words(part.values(), joined)
        assert joined == whole
        assert holding(joined) == fold(events)


@given(INSTALLATIONS, st.randoms(use_true_random=False), st.data())
def test_what_the_endpoint_saw_makes_the_order_of_arrival_no_difference_either(
    events: list[Event], shuffler: random.Random, data: st.DataObject
) -> None:
    seen = {
        event.event_id: witness for event in events if (witness := data.draw(WITNESSED)) is not None
    }
    state = fold(events, seen)
    shuffled = list(events)
    shuffler.shuffle(shuffled)
    assert fold([*shuffled, *events], seen) == state
    assert fold(state.values(), seen) == state
    for target, held in state.items():
        words = [it for (about, _), it in last_words(events).items() if about == target]
        moments = {it.event_id: moment_of(it, seen.get(it.event_id)) for it in words}
        # A grant holds only where every word that does not permit is older.
        for word in words:
            assert moments[word.event_id] <= moments[held.event_id]
            if held.status.permits and not word.status.permits:
                assert moments[word.event_id] < moments[held.event_id]


@given(WITNESSED)
def test_doubt_about_a_clock_makes_no_grant_newer_and_no_refusal_older_than_it_was_received(
    witness: Witness | None,
) -> None:
    grant, refusal = (event(status=status, after=SOON) for status in (GIVEN, REFUSED))
    said = moment_of(grant)
    assert moment_of(refusal) == said
    counted, refused = moment_of(grant, witness), moment_of(refusal, witness)
    assert counted <= said
    assert counted <= refused
    if witness is None:
        assert counted == refused == said
    else:
        if not witness.clock_skew_ms:
            # Nothing speaks against what the device says but that it cannot come after the receipt.
            assert counted == refused == min(said, witness.received_at)
        assert refused <= witness.received_at
        assert refused >= min(said, witness.received_at)


def test_a_moment_is_in_utc_wherever_the_device_is() -> None:
    body = event(status=GIVEN).to_json()
    body["occurred_at"] = "2021-11-01T16:00:00.000+08:00"
    abroad = Event.from_json(altered(body))
    received = Witness(START.astimezone(timezone(timedelta(hours=9))) - SOON)
    unskewed = Witness(START + SOON)
    moments = [moment_of(abroad), moment_of(abroad, received), moment_of(abroad, unskewed)]
    assert moments == [START, START - SOON, START]
    assert all(it.tzinfo is UTC for it in moments)


def test_a_clock_that_is_ahead_wins_only_until_the_endpoint_has_seen_it() -> None:
    ahead = event(status=GIVEN, after=timedelta(days=3650))
    refusal = event(status=REFUSED, subject=SUBJECTS[1], after=10 * SOON)
    assert fold([ahead, refusal])[NEARBY] == ahead
    skew = round(timedelta(days=3650) / timedelta(milliseconds=1))
    for witness in (Witness(START + SOON), Witness(START + SOON, skew)):
        assert fold([ahead, refusal], {ahead.event_id: witness})[NEARBY] == refusal


def test_a_refusal_by_a_clock_that_is_ahead_does_not_hold_for_ever_either() -> None:
    ahead = event(status=REFUSED, after=timedelta(days=3650))
    grant = event(status=GIVEN, subject=SUBJECTS[1], after=10 * SOON)
    seen = {ahead.event_id: Witness(START + SOON)}
    assert fold([ahead, grant])[NEARBY] == ahead
    assert fold([ahead, grant], seen)[NEARBY] == grant


def test_a_refusal_by_a_clock_that_is_behind_counts_when_it_was_said() -> None:
    behind = event(status=REFUSED, after=-timedelta(days=3650))
    older = event(status=GIVEN, subject=SUBJECTS[1], after=SOON)
    newer = event(status=GIVEN, subject=SUBJECTS[1], after=5 * SOON)
    skew = -round((timedelta(days=3650) + 2 * SOON) / timedelta(milliseconds=1))
    seen = {behind.event_id: Witness(START + 3 * SOON, skew)}
    assert fold([behind, older])[NEARBY] == older
    assert fold([behind, older], seen)[NEARBY] == behind
    assert fold([behind, newer], seen)[NEARBY] == newer


def test_a_grant_by_a_clock_that_is_behind_stays_old() -> None:
    behind = event(status=GIVEN, after=-SOON)
    refusal = event(status=REFUSED, subject=SUBJECTS[1])
    seen = {behind.event_id: Witness(START + 5 * SOON, -120_000)}
    assert fold([behind, refusal], seen)[NEARBY] == refusal
