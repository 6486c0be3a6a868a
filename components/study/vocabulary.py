"""The closed vocabulary of a record: every event, every field, and what may stand in it.

There is no field for a text, a place on the screen, a place on earth, or a device: a word is of the
file's own making (an id of a step, an item, a clause, a purpose), and everything else is a number
or one of some words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from .words import Fact, Layer, Scope

Check = Callable[[object], bool]

_WORD = re.compile(r"[a-z0-9]+(?:[._:@/-][a-z0-9]+)*", re.IGNORECASE)
_LONGEST_WORD = 64
_HASH = re.compile(r"[0-9a-f]{64}")


class UnknownEvent(ValueError):
    """An event's name, or one of its fields, is none of the vocabulary; the message says which."""


@dataclass(frozen=True)
class Field:
    """What may stand in a field.

    Attributes:
        kind: For the codebook, in a few words.
        holds: Whether a value may stand there.
        needed: Whether it must be there.
    """

    kind: str
    holds: Check
    needed: bool = True


@dataclass(frozen=True)
class Kind:
    """An event of the vocabulary.

    Attributes:
        scope: What the participant must have agreed to; None for what every session has.
        fields: What its ``data`` holds.
    """

    scope: Scope | None
    fields: Mapping[str, Field]


def is_word(value: object) -> bool:
    """Whether a value is an id, up to 64 characters; no text of a person has this form."""
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_WORD
        and _WORD.fullmatch(value) is not None
    )


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= 1_000_000_000


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and 0 <= value <= 1e9


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def one_of(*words: str, needed: bool = True) -> Field:
    """A field in which one of some words stands."""
    return Field(" | ".join(words), lambda value: value in words and type(value) is str, needed)


def _words_of(*words: str) -> Field:
    def holds(value: object) -> bool:
        return isinstance(value, list) and value == sorted(set(value)) and set(value) <= set(words)

    return Field(f"list of: {' | '.join(words)}", holds)


WORD = Field("id", is_word)
MAYBE_WORD = Field("id", is_word, needed=False)
COUNT = Field("whole number", _is_count)
SECONDS = Field("seconds", _is_number)
PIXELS = Field("pixels, whole", _is_count)
SHARE = Field("0 to 1", lambda value: _is_number(value) and value <= 1)
HASH = Field("SHA-256", lambda value: isinstance(value, str) and bool(_HASH.fullmatch(value)))
DAY = Field("day", _is_day)
VALUE = Field("id or number", lambda value: is_word(value) or _is_number(value))
STATE = one_of("granted", "declined", "undecided")
CHOICE = one_of("grant", "decline", "partial", "undecided")
LAYER = one_of(*Layer)
PERMISSION_STATE = one_of("granted", "denied", "limited", "permanently_denied", "unknown")

ZONES = 8 * 16
"""A missed tap is told by its zone of a grid of 8 by 16, and no closer."""


def _study(scope: Scope | None = None, **fields: Field) -> Kind:
    return Kind(scope, fields)


def _stim(**fields: Field) -> Kind:
    return Kind(Scope.BEHAVIOUR, fields)


_TASK: dict[str, Field] = {"task": WORD}

