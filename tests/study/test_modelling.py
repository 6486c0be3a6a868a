"""Models of repeated answers: what bots were given comes out; and each figure by another way."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from statistics import fmean

import numpy
import pytest
from scipy import stats
from statsmodels.genmod.cov_struct import Exchangeable
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_estimating_equations import GEE
from statsmodels.regression.linear_model import OLS

from components.study.allocation import allocate_without_codes
from components.study.bots.personas import Mind, Persona
from components.study.bots.studies import Simulated, simulate
from components.study.measures.tasks import Outcome, attempts_of
from components.study.measures.times import time_ratio
from components.study.model import Condition
from components.study.modelling.fitting import NotFitted
from components.study.modelling.repeated import Answer, marginal_effect, mixed_effect
from components.study.modelling.times import Decided, habituation, robust_time_ratio
from components.study.reading import load_study

from .drawn import drawn
from .writing import PACKS, READY

NEAR = 1e-9
LAYERS = load_study(READY / "layers.toml", PACKS)
PLANTED = 0.22
QUICK = Persona("quick", Mind.DECLINE, reads=0.1, wanders=0, taps_beside=0.0)
DONE = (Outcome.DIRECT, Outcome.INDIRECT)


def alike_within_people(effect: float, seed: int) -> Callable[[Condition], float]:
    """A chance of success for each person in turn, so that the answers of one go together."""
    chance = drawn(seed)

    def of(condition: Condition) -> float:
        mean = 0.5 + (effect if condition["opening"] == "full" else 0.0)
        return chance.betavariate(4 * mean, 4 * (1 - mean))

    return of


def answers_of(sessions: Iterable[Simulated]) -> list[Answer]:
    return [
        Answer(f"p{number:03}", it.task, session.condition["opening"] == "full", it.outcome in DONE)
        for number, session in enumerate(sessions)
        for it in attempts_of(session.events)
    ]


@pytest.fixture(scope="module")
def played() -> list[Answer]:
    """A whole study of 152 bots, three tasks each, with 22 points planted."""
    places = [it for it in allocate_without_codes(LAYERS) if it.position <= 38]
    return answers_of(simulate(LAYERS, 20264, alike_within_people(PLANTED, 7), (QUICK,), places))


def drawn_study(effect: float, seed: int) -> list[Answer]:
    """The same without the steps between: what the recorder makes of a task is shown above."""
    chance, of = drawn(seed), alike_within_people(effect, seed + 1)
    found = []
    for number in range(152):
        arm = ("summary", "full")[number % 2]
        success = of({"opening": arm})
        found += [
            Answer(f"p{number:03}", task, arm == "full", chance.random() < success)
            for task in LAYERS.tasks
        ]
    return found


def test_what_bots_were_given_comes_out(played: list[Answer]) -> None:
    assert len(played) == 152 * 3
    found = marginal_effect(played)
    assert found.difference.covers(PLANTED) and not found.difference.covers(0)
    # Of beta(4 p, 4 (1 - p)) the correlation within a person is a fifth.
    assert 0.05 < found.correlation < 0.35
    assert (found.people, found.answers) == (152, 456)
    # By the odds of 0.72 to those of 0.5, within a person a little farther from 1.
    assert found.odds_ratio.covers(0.72 / 0.28)
    # The order of answers makes no difference.
    assert mixed_effect(played) == mixed_effect(list(reversed(played)))


def test_the_interval_covers_what_is_planted_and_a_a_runs_are_silent() -> None:
    studies = 60
    covered = alarms = 0
    for seed in range(0, 2 * studies, 2):
        covered += marginal_effect(drawn_study(PLANTED, seed)).difference.covers(PLANTED)
        alarms += marginal_effect(drawn_study(0.0, 9000 + seed)).p < 0.05
    print(f"covered {covered}, false alarms {alarms} of {studies}")
    assert covered >= 53
    assert alarms <= 8


def test_the_difference_is_that_of_the_shares_and_its_error_the_sandwich(
    played: list[Answer],
) -> None:
    """With equally many answers each, the model's difference is the plain one; by hand."""
    found = marginal_effect(played)
    shares = {arm: fmean(it.yes for it in played if it.treated is arm) for arm in (False, True)}
    assert found.difference.estimate == pytest.approx(shares[True] - shares[False], abs=NEAR)
    odds = {arm: share / (1 - share) for arm, share in shares.items()}
    assert found.odds_ratio.estimate == pytest.approx(odds[True] / odds[False], rel=1e-8)


