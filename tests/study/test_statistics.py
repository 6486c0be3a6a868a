"""The plain Python against scipy and statsmodels, and against the figures that are printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy
import pytest
from scipy import stats
from scipy.stats import contingency
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
)
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from components.study.measures import distributions, proportions, sizes, sus, times
from components.study.measures.intervals import Interval

from .drawn import drawn

NEAR = 1e-9
CHANCE = drawn(20261)
COUNTS = [
    (k, n) for n in (1, 2, 5, 12, 30, 76, 200, 400) for k in sorted({0, 1, n // 3, n // 2, n})
]


def near(ours: float, theirs: float) -> bool:
    return math.isclose(ours, float(theirs), rel_tol=NEAR, abs_tol=NEAR)


# Against scipy and statsmodels


@pytest.mark.parametrize("p", [1e-6, 0.001, 0.025, 0.2, 0.5, 0.9, 0.975, 0.9999])
def test_quantiles(p: float) -> None:
    assert near(distributions.normal_quantile(p), stats.norm.ppf(p))
    for freedom in (1, 2, 3.7, 11, 29.25, 199, 5000):
        ours = distributions.t_quantile(p, freedom)
        assert math.isclose(ours, stats.t.ppf(p, freedom), rel_tol=NEAR, abs_tol=NEAR)
    for a, b in ((1, 12), (0.5, 0.5), (5, 1), (40, 161), (400, 1)):
        assert near(distributions.beta_quantile(p, a, b), stats.beta.ppf(p, a, b))


@pytest.mark.parametrize("x", [-40.0, -3.0, -0.5, 0.0, 0.1, 2.2, 8.0])
def test_distribution_functions(x: float) -> None:
    assert near(distributions.normal_cdf(x), stats.norm.cdf(x))
    for freedom in (1, 4, 30.5, 800):
        assert near(distributions.t_cdf(x, freedom), stats.t.cdf(x, freedom))
    assert distributions.beta_cdf(x, 2, 3) == pytest.approx(stats.beta.cdf(x, 2, 3), abs=NEAR)


@pytest.mark.parametrize(
    ("ours", "method"),
    [
        (proportions.wilson, "wilson"),
        (proportions.adjusted_wald, "agresti_coull"),
        (proportions.clopper_pearson, "beta"),
        (proportions.wald, "normal"),
    ],
)
def test_intervals_of_a_share(ours: Callable[..., Interval], method: str) -> None:
    for (k, n), confidence in product(COUNTS, (0.8, 0.95, 0.99)):
        found = ours(k, n, confidence)
        low, high = proportion_confint(k, n, alpha=1 - confidence, method=method)
        assert near(found.low, max(0.0, low)), (k, n)
        assert near(found.high, min(1.0, high)), (k, n)
        assert found.estimate == k / n


def test_the_difference_of_two_shares() -> None:
    for (k1, n1), (k2, n2) in product(COUNTS, COUNTS):
        found = proportions.newcombe(k1, n1, k2, n2)
        low, high = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
        assert near(found.low, low) and near(found.high, high), (k1, n1, k2, n2)


def test_fishers_test_and_its_odds_ratio() -> None:
    for (k1, n1), (k2, n2) in product(COUNTS[8:30], COUNTS[5:27]):
        table = [[k1, n1 - k1], [k2, n2 - k2]]
        assert near(proportions.fisher_exact(k1, n1, k2, n2), stats.fisher_exact(table)[1]), table
        ours = proportions.conditional_odds_ratio(k1, n1, k2, n2)
        theirs = contingency.odds_ratio(table, kind="conditional").statistic
        if math.isnan(ours):
            assert 0 in (k1 + k2, n1 + n2 - k1 - k2)
        else:
            assert ours == theirs or near(ours, theirs), table


def test_the_score_test() -> None:
    for (k1, n1), (k2, n2) in product(COUNTS[8:30], COUNTS[5:27]):
        ours = proportions.score_p(k1, n1, k2, n2)
        if k1 + k2 in (0, n1 + n2):
            assert ours == 1
            continue
        table = [[k1, n1 - k1], [k2, n2 - k2]]
        assert near(ours, stats.chi2_contingency(table, correction=False).pvalue), table


def test_the_paired_test() -> None:
    for b, c in product(range(0, 40, 3), range(0, 40, 3)):
        theirs = mcnemar([[5, b], [c, 5]], exact=True).pvalue if b + c else 1.0
        assert near(proportions.mcnemar_exact(b, c), theirs)


def test_kappa() -> None:
    for a, b, c, d in [(10, 3, 2, 8), (1, 0, 0, 1), (5, 5, 5, 5), (0, 7, 9, 1)]:
        theirs = cohens_kappa(numpy.array([[a, b], [c, d]])).kappa
        assert near(proportions.kappa(a, b, c, d), theirs)
    assert math.isnan(proportions.kappa(4, 0, 0, 0))


def test_holms_correction() -> None:
    for count in (1, 2, 7, 20):
        p_values = [CHANCE.random() ** 2 for _ in range(count)]
        theirs = multipletests(p_values, method="holm")[1]
        assert all(map(near, proportions.holm(p_values), theirs))


def _times(count: int) -> list[float]:
    return [CHANCE.lognormvariate(3, 0.8) for _ in range(count)]


@pytest.mark.parametrize("count", [2, 3, 12, 76])
def test_means_and_ratios(count: int) -> None:
    first, second = _times(count), _times(count + 5)
    mean = times.mean(first)
    low, high = DescrStatsW(first).tconfint_mean()
    assert near(mean.low, low) and near(mean.high, high)
    geometric = times.geometric_mean(first)
    assert near(geometric.estimate, stats.gmean(first))
    low, high = DescrStatsW(numpy.log(first)).tconfint_mean()
    assert near(geometric.low, math.exp(low)) and near(geometric.high, math.exp(high))
    ratio = times.time_ratio(first, second)
    welch = CompareMeans(DescrStatsW(numpy.log(first)), DescrStatsW(numpy.log(second)))
    low, high = welch.tconfint_diff(usevar="unequal")
    assert near(ratio.low, math.exp(low)) and near(ratio.high, math.exp(high))
    theirs = stats.ttest_ind(numpy.log(first), numpy.log(second), equal_var=False)
    interval = theirs.confidence_interval()
    assert near(math.log(ratio.low), interval.low) and near(math.log(ratio.high), interval.high)
    assert near(times.welch_p([*map(math.log, first)], [*map(math.log, second)]), theirs.pvalue)


def test_who_gave_up_counts_up_to_then() -> None:
    seconds = [round(it) + 1 for it in _times(60)]
    done = [CHANCE.random() < 0.7 for _ in seconds]
    ours = times.still_at_it([times.Watched(*it) for it in zip(seconds, done, strict=True)])
    theirs = SurvfuncRight(seconds, done)
    assert [moment for moment, _ in ours] == list(theirs.surv_times)
    assert all(map(near, [share for _, share in ours], theirs.surv_prob))


def test_a_slope() -> None:
    xs, ys = _times(20), _times(20)
    assert near(times.slope(xs, ys), stats.linregress(xs, ys).slope)


# The worked examples and the figures of the tables


def test_four_of_five() -> None:
    found = proportions.wilson(4, 5)
    adjusted = proportions.adjusted_wald(4, 5)
    # Tullis and Albert print the adjusted interval, cut after four places: 0.3596 to 0.9796.
    assert (math.floor(adjusted.low * 1e4), math.floor(adjusted.high * 1e4)) == (3596, 9796)
    assert (round(found.low, 4), round(found.high, 4)) == (0.3755, 0.9638)


def test_six_times() -> None:
    found = times.geometric_mean([55, 65, 75, 62, 45, 135])
    assert (round(found.estimate), round(found.low), round(found.high)) == (68, 46, 101)


@pytest.mark.parametrize(("n", "most"), [(12, 0.265), (30, 0.116), (100, 0.036), (400, 0.009)])
def test_what_nobody_still_allows(n: int, most: float) -> None:
    assert round(proportions.clopper_pearson(0, n).high, 3) == most


@pytest.mark.parametrize(
    ("interval", "mean", "least"),
    [
        (proportions.wald, 0.814, 0.215),
        (proportions.wilson, 0.956, 0.914),
        (proportions.adjusted_wald, 0.963, 0.931),
        (proportions.clopper_pearson, 0.982, None),
    ],
)
def test_how_often_an_interval_of_twelve_people_covers(
    interval: Callable[[int, int], Interval], mean: float, least: float | None
) -> None:
    """Exactly, over the shares from 0.02 to 0.98 in steps of 0.01, as the table has it."""
    found = [interval(k, 12) for k in range(13)]
    covered = [
        math.fsum(
            math.comb(12, k) * p**k * (1 - p) ** (12 - k) for k in range(13) if found[k].covers(p)
        )
        for p in (at / 100 for at in range(2, 99))
    ]
    assert round(sum(covered) / len(covered), 3) == mean
    assert least is None or round(min(covered), 3) == least


@pytest.mark.parametrize(
    ("people", "shares", "covered", "detected"),
    [
        (76, (0.72, 0.5), 0.950, 0.803),
        (200, (0.72, 0.5), 0.956, 0.998),
        (200, (0.5, 0.5), 0.950, 0.050),
    ],
)
def test_how_often_newcombes_interval_covers_and_detects(
    people: int, shares: tuple[float, float], covered: float, detected: float
) -> None:
    """Exactly; the figures were simulated, 4,000 times each."""
    first, second = (
        [math.comb(people, k) * p**k * (1 - p) ** (people - k) for k in range(people + 1)]
        for p in shares
    )
    hits = apart = 0.0
    for (k1, one), (k2, two) in product(enumerate(first), enumerate(second)):
        if one * two > 1e-10:
            found = proportions.newcombe(k1, people, k2, people)
            hits += one * two * found.covers(shares[0] - shares[1])
            apart += one * two * (not found.covers(0))
    assert hits == pytest.approx(covered, abs=0.01)
    assert apart == pytest.approx(detected, abs=0.01)


@pytest.mark.parametrize(("people", "power"), [(6, 0.06), (12, 0.43), (20, 0.74), (30, 0.91)])
def test_the_power_of_fishers_test(people: int, power: float) -> None:
    # The table's figures were simulated; these are exact.
    assert sizes.power_of_fisher(people, 0.5, 0.9) == pytest.approx(power, abs=0.006)


@pytest.mark.parametrize(
    ("people", "shares", "power"),
    [
        (12, (0.05, 0.45), 0.32),
        (20, (0.05, 0.45), 0.69),
        (30, (0.05, 0.45), 0.90),
        (60, (0.05, 0.25), 0.80),
    ],
)
def test_the_power_of_the_paired_test(
    people: int, shares: tuple[float, float], power: float
) -> None:
    assert round(sizes.power_of_mcnemar(people, *shares), 2) == power


@pytest.mark.parametrize(
    ("difference", "people"), [(0.22, 76), (0.12, 268), (0.10, 388), (0.05, 1565)]
)
def test_people_for_a_difference_of_shares(difference: float, people: int) -> None:
    assert sizes.per_arm_for_shares(0.5, 0.5 + difference) == people
    effect = proportion_effectsize(0.5 + difference, 0.5)
    theirs = NormalIndPower().solve_power(effect, alpha=0.05, power=0.8)
    assert math.ceil(theirs) == people


def test_people_for_the_rest_of_the_table() -> None:
    assert [round(sizes.discovery(p, 12), 2) for p in (0.1, 0.2, 0.31)] == [0.72, 0.93, 0.99]
    assert round(sizes.difference_found(200), 3) == 0.138
    assert [sizes.per_arm_for_means(points, 17.5) for points in (10, 5)] == [50, 194]
    assert [sizes.per_arm_for_ratio(ratio, 0.8) for ratio in (1.5, 1.25)] == [63, 203]
    effects = [10 / 17.5, 5 / 17.5, math.log(1.5) / 0.8, math.log(1.25) / 0.8]
    theirs = [TTestIndPower().solve_power(it, alpha=0.05, power=0.8) for it in effects]
    assert [math.ceil(it) for it in theirs] == [50, 194, 63, 203]


@pytest.mark.parametrize(("n", "half"), [(12, 11.1), (400, 1.7)])
def test_how_far_a_sus_score_may_be_off(n: int, half: float) -> None:
    reach = distributions.t_quantile(0.975, n - 1) * 17.5 / math.sqrt(n)
    assert round(reach, 1) == half


def test_how_far_a_geometric_mean_of_twelve_may_be_off() -> None:
    reach = math.exp(distributions.t_quantile(0.975, 11) * 0.8 / math.sqrt(12))
    assert round(reach, 2) == 1.66


def test_sus() -> None:
    assert sus.sus_score([3] * 10) == 50
    assert sus.sus_score([5, 1] * 5) == 100
    assert sus.sus_score([1, 5] * 5) == 0
    for score, grade in [(84.1, "A+"), (84, "A"), (68, "C"), (62.6, "D"), (51.6, "F")]:
        assert sus.grade(score) == grade
    group = sus.sus([50, 62.5, 70, 72.5, 75, 77.5, 80, 80, 85, 87.5, 90, 95])
    assert (group.worst, group.grade, group.best) == ("C", "B", "A+")
    assert sus.sus([90, 100, 100]).score.high == 100
    for wrong in ([3] * 9, [0, *[3] * 9], [6, *[3] * 9]):
        with pytest.raises(ValueError, match="ten answers"):
            sus.sus_score(wrong)


def test_guessing() -> None:
    assert proportions.guess_corrected(1, 3) == 1
    assert proportions.guess_corrected(1 / 3, 3) == pytest.approx(0)
    assert proportions.guess_corrected(0, 3) == pytest.approx(-0.5)
    with pytest.raises(ValueError, match="nothing to guess"):
        proportions.guess_corrected(0.5, 1)


def test_what_has_no_value_is_refused() -> None:
    for k, n in ((1, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="is no share"):
            proportions.wilson(k, n)
    with pytest.raises(ValueError, match="no value"):
        times.mean([])
    with pytest.raises(ValueError, match="no logarithm"):
        times.geometric_mean([3, 0])
    with pytest.raises(ValueError, match="no spread"):
        times.time_ratio([3], [4, 5])
    with pytest.raises(ValueError, match="two points"):
        times.slope([1, 1], [2, 3])
    with pytest.raises(ValueError, match="0 < p < 1"):
        distributions.t_quantile(1, 3)
    assert times.mean([4]).high == math.inf
    assert times.geometric_mean([4]).high == math.inf
    assert times.mean_difference([1, 1], [1, 1]).low == 0
    assert math.isnan(times.welch_p([1, 1], [1, 1]))


def test_the_middle_of_times() -> None:
    assert times.typical([2, 8]) == pytest.approx(4)
    assert times.typical([1.0] * 20 + [9.0] * 5) == 1
