"""The app that was studied, as far as taps go: the fewest that lead to each thing a study asks for.

Somebody else walks through the app and writes this down, once for each build that a study is run
with: ``builds/<digest>.json`` in the study's folder. A report reads it from there and needs no app.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from .model import Condition

FORMAT = 1
NOTICE = "notice:base"
"""The target of a decision on the notice that comes first."""

Way = tuple[str, ...]
"""What is pressed, in order: the identifiers of controls."""


class Stand(StrEnum):
    """How something that is asked for consent stands."""

    UNASKED = "unasked"
    GRANT = "grant"
    DECLINE = "decline"

    @classmethod
    def of(cls, choice: str | None) -> Stand:
        """What a decision makes of it; what is partly decided, or not at all, is unasked."""
        return cls(choice) if choice in (cls.GRANT, cls.DECLINE) else cls.UNASKED


@dataclass(frozen=True)
class Shortest:
    """The shortest way to what a task asks for.

    Attributes:
        task: The task's id.
        notice: How the first notice stands when the task is begun.
        purpose: How the purpose stands that the task is about; unasked where it is about none.
        way: The shortest way, from whichever main screen is nearest, or from the first notice while
            it is unasked; empty where nothing needs to be done.
    """

    task: str
    notice: Stand
    purpose: Stand
    way: Way


@dataclass(frozen=True)
class Predicted:
    """The fewest taps around one question for consent; None where no way was found.

    Attributes:
        target: What it is about, as a decision names it.
        accept: From the question to a yes.
        decline: From the question to a no.
        withdraw: From the nearest main screen to having taken a yes back.
    """

    target: str
    accept: Way | None
    decline: Way | None
    withdraw: Way | None


@dataclass(frozen=True)
class InCondition:
    """A build in one condition of a study."""

    condition: Condition
    shortest: tuple[Shortest, ...]
    predicted: tuple[Predicted, ...]

    def way(self, task: str, notice: Stand, purpose: Stand) -> Way | None:
        """The shortest way to a task; None where none is known from there."""
        wanted = (task, notice, purpose)
        found = (it for it in self.shortest if (it.task, it.notice, it.purpose) == wanted)
        return next((it.way for it in found), None)


@dataclass(frozen=True)
class Build:
    """A build of the app.

    Attributes:
        digest: SHA-256 of its code.
        version: Its version's name.
        policy: The policy that it had, with its version.
        conditions: What was found in each condition.
    """

    digest: str
    version: str
    policy: str
    conditions: tuple[InCondition, ...]

    def within(self, condition: Mapping[str, str]) -> InCondition | None:
        """What was found in a condition; None where nobody walked there."""
        return next((it for it in self.conditions if dict(it.condition) == dict(condition)), None)


class NoBuild(ValueError):
    """A file is no description of a build."""


def build_text(build: Build) -> str:
    """A build as its file holds it; the same for the same build."""
    values = {
        "format": FORMAT,
        "digest": build.digest,
        "version": build.version,
        "policy": build.policy,
        "conditions": [
            {
                "condition": dict(it.condition),
                "shortest": [
                    {"task": one.task, "notice": one.notice, "purpose": one.purpose}
                    | {"way": list(one.way)}
                    for one in it.shortest
                ],
                "predicted": [
                    {"target": one.target}
                    | {
                        act: None if way is None else list(way)
                        for act, way in (
                            ("accept", one.accept),
                            ("decline", one.decline),
                            ("withdraw", one.withdraw),
                        )
                    }
                    for one in it.predicted
                ],
            }
            for it in build.conditions
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_build(path: Path) -> Build:
    """Read what :func:`build_text` writes.

    Raises:
        NoBuild: It holds something else.
        OSError: It could not be read.
    """
    try:
        return _build(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoBuild(f"{path}: it does not describe a build of the app: {error!r}") from error


def _build(values: Mapping[str, Any]) -> Build:
    if values["format"] != FORMAT:
        raise ValueError(f"format {values['format']!r} is not {FORMAT}")
    conditions = tuple(
        InCondition(
            {str(name): str(level) for name, level in it["condition"].items()},
            tuple(
                Shortest(
                    str(one["task"]), Stand(one["notice"]), Stand(one["purpose"]), _way(one["way"])
                )
                for one in it["shortest"]
            ),
            tuple(
                Predicted(
                    str(one["target"]),
                    *(
                        None if one[act] is None else _way(one[act])
                        for act in ("accept", "decline", "withdraw")
                    ),
                )
                for one in it["predicted"]
            ),
        )
        for it in values["conditions"]
    )
    return Build(str(values["digest"]), str(values["version"]), str(values["policy"]), conditions)


def _way(pressed: Iterable[object]) -> Way:
    if isinstance(pressed, str):
        raise TypeError("a way is a list")
    return tuple(map(str, pressed))
