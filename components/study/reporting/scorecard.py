"""The scorecard: seven aspects, each with its figures, what they are held against, and no total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from ..measures.decisions import WITHDRAWAL_AT_MOST, refusal_cost
from ..measures.intervals import Interval
from ..measures.proportions import wilson
from ..measures.times import geometric_mean, mean, time_ratio
from ..model import Study
from ..words import Primary
from .outcomes import REGRET, Scale, estimate, outcomes_of
from .people import Person, done, values

_SUS_AVERAGE = 68.0
_FEWEST = 5


class Aspect(StrEnum):
    """Habib et al. 2022: what a consent interface can be judged on."""

    NEEDS = "needs"
    EFFORT = "effort"
    AWARENESS = "awareness"
    COMPREHENSION = "comprehension"
    SENTIMENT = "sentiment"
    REVERSAL = "reversal"
    NUDGING = "nudging"


class Verdict(StrEnum):
    """How a figure stands to what it is held against."""

    MEETS = "meets"
    FAILS = "fails"
    OPEN = "open"
    TOLD = "told"
    MISSING = "missing"


class Form(StrEnum):
    """How a figure is written."""

    SHARE = "share"
    POINTS = "points"
    RATIO = "ratio"
    NUMBER = "number"


@dataclass(frozen=True)
class Measure:
    """One line of the scorecard.

    Attributes:
        aspect: Which aspect it belongs to.
        key: Its name.
        form: How its figure is written.
        value: The figure; None where there is not enough data.
        least: It is to be at least so much; None where that is not asked.
        most: It is to be at most so much.
        verdict: How the one stands to the other.
    """

    aspect: Aspect
    key: str
    form: Form
    value: Interval | None
    least: float | None
    most: float | None
    verdict: Verdict


def scorecard(study: Study, people: Sequence[Person]) -> tuple[Measure, ...]:
    """Every line, in the order of the aspects.

    A figure meets what is asked when its whole interval does, and fails when none of it does;
    anything between is open. What has no benchmark is told and has no verdict.
    """
    of = {it.key: it for it in outcomes_of(study)}

    def share(key: str) -> Interval | None:
        return estimate(of[key].scale, values(people, of[key].of))

    def line(
        aspect: Aspect,
        key: str,
        form: Form,
        value: Interval | None,
        least: float | None = None,
        most: float | None = None,
    ) -> Measure:
        return Measure(aspect, key, form, value, least, most, verdict_of(value, least, most))

    return (
        line(Aspect.NEEDS, "agreement", Form.SHARE, share(Primary.AGREEMENT), least=0.8),
        line(Aspect.NEEDS, "refusal_cost", Form.NUMBER, _refusal_cost(people), most=0.0),
        line(Aspect.EFFORT, "tasks", Form.SHARE, share(Primary.TASKS), least=0.8),
        line(Aspect.EFFORT, "decline_time", Form.RATIO, _decline_time(people), most=1.25),
        line(Aspect.AWARENESS, "recall", Form.SHARE, share(Primary.RECALL), least=0.8),
        line(Aspect.AWARENESS, "opened", Form.SHARE, _opened(people)),
        line(
            Aspect.COMPREHENSION, "comprehension", Form.SHARE, share(Primary.COMPREHENSION),
            least=0.7,
        ),
        line(Aspect.SENTIMENT, "sus", Form.POINTS, share(Primary.SUS), least=_SUS_AVERAGE),
        line(
            Aspect.REVERSAL, "withdrawal_time", Form.RATIO, withdrawal_ratio(study, people),
            most=WITHDRAWAL_AT_MOST,
        ),
        line(Aspect.REVERSAL, "withdrawn", Form.SHARE, _withdrawn(study, people), least=0.9),
        line(Aspect.NUDGING, "regret", Form.SHARE, share(REGRET), most=0.1),
        line(Aspect.NUDGING, "unwanted", Form.SHARE, _unwanted(people), most=0.1),
    )  # fmt: skip


def verdict_of(value: Interval | None, least: float | None, most: float | None) -> Verdict:
    """How an interval stands to a benchmark; with fewer than five people there is no verdict."""
    if value is None:
        return Verdict.MISSING
    if least is None and most is None:
        return Verdict.TOLD
    if value.n < _FEWEST:
        return Verdict.MISSING
    if (least is None or value.low >= least) and (most is None or value.high <= most):
        return Verdict.MEETS
    if (least is not None and value.high < least) or (most is not None and value.low > most):
        return Verdict.FAILS
    return Verdict.OPEN


def withdrawal_ratio(study: Study, people: Iterable[Person]) -> Interval | None:
    """How many times as long withdrawing took as deciding, of those who could do both tasks.

    Each person's own ratio counts, as a geometric mean over people. None where the study has no
    task to withdraw what another task asks for, or fewer than two people could do both.
    """
    give = {
        task.success.purpose: task.id
        for task in study.tasks.values()
        if task.success.purpose and task.success.choice in ("grant", "either")
    }
    back = {
        task.id: give[task.success.purpose]
        for task in study.tasks.values()
        if task.success.choice == "decline" and task.success.purpose in give
    }
    ratios = []
    for person in people:
        took = {it.task: it.seconds for it in person.attempts if done(it) and it.seconds > 0}
        ratios += [took[it] / took[other] for it, other in back.items() if {it, other} <= set(took)]
    return geometric_mean(ratios) if len(ratios) > 1 else None


def _withdrawn(study: Study, people: Sequence[Person]) -> Interval | None:
    asked = {task.id for task in study.tasks.values() if task.success.choice == "decline"}
    return _of(done(it) for person in people for it in person.tried if it.task in asked)


def _refusal_cost(people: Sequence[Person]) -> Interval | None:
    if not any(it.decisions for it in people):
        return None
    costs = [float(refusal_cost(it.events)) for it in people if it.decisions]
    # Nobody paid anything: it is known of these people, and is no estimate of others.
    if not any(costs):
        return Interval(0.0, 0.0, 0.0, len(costs))
    found = mean(costs)
    return Interval(found.estimate, max(0.0, found.low), found.high, found.n)


def _decline_time(people: Iterable[Person]) -> Interval | None:
    times: dict[str, list[float]] = {"grant": [], "decline": []}
    for person in people:
        first = next((it for it in person.decisions if it.choice in times), None)
        if first is not None and first.seconds > 0:
            times[first.choice].append(first.seconds)
    if min(map(len, times.values())) < 2:
        return None
    return time_ratio(times["decline"], times["grant"])


def _opened(people: Iterable[Person]) -> Interval | None:
    return _of(
        any(it.name == "stim.layer.opened" and it.data["opened"] == "full" for it in person.events)
        for person in people
    )


def _unwanted(people: Iterable[Person]) -> Interval | None:
    def of(person: Person) -> float | None:
        pairs = person.pairs.values()
        return fmean(granted and not wants for granted, wants in pairs) if pairs else None

    return estimate(Scale.SHARE, values(people, of))


def _of(said: Iterable[bool]) -> Interval | None:
    all_of_them = list(said)
    return wilson(sum(all_of_them), len(all_of_them)) if all_of_them else None
