"""Everything that a report says, worked out, before any of it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..measures.intervals import Interval
from ..model import Study
from ..modelling.fitting import NotFitted
from ..modelling.times import Decided, Habituation, habituation
from ..words import DesignKind
from .comparing import Comparison, Models, comparisons, models_of
from .deviations import Deviations, deviations_of
from .fairness_digest import FairnessDigest
from .findings import Finding, findings_of
from .flow import FEWEST_FOR_COMPARING, Flow, flow_of, reason_against
from .outcomes import Outcome, estimate, outcomes_of
from .people import Person, condition_label, people_of, values
from .scorecard import Measure, scorecard
from .source import Source
from .ways import Symmetry, TaskWays, symmetries, ways_of


class Shape(StrEnum):
    """Which of the two forms a report has: by the number of people, and not by taste."""

    FORMATIVE = "formative"
    SUMMATIVE = "summative"


@dataclass(frozen=True)
class Analysis:
    """What a report says.

    Attributes:
        study: The study.
        source: What was read.
        shape: The form.
        everybody: All participants.
        people: Those who are counted; in the formative form, all.
        conditions: The conditions by name, in the order of the study file.
        flow: How the one came from the other.
        outcomes: The outcomes that somebody has a figure for, the primary one first.
        estimates: Each of them over everybody who is counted.
        compared: How conditions differ; empty with one, and in the formative form.
        models: The primary outcome by other ways.
        card: The scorecard.
        findings: What went wrong.
        habituation: How much quicker people decide each time; None where nobody decided twice.
        ways: What people's ways to each task were, beside the shortest.
        symmetries: The taps around each question, beside the fewest.
        fairness: Of the build; None if nobody gave it.
        deviations: How the study that was run differs from the registered one.
    """

    study: Study
    source: Source
    shape: Shape
    everybody: tuple[Person, ...]
    people: tuple[Person, ...]
    conditions: tuple[str, ...]
    flow: Flow
    outcomes: tuple[Outcome, ...]
    estimates: tuple[Interval, ...]
    compared: tuple[Comparison, ...]
    models: tuple[Models, ...]
    card: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    habituation: Habituation | None
    ways: tuple[TaskWays, ...]
    symmetries: tuple[Symmetry, ...]
    fairness: FairnessDigest | None
    deviations: Deviations

    @property
    def within(self) -> bool:
        """Whether each person saw all conditions."""
        return self.study.design.kind is DesignKind.WITHIN

    def arm(self, name: str) -> tuple[Person, ...]:
        """Those who are counted and saw a condition, as they were in it."""
        return tuple(found for it in self.people if (found := it.within(name)) is not None)


def analyse(source: Source, fairness: FairnessDigest | None = None) -> Analysis:
    """Work everything out."""
    study = source.study
    everybody, further = people_of(study, source.sessions)
    names = tuple(map(condition_label, study.design.conditions))
    flow = flow_of(everybody, further, len(source.folder.withdrawn()), names)
    few = sum(it.finished for it in everybody) < FEWEST_FOR_COMPARING
    people = everybody if few else tuple(it for it in everybody if reason_against(it) is None)
    found = [(it, estimate(it.scale, values(people, it.of))) for it in outcomes_of(study)]
    outcomes = tuple(it for it, figure in found if figure is not None)
    several = len(names) > 1 and not few
    primary = outcomes[0] if outcomes and outcomes[0].key == study.primary.value else None
    return Analysis(
        study=study,
        source=source,
        shape=Shape.FORMATIVE if few else Shape.SUMMATIVE,
        everybody=everybody,
        people=people,
        conditions=names,
        flow=flow,
        outcomes=outcomes,
        estimates=tuple(figure for _, figure in found if figure is not None),
        compared=comparisons(study, outcomes, people, names) if several else (),
        models=models_of(study, primary, people, everybody, names) if several and primary else (),
        card=scorecard(study, people),
        findings=findings_of(study, people),
        habituation=None if few else _habituation(people),
        ways=ways_of(study, people, source.builds),
        symmetries=symmetries(study, people, source.builds),
        fairness=fairness,
        deviations=deviations_of(source, flow),
    )


def _habituation(people: Sequence[Person]) -> Habituation | None:
    decisions = [
        Decided(person.name, it.exposure, it.seconds)
        for person in people
        for it in person.decisions
        if it.seconds > 0 and it.exposure > 0
    ]
    try:
        return habituation(decisions)
    except NotFitted:
        return None