EVENTS: Mapping[str, Kind] = {
    "study.session.started": _study(
        day=DAY, digest=HASH, policy=WORD, transport=one_of("in_process", "local", "network")
    ),
    "study.session.resumed": _study(torn_bytes=COUNT),
    "study.session.ended": _study(reason=one_of("finished", "stopped", "idle", "error")),
    "study.consent.given": _study(text_version=COUNT, scopes=_words_of(*sorted(Scope))),
    "study.assignment.made": _study(position=COUNT, block=COUNT),
    "study.app.renewed": _study(),
    "study.condition.begun": _study(turn=COUNT),
    "study.step.finished": _study(step=WORD),
    "study.task.shown": _study(Scope.BEHAVIOUR, **_TASK),
    "study.task.started": _study(Scope.BEHAVIOUR, **_TASK),
    "study.task.completed": _study(
        Scope.BEHAVIOUR,
        **_TASK,
        outcome=one_of("direct", "indirect", "fail"),
        confidence=Field("1 to 5", lambda value: type(value) is int and 1 <= value <= 5, False),
    ),
    "study.task.skipped": _study(Scope.BEHAVIOUR, **_TASK),
    "study.task.gave_up": _study(Scope.BEHAVIOUR, **_TASK),
    "study.task.assisted": _study(Scope.BEHAVIOUR, **_TASK, help=one_of("hint", "shown")),
    "study.task.unassisted": _study(Scope.BEHAVIOUR, **_TASK),
    "study.item.shown": _study(Scope.ANSWERS, instrument=WORD, item=WORD, position=COUNT),
    "study.item.answered": _study(
        Scope.ANSWERS,
        instrument=WORD,
        item=WORD,
        position=COUNT,
        value=VALUE,
        confidence=Field("1 to 5", lambda value: type(value) is int and 1 <= value <= 5, False),
        rt=SECONDS,
        changed_n=COUNT,
    ),
    "stim.notice.shown": _stim(
        timing=WORD,
        channel=one_of("sheet", "dialog", "page", "banner"),
        trigger=one_of("user", "app"),
        exposure=COUNT,
        blocking=one_of("yes", "no"),
    ),
    "stim.notice.dismissed": _stim(via=one_of("back", "barrier", "close", "timeout")),
    "stim.layer.opened": _stim(opened=LAYER, how=WORD),
    "stim.layer.closed": _stim(closed=LAYER, how=WORD),
    "stim.section.entered": _stim(section=WORD, clause_hash=HASH, chars=COUNT, share=SHARE),
    "stim.section.left": _stim(section=WORD, dwell=SECONDS, dwell_split=SECONDS),
    "stim.scroll": _stim(
        px=PIXELS,
        extent=PIXELS,
        viewport=PIXELS,
        direction=one_of("up", "down", "none"),
        moment=one_of("start", "during", "end"),
    ),
    "stim.find.used": _stim(query_length=COUNT, hits=COUNT),
    "stim.term.opened": _stim(term=WORD),
    "stim.link.followed": _stim(clause=WORD),
    "stim.option.toggled": _stim(from_state=STATE, to_state=STATE, default_state=STATE),
    "stim.decision.made": _stim(
        choice=CHOICE, via=one_of("button", "back", "barrier", "timeout", "settings")
    ),
    "stim.decision.changed": _stim(previous=CHOICE, choice=CHOICE, place=LAYER),
    "stim.decision.withdrawn": _stim(previous=CHOICE, place=LAYER),
    "stim.jit.triggered": _stim(
        feature=WORD,
        permission=WORD,
        user_initiated=one_of("yes", "no"),
        foreground=one_of("yes", "no"),
    ),
    "stim.os_prompt.requested": _stim(permission=WORD, simulated=one_of("yes", "no")),
    "stim.os_prompt.returned": _stim(permission=WORD, state=PERMISSION_STATE),
    "stim.feature.blocked": _stim(feature=WORD),
    "stim.feature.degraded": _stim(feature=WORD),
    "stim.tap": _stim(control=WORD),
    "stim.tap.missed": _stim(
        zone=Field(f"0 to {ZONES - 1}", lambda value: _is_count(value) and value < ZONES)
    ),
    "sys.lifecycle": _stim(state=one_of("hidden", "shown")),
    "sys.error": _stim(code=WORD),
    "sys.sync": _stim(state=WORD, pending=COUNT),
}
"""Every event there is, by name."""

CONTEXT: Mapping[str, Field] = {
    "notice": MAYBE_WORD,
    "layer": one_of(*Layer, needed=False),
    "phase": MAYBE_WORD,
    "target": MAYBE_WORD,
}
"""What may stand beside the data of any event: which notice, where in it, which step, of what."""

UI: Mapping[str, Field] = {
    "dev": one_of("android", "ios", "desktop", "browser"),
    "w": PIXELS,
    "h": PIXELS,
    "scale": SECONDS,
    "locale": WORD,
    "a11y": one_of("yes", "no", "unknown"),
}
"""What is kept of the screen. Nothing of it tells one device from another of its kind."""


def check_event(name: str, context: Mapping[str, Any], data: Mapping[str, Any]) -> Kind:
    """Hold an event against the vocabulary; its kind.

    Raises:
        UnknownEvent: The name, or a field, or what stands in a field, is not in it.
    """
    kind = EVENTS.get(name)
    if kind is None:
        raise UnknownEvent(f"there is no event {name!r}")
    check_fields(name, kind.fields, data)
    check_fields(name, CONTEXT, context)
    return kind


def check_fields(name: str, fields: Mapping[str, Field], values: Mapping[str, Any]) -> None:
    """Hold values against fields.

    Raises:
        UnknownEvent: One is unknown, or missing, or holds what it may not. What it holds is not
            repeated: it may be what was not to be kept.
    """
    for key, value in values.items():
        field = fields.get(key)
        if field is None:
            raise UnknownEvent(f"{name} has no field {key!r}")
        if not field.holds(value):
            raise UnknownEvent(f"{name}: `{key}` must be: {field.kind}")
    if len(values) < len(fields):
        for key, field in fields.items():
            if field.needed and key not in values:
                raise UnknownEvent(f"{name} needs the field {key!r}")


def described(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Fields in plain values, for a codebook."""
    return {key: {"kind": field.kind, "needed": field.needed} for key, field in fields.items()}


def codebook() -> dict[str, Any]:
    """The vocabulary in plain values, to go along with a data set."""
    return {
        "format": 1,
        "events": {
            name: {
                "scope": None if kind.scope is None else kind.scope.value,
                "fields": described(kind.fields),
            }
            for name, kind in EVENTS.items()
        },
        "context": described(CONTEXT),
        "ui": described(UI),
        "facts": [fact.value for fact in Fact],
    }
