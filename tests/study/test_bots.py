"""What is planted comes out again, and what is not there is not found, through the whole chain."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest

from components.study.allocation import allocate_without_codes
from components.study.bots.personas import PERSONAS, Persona
from components.study.bots.session import CHARACTERS_PER_SECOND, Bot, BotClock, play
from components.study.bots.studies import CONSENT, UI, Simulated, simulate, with_seed
from components.study.log import EVENTS_FILE, FileLog
from components.study.measures import decisions, reading, tasks
from components.study.measures.proportions import newcombe
from components.study.model import Condition, Step, Study
from components.study.progress import progress_of
from components.study.reading import load_study
from components.study.record import Event, Session, lines_of, read_record
from components.study.recorder import Recorder, Start
from components.study.words import StepKind, TaskOrder

from .drawn import drawn
from .writing import PACKS, READY

STUDIES = [load_study(READY / f"{name}.toml", PACKS) for name in ("first-look", "layers")]
STUDIED = 1000
PER_ARM = 76
PLANTED = 0.22


def lean() -> Study:
    """One task, three arms of 76: the third has the effect, the first two are alike."""
    layers = STUDIES[1]
    design = replace(
        layers.design,
        factors={"arm": ("a", "a-again", "b")},
        block=6,
        strata={},
        participants=3 * PER_ARM,
        task_order=TaskOrder.FIXED,
    )
    steps = (Step(StepKind.RESEARCH_CONSENT), Step(StepKind.TASK, "find_retention"))
    only = {"find_retention": layers.tasks["find_retention"]}
    return replace(layers, design=design, steps=steps, tasks=only)


QUICK = Persona("quick", PERSONAS[0].mind, reads=0.1, wanders=0, taps_beside=0.0)


def chance_of_success(condition: Condition) -> float:
    return 0.5 + (PLANTED if condition["arm"] == "b" else 0.0)


def successes(sessions: list[Simulated]) -> tuple[Counter[str], Counter[str]]:
    """For each arm how many could do the task, by the measure, and how many there were."""
    done: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for session in sessions:
        arm = session.condition["arm"]
        found = tasks.success(tasks.attempts_of(session.events))
        there[arm] += 1
        done[arm] += found.strict.estimate == 1
    return done, there


@pytest.fixture(scope="module")
def pool() -> dict[bool, list[Simulated]]:
    """Sessions of whole simulated studies, by whether the bot did the task."""
    sorted_: dict[bool, list[Simulated]] = {True: [], False: []}
    for seed in range(20):
        own = with_seed(lean(), seed)
        sessions = list(simulate(own, 70_000 + seed, chance_of_success, (QUICK,)))
        done, there = successes(sessions)
        assert set(there.values()) == {PER_ARM}
        for session in sessions:
            names = {it.name for it in session.events}
            did = "study.task.completed" in names
            assert did is ("study.task.gave_up" not in names)
            sorted_[did].append(session)
        assert done.total() == sum(
            "study.task.completed" in {it.name for it in session.events} for session in sessions
        )
    return sorted_


def test_a_planted_difference_is_covered_and_one_that_is_not_there_is_not_found(
    pool: dict[bool, list[Simulated]],
) -> None:
    """A thousand studies; who did the task in each is drawn with the planted chance.

    What the measures make of somebody who did it, or did not, is taken from recorded sessions:
    playing all 228,000 of them takes minutes and comes to the same.
    """
    measured = {
        did: [tasks.success(tasks.attempts_of(it.events)).strict.estimate == 1 for it in sessions]
        for did, sessions in pool.items()
    }
    chance = drawn(20261)
    covered = detected = alarms = 0
    for _ in range(STUDIED):
        done = {
            arm: sum(
                chance.choice(measured[chance.random() < chance_of_success({"arm": arm})])
                for _ in range(PER_ARM)
            )
            for arm in ("a", "a-again", "b")
        }
        planted = newcombe(done["b"], PER_ARM, done["a"], PER_ARM)
        covered += planted.covers(PLANTED)
        detected += not planted.covers(0)
        alarms += not newcombe(done["a-again"], PER_ARM, done["a"], PER_ARM).covers(0)
    print(f"covered {covered}, detected {detected}, false alarms {alarms} of {STUDIED}")
    assert 930 <= covered <= 970
    assert alarms <= 60
    # 76 an arm are there to find 22 points in four of five studies.
    assert 770 <= detected <= 840


def everybody(study: Study, each: int) -> list[Simulated]:
    """Sessions of every persona in the places of a study."""
    places = allocate_without_codes(study)[: each * len(PERSONAS)]
    return [
        session
        for number, persona in enumerate(PERSONAS)
        for session in simulate(
            study, 100 + number, None, (persona,), places[number * each : (number + 1) * each]
        )
    ]


@pytest.mark.parametrize("study", STUDIES, ids=["first-look", "layers"])
def test_every_persona_gets_through_and_what_must_hold_holds(study: Study) -> None:
    each = 2 if len(allocate_without_codes(study)) < 100 else 20
    for session in everybody(study, each):
        events = session.events
        assert progress_of(events).ended == "finished"
        assert progress_of(events).finished == [
            str(it) for it in study.steps_in_order(_tasks_in(events))
        ]
        assert [it.seq for it in events] == list(range(1, len(events) + 1))
        names = [it.name for it in events]
        assert names[:2] == ["study.session.started", "study.consent.given"]
        check_no_grant_by_itself(events)
        assert decisions.refusal_cost(events) == 0


def _tasks_in(events: tuple[Event, ...]) -> tuple[str, ...]:
    return tuple(it.data["task"] for it in events if it.name == "study.task.shown")


def check_no_grant_by_itself(events: tuple[Event, ...]) -> None:
    """Nothing is granted but by a decision on a button or in the settings; dismissing is none."""
    for before, event in pairwise(events):
        if event.name == "stim.decision.made" and event.data["choice"] == "grant":
            assert event.data["via"] in ("button", "settings")
            assert before.name != "stim.notice.dismissed"
    granted = {it for it, choice in progress_of(events).decisions.items() if choice == "grant"}
    asked = {
        it.target for it in events if it.name in ("stim.decision.made", "stim.decision.changed")
    }
    assert granted <= asked


def test_the_measures_tell_the_personas_apart() -> None:
    study = STUDIES[1]
    found: dict[str, list[tuple[Event, ...]]] = {}
    for session in everybody(study, 12):
        found.setdefault(session.persona.name, []).append(session.events)

    def choices(name: str) -> set[str]:
        return {it.choice for events in found[name] for it in decisions.decisions_of(events)}

    assert choices("accept-all") == {"grant"}
    assert choices("decline-all") == {"decline"}
    assert choices("careful-reader") == {"grant", "decline"}
    for name, wanted in (
        ("accept-all", reading.Reading.SKIPPED),
        ("skimmer", reading.Reading.SKIMMED),
        ("careful-reader", reading.Reading.PLAUSIBLE),
    ):
        for events in found[name]:
            entered = Counter(
                it.data["section"] for it in events if it.name == "stim.section.entered"
            )
            for section, seen in reading.dwell_kept(events).items():
                length = 360 * entered[section]
                ratio = reading.read_ratio(seen.split, length, CHARACTERS_PER_SECOND)
                assert reading.label(ratio) is wanted
    backed = [decisions.backed_out(it) for it in found["back-outer"]]
    assert all(it is not None and it.estimate > 0 for it in backed)
    attempts = [it for events in found["give-up"] for it in tasks.attempts_of(events)]
    assert {it.outcome for it in attempts} == {tasks.Outcome.GAVE_UP}
    assert decisions.funnel(found["withdrawer"])["changed"] == 12
    assert decisions.funnel(found["accept-all"])["changed"] == 0
    assert set(progress_of(found["withdrawer"][0]).decisions.values()) == {"decline"}


def test_the_same_chance_makes_the_same_session_and_its_lines_are_real() -> None:
    study = STUDIES[0]
    once, again = (everybody(study, 2) for _ in range(2))
    assert once == again
    session = Session(study.id, "s-1", "bot-1", {}, UI)
    for simulated in once:
        assert read_record(lines_of(session, simulated.events)).events == simulated.events


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda it: it.name)
def test_a_crash_at_any_event_makes_no_difference(persona: Persona, tmp_path: Path) -> None:
    """Crash-at-k, for some k of each persona: the file is read again, and the bot goes on."""
    study = STUDIES[0]
    place = allocate_without_codes(study)[0]
    start = Start("2026-03-01", study.digest, "epiao@2021-11-01")
    happenings = list(Bot(study, place, persona, drawn(3)).happenings())
    clock = BotClock()
    log = FileLog(tmp_path)
    recorder = Recorder.begin(Session(study.id, "s-1", "bot-1", {}, UI), CONSENT, start, log, clock)
    for number, happening in enumerate(happenings):
        if number % 16 == 5:
            clock = BotClock()
            recorder = Recorder.resume(FileLog(tmp_path), clock)
        play(recorder, clock, iter([happening]))
    events = read_record((tmp_path / EVENTS_FILE).read_bytes()).events
    own = [it for it in events if it.name != "study.session.resumed"]
    assert len(events) > len(own) == len(happenings) + 2
    whole = next(iter(simulate(study, 0, None, (persona,), [place])))
    assert [it.name for it in own][:5] == [it.name for it in whole.events][:5]
    # The crashes lose no time, and win none.
    total = sum(round(seconds * 1000) for seconds, _, _ in happenings)
    assert own[-1].t == pytest.approx(total / 1000)


def test_arms_are_balanced_when_a_thousand_bots_arrive_as_they_like() -> None:
    study = STUDIES[1]
    waiting: dict[tuple[str, ...], list[Condition]] = {}
    for place in allocate_without_codes(study):
        waiting.setdefault(tuple(place.stratum.values()), []).append(place.conditions[0])
    chance = drawn(5)
    strata = list(product(*study.design.strata.values()))
    counts = {stratum: Counter[str]() for stratum in strata}
    for _ in range(1000):
        stratum = chance.choice(strata)
        counts[stratum][waiting[stratum].pop(0)["opening"]] += 1
        assert abs(counts[stratum]["summary"] - counts[stratum]["full"]) <= study.design.block / 2