def test_the_figures_are_statsmodels_own(played: list[Answer]) -> None:
    ordered = sorted(played)
    y = numpy.array([float(it.yes) for it in ordered])
    x = numpy.array([[1.0, float(it.treated)] for it in ordered])
    groups = numpy.array([int(it.person[1:]) for it in ordered])
    model = GEE(y, x, groups, family=Binomial(), cov_struct=Exchangeable())
    theirs = model.fit(maxiter=100, cov_type="bias_reduced")
    found = marginal_effect(played)
    low, high = numpy.exp(theirs.conf_int()[1])
    assert found.odds_ratio.low == pytest.approx(low, abs=NEAR)
    assert found.odds_ratio.high == pytest.approx(high, abs=NEAR)
    assert found.p == pytest.approx(theirs.pvalues[1], abs=NEAR)
    margins = theirs.get_margeff(at="overall", method="dydx", dummy=True)
    assert found.difference.estimate == pytest.approx(margins.margeff[-1], abs=NEAR)
    half = stats.norm.ppf(0.975) * float(margins.margeff_se[-1])
    assert found.difference.high - found.difference.estimate == pytest.approx(half, abs=NEAR)


def test_each_person_may_see_both_conditions() -> None:
    chance = drawn(5)
    answers = []
    for number in range(80):
        ease = chance.gauss(0, 1)
        for task, treated in enumerate((False, True, False, True)):
            p = 1 / (1 + math.exp(-(ease + (1.2 if treated else 0.0))))
            answers.append(Answer(f"p{number:02}", f"t{task}", treated, chance.random() < p))
    found = marginal_effect(answers)
    assert found.people == 80 and found.difference.low > 0
    # Of one person, the effect is what was planted in each person's logit.
    assert mixed_effect(answers).covers(math.exp(1.2))
    # As between people, the same answers would tell less.
    between = [it._replace(person=f"{it.person}-{it.treated}") for it in answers]
    apart = marginal_effect(between).difference
    width = found.difference.high - found.difference.low
    assert width < apart.high - apart.low


def test_what_cannot_be_fitted_says_why() -> None:
    few = [Answer(f"p{it}", "t", it % 2 == 0, it % 3 == 0) for it in range(6)]
    with pytest.raises(NotFitted, match="6 people are too few"):
        marginal_effect(few)
    alike = [Answer(f"p{it:02}", "t", it % 2 == 0, it % 2 == 0 or it % 3 == 0) for it in range(40)]
    for model in (marginal_effect, mixed_effect):
        with pytest.raises(NotFitted, match="all answers are alike"):
            model(alike)
    with pytest.raises(NotFitted, match="nobody answered"):
        marginal_effect([it for it in alike if it.treated])
    with pytest.raises(NotFitted, match="two exposures"):
        habituation([Decided("p1", 1, 3.0), Decided("p2", 1, 4.0)])
    with pytest.raises(NotFitted, match="no spread"):
        robust_time_ratio([1.0], [2.0, 3.0])


def test_a_planted_habituation_comes_out() -> None:
    chance = drawn(11)
    decisions = []
    for number in range(60):
        pace = chance.gauss(2, 0.5)
        for exposure in (1, 2, 3, 4):
            log_time = pace - 0.3 * math.log(exposure) + chance.gauss(0, 0.3)
            decisions.append(Decided(f"p{number:02}", exposure, math.exp(log_time)))
    found = habituation(decisions)
    assert found.slope.covers(-0.3) and found.p < 0.001
    # As everybody has each exposure, the slope is that of the line through everybody's points.
    logs = [math.log(it.exposure) for it in decisions], [math.log(it.seconds) for it in decisions]
    assert found.slope.estimate == pytest.approx(stats.linregress(*logs).slope, abs=1e-9)


def test_the_ratio_of_times_by_least_squares() -> None:
    chance = drawn(12)
    first = [chance.lognormvariate(3, 0.8) for _ in range(70)]
    second = [chance.lognormvariate(2.6, 0.8) for _ in range(60)]
    found = robust_time_ratio(first, second)
    y = numpy.log([*first, *second])
    x = numpy.column_stack([numpy.ones(130), [1.0] * 70 + [0.0] * 60])
    low, high = OLS(y, x).fit().get_robustcov_results("HC3", use_t=True).conf_int()[1]
    assert found.low == pytest.approx(math.exp(low), abs=NEAR)
    assert found.high == pytest.approx(math.exp(high), abs=NEAR)
    welch = time_ratio(first, second)
    assert found.estimate == pytest.approx(welch.estimate, abs=NEAR)
    assert found.low == pytest.approx(welch.low, rel=0.02)
