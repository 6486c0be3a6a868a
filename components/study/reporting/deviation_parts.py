"""The part of a report that says what was registered, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .analysis import Shape
from .deviations import Deviations
from .html import Html, bullets, element, joined, paragraph, section, table
from .parts import Sheet

_LONGEST = 160
"""Characters of a value; the whole of it stands in the two files."""


def registration(sheet: Sheet) -> Html:
    """What was registered, what differs from it, and how the run went otherwise than planned."""
    w, found = sheet.w, sheet.a.deviations
    parts = [paragraph(_registered(sheet, found))]
    if found.registration is not None:
        digest = element("code", found.registration.digest)
        parts.append(paragraph(w("registered_digest"), " ", digest, class_="quiet"))
        parts += _differences(sheet, found)
    parts += [element("h3", w("head_deviations")), bullets(_told(sheet, found))]
    return section("registration", w("head_registration"), *parts)


def named_beforehand(sheet: Sheet) -> str:
    """How the primary outcome came to be the primary one."""
    w, found = sheet.w, sheet.a.deviations
    outcome = w.outcome(sheet.a.study.primary)
    if not found.registered:
        return w("primary_unregistered", outcome=outcome)
    if found.primary_changed:
        return w("primary_changed", outcome=outcome)
    return w("primary_lead", outcome=outcome)


def _registered(sheet: Sheet, found: Deviations) -> str:
    w = sheet.w
    if found.registration is None:
        return w("registered_not")
    told = w("registered_at", at=f"{found.registration.at:%Y-%m-%d %H:%M} UTC")
    if found.earlier:
        told = joined([told, " ", w("registered_late", n=found.earlier)])
    return told


def _differences(sheet: Sheet, found: Deviations) -> Iterator[Html]:
    w = sheet.w
    if not found.differences:
        yield paragraph(w("registered_same"))
        return
    rows = [
        (element("code", it.place), _value(sheet, it.registered), _value(sheet, it.run))
        for it in found.differences
    ]
    heads = [w(f"registered_head_{it}") for it in ("place", "registered", "run")]
    yield table(w("registered_caption"), heads, rows)
    if found.primary_changed:
        yield paragraph(w("registered_primary"))


def _value(sheet: Sheet, value: object) -> str:
    if value is None:
        return sheet.w("registered_absent")
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def _told(sheet: Sheet, found: Deviations) -> list[str]:
    """The run, held against its plan: also that something is as planned."""
    w, a = sheet.w, sheet.a
    points = []
    if found.people == found.planned:
        points.append(w("deviation_reached", planned=found.planned))
    else:
        key = "deviation_fewer" if found.people < found.planned else "deviation_more"
        points.append(w(key, planned=found.planned, people=found.people))
    left_out = [
        w("deviation_rule", rule=w(f"rule_{reason}"), n=count)
        for reason, count in a.flow.excluded.items()
        if count
    ]
    if a.shape is not Shape.SUMMATIVE:
        points.append(w("flow_nobody_left_out"))
    elif left_out:
        points.append(w("deviation_left_out", rules=w.listed(left_out)))
    else:
        points.append(w("deviation_nobody_out"))
    if a.flow.further:
        points.append(w("deviation_further", n=a.flow.further))
    points.append(w("deviation_one_version", n=a.flow.sessions))
    if found.other_policy:
        points.append(w("deviation_policy", n=found.other_policy))
    points.append(_builds(sheet, found.builds))
    return points


def _builds(sheet: Sheet, builds: int) -> str:
    if builds > 1:
        return sheet.w("deviation_builds", n=builds)
    return sheet.w("deviation_one_build" if builds else "deviation_build_unknown")
