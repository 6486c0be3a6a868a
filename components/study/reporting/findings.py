"""What went wrong with a few people watched: how bad, how often, where it stands in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..measures.decisions import refusal_cost
from ..measures.intervals import Interval
from ..measures.proportions import wilson
from ..model import Study
from ..words import Form
from .people import Note, Person, done, right_answers

_MISSED_ABOVE = 0.5


class Kind(StrEnum):
    """Where a finding comes from."""

    NOTED = "noted"
    TASK = "task"
    REFUSAL = "refusal"
    ITEM = "item"


@dataclass(frozen=True)
class Place:
    """Where in whose record: the person's name and the number of the event."""

    person: str
    seq: int


@dataclass(frozen=True)
class Finding:
    """One thing that went wrong.

    Attributes:
        kind: Where it comes from.
        subject: The code that was noted, the task, or the item.
        severity: The worst that was noted, 0 to 4; None where nobody judged it.
        people: How many it happened to.
        share: Of those to whom it could happen (or, of what was noted, who agreed to be observed),
            with an interval.
        places: Where it stands.
        quotes: What was written of it, where it may be quoted: who, and what.
        severities: That of each note.
    """

    kind: Kind
    subject: str
    severity: int | None
    people: int
    share: Interval
    places: tuple[Place, ...]
    quotes: tuple[tuple[str, str], ...] = ()
    severities: tuple[int, ...] = ()


def findings_of(study: Study, people: Sequence[Person]) -> tuple[Finding, ...]:
    """Everything that went wrong, the worst and the most frequent first."""
    found = [*_noted(people), *_tasks(study, people), *_refusals(people), *_items(study, people)]
    order = list(Kind)
    found.sort(
        key=lambda it: (
            -(it.severity if it.severity is not None else -1),
            order.index(it.kind),
            -it.people,
            it.subject,
        )
    )
    return tuple(found)


def _noted(people: Sequence[Person]) -> Iterator[Finding]:
    by_code: dict[str, list[tuple[Person, Note]]] = {}
    people = [it for it in people if it.observed]
    for person in people:
        for note in person.notes:
            by_code.setdefault(note.code, []).append((person, note))
    for code, notes in by_code.items():
        worst = max(note.severity for _, note in notes)
        if worst == 0:
            continue
        hit = {person.name for person, _ in notes}
        yield Finding(
            Kind.NOTED,
            code,
            worst,
            len(hit),
            wilson(len(hit), len(people)),
            tuple(Place(person.name, note.seq) for person, note in notes),
            tuple((it.name, note.text) for it, note in notes if note.text and it.quotable),
            tuple(note.severity for _, note in notes),
        )


def _tasks(study: Study, people: Sequence[Person]) -> Iterator[Finding]:
    for task in study.tasks:
        tried = [it for it in people if any(one.task == task for one in it.tried)]
        # Of several conditions one is enough: it went wrong for this person.
        failed = [it for it in tried if any(one.task == task and not done(one) for one in it.tried)]
        if failed:
            places = tuple(Place(it.name, _end_of(it, task)) for it in failed)
            share = wilson(len(failed), len(tried))
            yield Finding(Kind.TASK, task, None, len(failed), share, places)


def _end_of(person: Person, task: str) -> int:
    return max(
        it.seq
        for it in person.events
        if it.name.startswith("study.task.") and it.data["task"] == task
    )


def _refusals(people: Iterable[Person]) -> Iterator[Finding]:
    asked = [it for it in people if it.decisions]
    paid = [it for it in asked if refusal_cost(it.events)]
    if paid:
        places = tuple(
            Place(person.name, it.seq)
            for person in paid
            for it in person.events
            if it.name == "stim.feature.blocked"
        )
        yield Finding(Kind.REFUSAL, "", None, len(paid), wilson(len(paid), len(asked)), places)


def _items(study: Study, people: Sequence[Person]) -> Iterator[Finding]:
    """Statements that more than half got wrong."""
    given = {it.name: right_answers(study, it) for it in people}
    for form in Form:
        for item in study.bank.form(form):
            said = {name: right[item.id] for name, right in given.items() if item.id in right}
            wrong = [name for name, right in said.items() if not right]
            if said and len(wrong) / len(said) > _MISSED_ABOVE:
                share = wilson(len(wrong), len(said))
                yield Finding(Kind.ITEM, item.id, None, len(wrong), share, ())
