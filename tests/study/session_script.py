"""A session of sixty events, with times, as somebody careful would bring it about."""

from __future__ import annotations

from typing import Any, NamedTuple

from components.study.record import Session
from components.study.recorder import GivenConsent, Start
from components.study.words import Scope

CODE = "3463E"
SESSION = Session(
    "epiao-layers",
    "s-0123456789ab",
    CODE,
    {"opening": "summary"},
    {"dev": "android", "w": 412, "h": 892, "scale": 1.0, "locale": "zh_Hans", "a11y": "no"},
)
CONSENT = GivenConsent(1, frozenset({Scope.BEHAVIOUR, Scope.ANSWERS, Scope.FREE_TEXT}))
START = Start("2026-03-01", "ab" * 32, "epiao@2021-11-01")


class Happening(NamedTuple):
    """An event that is recorded, so many milliseconds after the one before."""

    after_ms: int
    name: str
    fields: dict[str, Any]


def _task(task: str, *between: tuple[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    phase = {"phase": f"task:{task}"}
    return [
        ("study.task.shown", {"task": task, **phase}),
        ("study.task.started", {"task": task, **phase}),
        *((name, {**fields, **phase}) for name, fields in between),
        ("study.task.completed", {"task": task, "outcome": "direct", "confidence": 4, **phase}),
        ("study.step.finished", {"step": f"task:{task}"}),
    ]


def _section(section: str, dwell: float) -> list[tuple[str, dict[str, Any]]]:
    entered = {"section": section, "clause_hash": "cd" * 32, "chars": 240, "share": 0.75}
    left = {"section": section, "dwell": dwell, "dwell_split": dwell / 2}
    return [("stim.section.entered", entered), ("stim.section.left", left)]


def _item(position: int, value: str | int, instrument: str) -> tuple[str, dict[str, Any]]:
    fields = {
        "instrument": instrument,
        "item": f"{instrument}-{position}",
        "position": position,
        "value": value,
        "rt": 2.5,
        "changed_n": 0,
    }
    return "study.item.answered", fields


_LOCATION = {"notice": "location@2021-11-01", "target": "purpose:nearby-cinema"}
_SHOWN = {"timing": "in_context", "channel": "sheet", "trigger": "user", "exposure": 1}
_SCROLL = {"px": 120, "extent": 2019, "viewport": 800, "direction": "down", "moment": "end"}

_EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("study.assignment.made", {"position": 1, "block": 1}),
    ("study.step.finished", {"step": "research_consent"}),
    ("study.step.finished", {"step": "calibrate_reading"}),
    *_task(
        "find_retention",
        ("stim.layer.opened", {"opened": "full", "how": "button", "layer": "full"}),
        *_section("collect", 12.25),
        ("stim.scroll", _SCROLL),
        *_section("retention", 8.5),
        ("sys.lifecycle", {"state": "hidden"}),
        ("sys.lifecycle", {"state": "shown"}),
        ("stim.link.followed", {"clause": "retention"}),
        ("stim.layer.closed", {"closed": "full", "how": "back"}),
    ),
    *_task(
        "find_partners",
        ("stim.find.used", {"query_length": 2, "hits": 7}),
        ("stim.term.opened", {"term": "sdk"}),
        *_section("partners", 3.125),
    ),
    *_task(
        "see_nearby",
        ("stim.notice.shown", {**_SHOWN, "blocking": "no", **_LOCATION}),
        ("stim.decision.made", {"choice": "grant", "via": "button", **_LOCATION}),
        ("stim.os_prompt.requested", {"permission": "location", "simulated": "yes"}),
        ("stim.os_prompt.returned", {"permission": "location", "state": "granted"}),
        ("stim.decision.withdrawn", {"previous": "grant", "place": "centre", **_LOCATION}),
    ),
    *(_item(position, 1 + position % 5, "sus") for position in range(1, 11)),
    ("study.step.finished", {"step": "sus"}),
    *(_item(position, "true", "comprehension-A") for position in range(1, 12)),
    ("study.step.finished", {"step": "comprehension:A"}),
    ("study.session.ended", {"reason": "finished"}),
]

SCRIPT = tuple(
    Happening(137 * (1 + position % 7), name, fields)
    for position, (name, fields) in enumerate(_EVENTS)
)
"""What follows the two events with which every session begins."""

LENGTH = 2 + len(SCRIPT)
