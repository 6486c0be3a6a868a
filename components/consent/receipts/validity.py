"""How long a decision holds (27560: validity duration)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ...policy.pack import Permission, PermissionUse, Purpose
from ..event import Event, TargetKind
from .context import by_language
from .wording import WORDINGS, RecordWording


def validity(event: Event, purpose: Purpose, permission: Permission | None) -> dict[str, Any]:
    """Until when a decision holds, unless something else is decided before.

    Args:
        event: The decision.
        purpose: What it is about; for the base notice any of its purposes.
        permission: The permission it is about, if it is about one.
    """
    if not event.status.permits:
        return _duration("dpv:UntilEventDuration", lambda words: words.valid_until_changed)
    if permission is not None and permission.use is PermissionUse.ONCE_PER_GESTURE:
        return _duration("dpv:FixedOccurrencesDuration", lambda words: words.valid_once)
    if event.target.kind is TargetKind.PURPOSE and purpose.valid_for is not None:
        length = purpose.valid_for
        described = _duration(
            "dpv:TemporalDuration",
            lambda words: words.valid_for.format(length=_in_words(length, words)),
        )
        return {**described, "mingshi:length": _iso(length)}
    return _duration("dpv:UntilEventDuration", lambda words: words.valid_until_withdrawn)


def _duration(kind: str, phrase: Callable[[RecordWording], str]) -> dict[str, Any]:
    texts = {locale: phrase(words) for locale, words in WORDINGS.items()}
    return {"@type": kind, "dct:description": by_language(texts)}


def _in_words(length: timedelta, words: RecordWording) -> str:
    days, rest = divmod(length, timedelta(days=1))
    if not rest:
        return (words.day if days == 1 else words.days).format(number=days)
    hours = round(length / timedelta(hours=1))
    return (words.hour if hours == 1 else words.hours).format(number=hours)


def _iso(length: timedelta) -> str:
    """As ISO 8601 and XML Schema write a duration: ``P180D``, ``P1DT43200S``."""
    days, rest = divmod(length, timedelta(days=1))
    seconds = rest // timedelta(seconds=1)
    if not seconds:
        return f"P{days}D"
    return f"P{days}DT{seconds}S" if days else f"PT{seconds}S"
