"""Who came, who is counted, and by which rule, laid down beforehand, somebody is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .people import Person

FEWEST_FOR_COMPARING = 20
"""People from which a report compares; of a group with fewer it tells no p value."""

_RUSHED_SECONDS = 1.0
_RUSHED_RATIO = 0.01


class Reason(StrEnum):
    """Why somebody is not counted."""

    UNFINISHED = "unfinished"
    INATTENTIVE = "inattentive"
    RUSHED = "rushed"


@dataclass(frozen=True)
class Flow:
    """The way from the sessions to what is counted.

    Attributes:
        sessions: Sessions in the folder.
        further: Of them, second sessions of a participant, which do not count.
        people: Participants who agreed to take part.
        excluded: How many are not counted, by reason; each has one.
        counted: How many of each condition are.
        begun: How many of each condition there were.
        withdrawn: How many withdrew; nothing else is known of them.
    """

    sessions: int
    further: int
    people: int
    excluded: dict[Reason, int]
    counted: dict[str, int]
    begun: dict[str, int]
    withdrawn: int


def reason_against(person: Person) -> Reason | None:
    """Why a person is not counted; None if they are. The first reason that holds is told."""
    if not person.finished:
        return Reason.UNFINISHED
    if person.attentive is False:
        return Reason.INATTENTIVE
    hasty = any(it.seconds < _RUSHED_SECONDS for it in person.decisions)
    if hasty and (person.read_ratio or 0.0) < _RUSHED_RATIO:
        return Reason.RUSHED
    return None


def flow_of(
    people: Sequence[Person], further: int, withdrawn: int, conditions: Sequence[str]
) -> Flow:
    """Count the people of a study."""
    reasons = [reason_against(it) for it in people]
    begun = {name: sum(it.condition == name for it in people) for name in conditions}
    counted = {
        name: sum(
            it.condition == name and why is None for it, why in zip(people, reasons, strict=True)
        )
        for name in conditions
    }
    return Flow(
        sessions=len(people) + further,
        further=further,
        people=len(people),
        excluded={it: reasons.count(it) for it in Reason},
        counted=counted,
        begun=begun,
        withdrawn=withdrawn,
    )
