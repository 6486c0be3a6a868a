"""A report's figures as plain values, for a program."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite
from statistics import median

from ..exporting.sharing import LEAST
from ..measures.intervals import Interval
from .analysis import Analysis, Shape
from .observed import may_be_told
from .ways import Symmetry

FORMAT = 1

_PLACES = 6


def figures(a: Analysis, *, sharing: bool) -> dict[str, object]:
    """Everything that a report says in numbers; in the tier for sharing, nobody alone."""
    study = a.study
    return {
        "format": FORMAT,
        "study": {"id": study.id, "version": study.version, "digest": study.digest},
        "shape": a.shape.value,
        "primary": study.primary.value,
        "flow": {
            "sessions": a.flow.sessions,
            "further": a.flow.further,
            "people": a.flow.people,
            "excluded": {reason.value: n for reason, n in a.flow.excluded.items()}
            if a.shape is Shape.SUMMATIVE
            else {},
            "counted": len(a.people),
            "withdrawn": a.flow.withdrawn,
        },
        "outcomes": {
            it.key: {"scale": it.scale.value, **_interval(figure)}
            for it, figure in zip(a.outcomes, a.estimates, strict=True)
        },
        "comparisons": [
            {
                "outcome": it.outcome.key,
                "condition": it.condition,
                "reference": it.reference,
                "primary": it.primary,
                "method": it.method.value,
                "here": _interval(it.here),
                "there": _interval(it.there),
                "difference": _interval(it.difference),
                "p": _number(it.p),
                "p_holm": _number(it.adjusted),
            }
            for it in a.compared
        ],
        "models": [
            {
                "condition": it.condition,
                "gee": None
                if it.gee is None
                else {
                    "difference": _interval(it.gee.difference),
                    "odds_ratio": _interval(it.gee.odds_ratio),
                    "p": _number(it.gee.p),
                    "correlation": _number(it.gee.correlation),
                },
                "mixed_odds_ratio": None if it.mixed is None else _interval(it.mixed),
                "not_fitted": it.why_not,
            }
            for it in a.models
        ],
        "scorecard": [
            {
                "aspect": it.aspect.value,
                "measure": it.key,
                "value": None if it.value is None else _interval(it.value),
                "at_least": it.least,
                "at_most": it.most,
                "verdict": it.verdict.value,
            }
            for it in a.card
        ],
        "findings": [
            {
                "kind": it.kind.value,
                "subject": it.subject,
                "severity": it.severity,
                "people": it.people,
                "share": _interval(it.share),
                "places": [] if sharing else [f"{at.person}#{at.seq}" for at in it.places],
            }
            for it in a.findings
            if may_be_told(it, sharing=sharing)
        ],
        "ways": [
            {
                "task": it.task,
                "condition": it.condition,
                "people": len(it.taken),
                "unknown": it.unknown,
                "over": None if it.over is None else _interval(it.over),
                "straight": None if it.straight is None else _interval(it.straight),
                "shortest": [list(way) for way in it.shortest],
                "taps": [] if sharing else sorted(one.taps for one in it.taken),
            }
            for it in a.ways
            if not sharing or len(it.taken) >= LEAST
        ],
        "symmetry": [_symmetry(it, sharing=sharing) for it in a.symmetries],
        "habituation": None if a.habituation is None else _interval(a.habituation.slope),
        "registration": _registration(a),
        "fairness": None if a.fairness is None else asdict(a.fairness),
    }


def _registration(a: Analysis) -> dict[str, object]:
    """What was registered, and what differs from it."""
    found = a.deviations
    registration = found.registration
    return {
        "registered_at": None if registration is None else registration.at.isoformat(),
        "digest": None if registration is None else registration.digest,
        "sessions_before": found.earlier,
        "planned": found.planned,
        "builds": found.builds,
        "sessions_with_another_policy": found.other_policy,
        "differences": [
            {"place": it.place, "registered": it.registered, "run": it.run}
            for it in found.differences
        ],
    }


def _symmetry(found: Symmetry, *, sharing: bool) -> dict[str, object]:
    """The taps around a question; of fewer than five, to others, none."""
    predicted = found.predicted
    ways = (
        (None, None, None)
        if predicted is None
        else (predicted.accept, predicted.decline, predicted.withdraw)
    )
    taken = (found.accepted, found.declined, found.withdrawn)
    return {
        "target": found.target,
        "condition": found.condition,
        **{
            act: {
                "fewest": None if way is None else len(way),
                "median": median(taps) if taps and not (sharing and len(taps) < LEAST) else None,
            }
            for act, way, taps in zip(("accept", "decline", "withdraw"), ways, taken, strict=True)
        },
    }


def _interval(found: Interval) -> dict[str, object]:
    return {
        "estimate": _number(found.estimate),
        "low": _number(found.low),
        "high": _number(found.high),
        "n": found.n,
    }


def _number(value: float | None) -> float | None:
    """To six places: beyond them, machines differ; JSON has no infinity."""
    return None if value is None or not isfinite(value) else round(value, _PLACES)
