"""Each participant's session, worked out: what every part of a report begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from statistics import fmean

from ..exporting.tables import DEMOGRAPHICS, Recorded
from ..measures.comprehension import Answered, attentive, is_right, score
from ..measures.decisions import Decision, decisions_of, recalled
from ..measures.reading import WORDS_PER_MINUTE, dwell_kept, reading_rate
from ..measures.sus import ITEMS, sus_score
from ..measures.tasks import Attempt, Outcome, attempts_of
from ..model import Condition, Study
from ..observing.entry import NOTE, standing
from ..progress import Progress, progress_of
from ..record import Event, by_condition
from ..words import DesignKind, Form, Reply, Scope, StepKind

CHARACTERS_PER_MINUTE = 400.0
"""Chinese, silent reading: the middle of 300 to 500, from memory; for want of a calibration."""

_CHARACTERS_PER_ENGLISH_WORD = 6.0
_DONE = (Outcome.DIRECT, Outcome.INDIRECT)
_PURPOSE = "purpose:"


@dataclass(frozen=True)
class Note:
    """What somebody beside the participant noted.

    Attributes:
        code: What it is about.
        severity: From 0, no problem, to 4, a catastrophe.
        seq: The event that it goes with.
        t_act: When, in active seconds.
        phase: The step in which it was noted; empty if none.
        text: What was written; empty if nothing was.
    """

    code: str
    severity: int
    seq: int
    t_act: float
    phase: str
    text: str


@dataclass(frozen=True)
class SectionRead:
    """A section as somebody read it.

    Attributes:
        seconds: In view, divided among sections in view together.
        ratio: Of the time that reading it takes this reader.
    """

    seconds: float
    ratio: float


@dataclass(frozen=True)
class Person:
    """One participant.

    Attributes:
        name: ``P1`` and so on, in the order of the codes.
        sid: The session that counts.
        condition: What was seen; of somebody who saw several, the first.
        seen: Of somebody who saw several conditions, the same person in each of them: what
            happened there, and everything that was asked once. Else empty.
        device: Kind of device.
        locale: Language.
        day: Day of the session.
        ended: Why it ended; None if it did not.
        finished: Whether the session came to its end.
        seconds: Active seconds.
        events: What happened.
        attempts: The tasks that came to an end.
        decisions: What was decided on.
        choices: How each purpose stood at the end: ``grant``, ``decline``, ...
        answered: The answers to items of comprehension.
        forms: The share right of each form that was done.
        attentive: Whether the attention checks were answered as they ask; None without one.
        sus: The score; None unless all ten were answered.
        recall: The share of one's own choices recalled; None if that was not asked.
        said_of_choices: How each purpose stands by the person's memory.
        wanted: What is wanted of each purpose: ``yes``, ``no``, ``unsure``.
        regret: Of each purpose: ``keep``, ``change``, ``unsure``.
        rate: Characters read in a second.
        calibrated: Whether the rate is this reader's own.
        reading: The sections of the text that were in view.
        notes: What was noted.
        quotable: Whether words of this person may be quoted.
        observed: Whether somebody might look on and take notes.
        about: Answers about oneself.
    """

    name: str
    sid: str
    condition: str
    seen: Mapping[str, Person]
    device: str
    locale: str
    day: str
    ended: str | None
    finished: bool
    seconds: float
    events: tuple[Event, ...]
    attempts: tuple[Attempt, ...]
    decisions: tuple[Decision, ...]
    choices: Mapping[str, str]
    answered: Mapping[str, Answered]
    forms: Mapping[Form, float]
    attentive: bool | None
    sus: float | None
    recall: float | None
    said_of_choices: Mapping[str, str]
    wanted: Mapping[str, str]
    regret: Mapping[str, str]
    rate: float
    calibrated: bool
    reading: Mapping[str, SectionRead]
    notes: tuple[Note, ...]
    quotable: bool
    observed: bool
    about: Mapping[str, str]

    def within(self, condition: str) -> Person | None:
        """This person as they were in a condition; None if they did not see it."""
        if not self.seen:
            return self if self.condition == condition else None
        return self.seen.get(condition)

    @property
    def tried(self) -> tuple[Attempt, ...]:
        """The tasks that were not skipped."""
        return tuple(it for it in self.attempts if it.outcome is not Outcome.SKIPPED)

    @property
    def comprehension(self) -> float | None:
        """The share right over every form that was done; None if none was."""
        return fmean(self.forms.values()) if self.forms else None

    @property
    def read_ratio(self) -> float | None:
        """Of all that was in view, the time given as a share of the time that reading takes."""
        wanted = fsum(it.seconds / it.ratio for it in self.reading.values() if it.ratio > 0)
        given = fsum(it.seconds for it in self.reading.values())
        return given / wanted if wanted else None

    @property
    def pairs(self) -> dict[str, tuple[bool, bool]]:
        """Of each purpose that was decided on and is wanted or not: granted, and wanted."""
        return {
            purpose: (self.choices[purpose] == "grant", wish == "yes")
            for purpose, wish in self.wanted.items()
            if wish in ("yes", "no") and self.choices.get(purpose) in ("grant", "decline")
        }


def condition_label(condition: Condition) -> str:
    """A condition as one word: the level where there is one factor."""
    if len(condition) == 1:
        return next(iter(condition.values()))
    return " / ".join(f"{name}={level}" for name, level in condition.items())


def done(attempt: Attempt) -> bool:
    """Whether a task was done alone."""
    return attempt.outcome in _DONE


def people_of(
    study: Study,
    sessions: Sequence[Recorded],
) -> tuple[tuple[Person, ...], int]:
    """Every participant's session that counts, and how many sessions were left out for another.

    Of several sessions the first that was finished counts; if none was, the one that came
    farthest. Participants are in the order of their codes.

    Args:
        study: The study.
        sessions: All sessions.
    """
    by_code: dict[str, list[Recorded]] = {}
    for recorded in sessions:
        by_code.setdefault(recorded.session.pid, []).append(recorded)
    people = [
        _person(study, f"P{number}", _counting(own))
        for number, (_, own) in enumerate(sorted(by_code.items()), start=1)
    ]
    return tuple(people), len(sessions) - len(people)


def _counting(own: Sequence[Recorded]) -> Recorded:
    def rank(recorded: Recorded) -> tuple[bool, int, str, str]:
        progress = progress_of(recorded.events)
        day: str = recorded.events[0].data["day"]
        return (
            progress.ended != "finished",
            -len(progress.finished),
            day,
            recorded.session.sid,
        )

    return min(own, key=rank)


def _person(study: Study, name: str, recorded: Recorded) -> Person:
    session, events = recorded.session, recorded.events
    progress = progress_of(events)
    answered = {
        it.data["item"]: Answered(Reply(it.data["value"]), it.data.get("confidence"))
        for it in events
        if it.name == "study.item.answered" and it.data["instrument"] == "comprehension"
    }
    checks = [it for it in study.bank.attention if it.id in answered]
    locale = str(session.ui["locale"]).replace("-", "_")
    own_rate = _own_rate(study, locale, events, progress)
    rate = own_rate or _usual_rate(locale)
    choices = {
        target.removeprefix(_PURPOSE): choice
        for target, choice in progress.decisions.items()
        if target.startswith(_PURPOSE)
    }
    whole = Person(
        name=name,
        sid=session.sid,
        condition=condition_label(session.condition),
        seen={},
        device=str(session.ui["dev"]),
        locale=locale,
        day=events[0].data["day"],
        ended=progress.ended,
        finished=progress.ended == "finished",
        seconds=events[-1].t_act,
        events=events,
        attempts=attempts_of(events),
        decisions=decisions_of(events),
        choices=choices,
        answered=answered,
        forms={
            form: score(study.bank.form(form), answered).correct
            for form in Form
            if f"{StepKind.COMPREHENSION}:{form}" in progress.finished
        },
        attentive=attentive(checks, answered) if checks else None,
        sus=_sus(progress),
        recall=_recall(study, progress, choices),
        said_of_choices=_said(progress, "recall"),
        wanted=_said(progress, "wanted"),
        regret=_said(progress, "regret"),
        rate=rate,
        calibrated=own_rate is not None,
        reading=_reading(events, rate),
        notes=tuple(_notes(recorded)),
        quotable=Scope.QUOTE in _scopes(events),
        observed=Scope.OBSERVED in _scopes(events),
        about={
            item: str(value)
            for (_, item), value in sorted(progress.answers.items())
            if item in DEMOGRAPHICS
        },
    )
    if study.design.kind is not DesignKind.WITHIN:
        return whole
    seen = {
        condition_label(condition): _there(whole, condition, part)
        for condition, part in by_condition(session, events)
    }
    return replace(whole, seen=seen)


def _there(whole: Person, condition: Condition, events: tuple[Event, ...]) -> Person:
    """Somebody as they were in one of the conditions that they saw."""
    return replace(
        whole,
        condition=condition_label(condition),
        events=events,
        attempts=attempts_of(events),
        decisions=decisions_of(events),
        reading=_reading(events, whole.rate),
    )


def _own_rate(
    study: Study, locale: str, events: Iterable[Event], progress: Progress
) -> float | None:
    """The rate at which the passage was read; None if it was not, or not as it seems."""
    if study.calibration is None:
        return None
    right = progress.answers.get(("calibration", "statement"))
    if right is not None and right != study.calibration.answer.value:
        return None
    text = "".join(it.get(locale, "") for it in study.calibration.paragraphs)
    for event in events:
        is_answer = event.name == "study.item.answered"
        if is_answer and (event.data["instrument"], event.data["item"]) == (
            "calibration",
            "passage",
        ):
            seconds = event.data["rt"]
            return reading_rate(len(text), seconds) if text and seconds > 0 else None
    return None


def _usual_rate(locale: str) -> float:
    if locale.startswith("zh"):
        return CHARACTERS_PER_MINUTE / 60
    return WORDS_PER_MINUTE * _CHARACTERS_PER_ENGLISH_WORD / 60


def _sus(progress: Progress) -> float | None:
    answers = [progress.answers.get(("sus", f"sus-{at}")) for at in range(1, ITEMS + 1)]
    whole = [int(it) for it in answers if it is not None]
    return sus_score(whole) if len(whole) == ITEMS else None


def _said(progress: Progress, instrument: str) -> dict[str, str]:
    return {item: str(it) for (kind, item), it in progress.answers.items() if kind == instrument}


def _recall(study: Study, progress: Progress, choices: Mapping[str, str]) -> float | None:
    said = _said(progress, "recall")
    if not said or not study.purposes:
        return None
    return recalled({it: choices.get(it, "not_asked") for it in study.purposes}, said)


def _reading(events: Sequence[Event], rate: float) -> dict[str, SectionRead]:
    lengths: dict[str, int] = {}
    for event in events:
        if event.name == "stim.section.entered":
            lengths[event.data["section"]] = event.data["chars"]
    return {
        section: SectionRead(seen.split, seen.split * rate / lengths[section])
        for section, seen in dwell_kept(events).items()
        if lengths.get(section)
    }


def _scopes(events: Iterable[Event]) -> set[str]:
    given = [it.data["scopes"] for it in events if it.name == "study.consent.given"]
    return set(given[-1]) if given else set()


def _notes(recorded: Recorded) -> Iterable[Note]:
    for entry in standing(recorded.entries):
        if entry.name == NOTE:
            yield Note(
                entry.data["code"],
                entry.data["severity"],
                entry.stamp.linked_seq,
                entry.stamp.t_act,
                entry.stamp.phase or "",
                entry.data.get("text", ""),
            )


def counted(values: Iterable[str]) -> dict[str, int]:
    """How often each value is there, the most frequent first."""
    return dict(sorted(Counter(values).items(), key=lambda it: (-it[1], it[0])))


def right_answers(study: Study, person: Person) -> dict[str, bool]:
    """Of the items of each form that somebody did, whether they were right."""
    return {
        item.id: is_right(item, person.answered)
        for form in person.forms
        for item in study.bank.form(form)
    }


def values(people: Iterable[Person], value: Callable[[Person], float | None]) -> list[float]:
    """A figure of everybody who has it."""
    return [it for it in map(value, people) if it is not None]
