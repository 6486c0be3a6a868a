"""Rules on what happened, in order."""

from __future__ import annotations

from collections.abc import Iterator

from ..happenings import Event, Happening
from ..model import Problem, Rule, Spot
from ..subject import Subject
from .registry import rule


def _at(event: Event) -> Spot:
    return Spot(event.purpose or event.what, f"at {event.at:g} s")


@rule("CS-11")
def not_asked_again(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A refused purpose was asked about again, not from the person's own act."""
    refused: dict[str, Event] = {}
    for event in subject.trace.events if subject.trace is not None else ():
        if event.what is Happening.REFUSED:
            refused[event.purpose] = event
        elif event.what is Happening.ASKED and event.purpose in refused and not event.by_person:
            before = refused[event.purpose]
            hours = (event.at - before.at) / 3600
            if event.session == before.session:
                yield Problem(_at(event), "asked again in the session in which it was refused")
            elif hours < rule.limits["hours_least"]:
                yield Problem(
                    _at(event),
                    f"asked again {hours:.0f} hours after the refusal, "
                    f"{rule.limits['hours_least']:g} is the least",
                )


@rule("CS-16")
def nothing_before(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Something was collected, requested or sent before a decision."""
    decided: set[str] = set()
    for event in subject.trace.events if subject.trace is not None else ():
        if event.what is Happening.GRANTED:
            decided.add(event.purpose)
        elif event.what in (Happening.REFUSED, Happening.WITHDRAWN):
            decided.discard(event.purpose)
        elif event.what in (Happening.COLLECTED, Happening.SENT, Happening.REQUESTED) and not (
            event.necessary or event.purpose in decided
        ):
            yield Problem(
                _at(event), f"{event.what} for “{event.purpose}”, to which nobody had agreed"
            )


@rule("CS-17")
def requested_singly(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A request of the system came by itself, unexplained, or in a bundle."""
    requests = subject.trace.of(Happening.REQUESTED) if subject.trace is not None else ()
    for number, event in enumerate(requests):
        lacking = [
            words
            for there, words in (
                (event.by_person, "no act of the person set it off"),
                (event.explained, "no reason was shown before"),
            )
            if not there
        ]
        if number and event.at - requests[number - 1].at < rule.limits["seconds_between_least"]:
            lacking.append(f"it came together with “{requests[number - 1].purpose}”")
        if lacking:
            yield Problem(_at(event), "; ".join(lacking))


@rule("CS-19")
def choices_survive(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """An update changed a choice, or switched a new purpose on."""
    for event in subject.trace.of(Happening.UPDATED) if subject.trace is not None else ():
        for purpose, choice in sorted(event.after.items()):
            before = event.before.get(purpose)
            if before is None and choice == "granted":
                yield Problem(_at(event), f"the new purpose “{purpose}” is on after the update")
            elif before is not None and before != choice:
                yield Problem(_at(event), f"“{purpose}” was {before} and is {choice}")
        for purpose in sorted(set(event.before) - set(event.after)):
            yield Problem(_at(event), f"the choice about “{purpose}” is lost")


@rule("CS-21")
def few_questions(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """The first session has many questions that block."""
    asked = subject.trace.of(Happening.ASKED) if subject.trace is not None else ()
    blocking = [it for it in asked if it.blocking and it.session == 1 and not it.by_person]
    if len(blocking) > rule.limits["blocking_most"]:
        yield Problem(
            _at(blocking[-1]),
            f"{len(blocking)} questions blocked the first session, "
            f"{rule.limits['blocking_most']:g} are the most",
        )
