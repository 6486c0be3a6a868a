"""What people decided, what it took them, and whether it was what they wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log
from statistics import fmean, median

from ..record import Event
from .intervals import Interval
from .proportions import kappa, mcnemar_exact, wilson
from .times import time_ratio

WITHDRAWAL_AT_MOST = 2.0
"""Withdrawing may take twice as long as granting; what has been found elsewhere is over 20."""

BACK_OUT_WITHIN_S = 30.0


@dataclass(frozen=True)
class Decision:
    """One decision of one person on one notice.

    Attributes:
        target: What was decided on.
        choice: ``grant``, ``decline``, ``partial`` or ``undecided``.
        seconds: Active seconds from the notice to the decision, without those in which the
            system's own question was up.
        first_action: Active seconds to the first thing done; None if the decision was it.
        taps: Effective taps up to the decision, the deciding one included.
        exposure: How often this notice had been shown, this time included.
    """

    target: str
    choice: str
    seconds: float
    first_action: float | None
    taps: int
    exposure: int


def decisions_of(events: Iterable[Event]) -> tuple[Decision, ...]:
    """The decisions of one session, in order; a notice shown and left undecided is none."""
    found: list[Decision] = []
    shown: Event | None = None
    first: float | None = None
    asked: float | None = None
    taps, away = 0, 0.0
    for event in events:
        if event.name == "stim.notice.shown":
            shown, first, asked, taps, away = event, None, None, 0, 0.0
            continue
        if shown is None or not event.name.startswith("stim."):
            continue
        if event.name == "stim.decision.made":
            found.append(
                Decision(
                    target=event.target or "",
                    choice=event.data["choice"],
                    seconds=event.t_act - shown.t_act - away,
                    first_action=first,
                    taps=taps + 1,
                    exposure=shown.data["exposure"],
                )
            )
            shown = None
            continue
        if first is None:
            first = event.t_act - shown.t_act
        if event.name == "stim.tap":
            taps += 1
        elif event.name == "stim.os_prompt.requested":
            asked = event.t_act
        elif event.name == "stim.os_prompt.returned" and asked is not None:
            away, asked = away + event.t_act - asked, None
    return tuple(found)


def choice_profile(decisions: Iterable[Decision]) -> dict[str, dict[str, Interval]]:
    """Of each target, the share of each choice. Acceptance is told, and is no aim."""
    counts: dict[str, Counter[str]] = {}
    for decision in decisions:
        counts.setdefault(decision.target, Counter())[decision.choice] += 1
    return {
        target: {choice: wilson(k, count.total()) for choice, k in sorted(count.items())}
        for target, count in sorted(counts.items())
    }


def effort_asymmetry(declining: Sequence[int], accepting: Sequence[int]) -> float:
    """How many taps more it takes to decline than to accept, by medians."""
    return median(declining) - median(accepting)


def time_asymmetry(declining: Sequence[float], accepting: Sequence[float]) -> Interval:
    """How many times as long declining takes."""
    return time_ratio(declining, accepting)


def withdrawal_asymmetry(withdrawing: Sequence[float], granting: Sequence[float]) -> Interval:
    """How many times as long withdrawing takes; its interval is to end below 2."""
    return time_ratio(withdrawing, granting)


def backed_out(events: Iterable[Event]) -> Interval | None:
    """Of the notices and layers opened, how many were left undecided within 30 seconds.

    None where none was opened.
    """
    opened = left = 0
    since: float | None = None
    for event in events:
        if event.name in ("stim.notice.shown", "stim.layer.opened"):
            opened, since = opened + 1, event.t_act
        elif event.name.startswith("stim.decision."):
            since = None
        elif event.name in ("stim.notice.dismissed", "stim.layer.closed") and since is not None:
            left += event.t_act - since <= BACK_OUT_WITHIN_S
            since = None
    return wilson(left, opened) if opened else None


def layer_reach(sessions: Sequence[Iterable[Event]], layer: str) -> Interval:
    """Of the sessions, in how many the layer was opened before a decision was made."""
    return wilson(sum(_reached(events, layer) for events in sessions), len(sessions))


def _reached(events: Iterable[Event], layer: str) -> bool:
    for event in events:
        if event.name == "stim.layer.opened" and event.data["opened"] == layer:
            return True
        if event.name == "stim.decision.made":
            return False
    return False


FUNNEL = ("shown", "acted", "opened", "toggled", "decided", "changed")


def funnel(sessions: Iterable[Sequence[Event]]) -> dict[str, int]:
    """How many sessions came how far: shown a notice, acted, opened more, toggled, decided..."""
    marks = {
        "shown": ("stim.notice.shown",),
        "acted": ("stim.tap", "stim.decision.made", "stim.layer.opened", "stim.option.toggled"),
        "opened": ("stim.layer.opened",),
        "toggled": ("stim.option.toggled",),
        "decided": ("stim.decision.made",),
        "changed": ("stim.decision.changed", "stim.decision.withdrawn"),
    }
    counts = dict.fromkeys(FUNNEL, 0)
    for events in sessions:
        names = {it.name for it in events}
        for stage, wanted in marks.items():
            counts[stage] += not names.isdisjoint(wanted)
    return counts


@dataclass(frozen=True)
class Gap:
    """How what was chosen differs from what is wanted.

    Attributes:
        granted_unwanted: Of all, who granted and does not want it.
        declined_wanted: Of all, who declined and wants it.
        difference: The first less the second: above 0, the design takes more than is wanted.
        p: Of the exact paired test on those in whom the two differ.
        kappa: How far the two agree beyond chance; ``nan`` if that cannot be said.
        agreement: In how many the two are the same.
    """

    granted_unwanted: Interval
    declined_wanted: Interval
    difference: float
    p: float
    kappa: float
    agreement: Interval


def preference_gap(granted_and_wanted: Sequence[tuple[bool, bool]]) -> Gap:
    """Compare what each person granted with what each says to want; the undecided left out.

    Raises:
        ValueError: There is nobody.
    """
    pairs = Counter(granted_and_wanted)
    n = pairs.total()
    unwanted, missed = pairs[True, False], pairs[False, True]
    return Gap(
        granted_unwanted=wilson(unwanted, n),
        declined_wanted=wilson(missed, n),
        difference=(unwanted - missed) / n,
        p=mcnemar_exact(unwanted, missed),
        kappa=kappa(pairs[True, True], unwanted, missed, pairs[False, False]),
        agreement=wilson(n - unwanted - missed, n),
    )


def recalled(actual: Mapping[str, str], said: Mapping[str, str]) -> float:
    """The share of one's own choices that somebody recalls; what was not answered is not recalled.

    Raises:
        ValueError: There is no choice to recall.
    """
    if not actual:
        raise ValueError("there is no choice to recall")
    return fmean(said.get(target) == state for target, state in actual.items())


def regretted(answers: Iterable[str]) -> Interval:
    """Of those reminded of a choice, how many would change it; ``unsure`` is no change."""
    said = list(answers)
    return wilson(said.count("change"), len(said))


def missed_taps(events: Iterable[Event]) -> Interval | None:
    """Of the taps, how many hit nothing; None without taps."""
    counts = Counter(it.name for it in events)
    all_of_them = counts["stim.tap"] + counts["stim.tap.missed"]
    return wilson(counts["stim.tap.missed"], all_of_them) if all_of_them else None


def refusal_cost(events: Iterable[Event]) -> int:
    """How many features were blocked after declining something optional: it is to be none."""
    declined = False
    cost = 0
    for event in events:
        if event.name == "stim.decision.made":
            declined = declined or event.data["choice"] == "decline"
        elif event.name == "stim.feature.blocked":
            cost += declined
    return cost


def habituation(people: Iterable[Sequence[tuple[int, float]]]) -> float:
    """How much faster people decide with each exposure: log time on log exposure, within people.

    Args:
        people: Each person's exposures and seconds.

    Raises:
        ValueError: Nobody decided twice.
    """
    above, below = [], []
    for decisions in people:
        xs = [log(exposure) for exposure, _ in decisions]
        ys = [log(seconds) for _, seconds in decisions]
        if len(xs) < 2:
            continue
        x, y = fmean(xs), fmean(ys)
        above += [(a - x) * (b - y) for a, b in zip(xs, ys, strict=True)]
        below += [(a - x) ** 2 for a in xs]
    if not fsum(below):
        raise ValueError("nobody decided twice")
    return fsum(above) / fsum(below)
