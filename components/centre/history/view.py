"""The history of a person's choices, as plain data made from events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from ...consent.event import Cause, Event, IndicatedBy, Target, TargetKind
from ...consent.outbox import Delivery
from ...consent.status import ConsentStatus
from ...policy.pack import Pack
from ..view import local_moment


@dataclass(frozen=True)
class HistoryEntry:
    """One event of the record.

    Attributes:
        event_id: Its id.
        kind: Whether it is about the base notice, a purpose, or a permission of the system.
        what: The name of that; None for the base notice.
        status: What came of it.
        cause: Who or what set it.
        label: What was pressed, if anything was.
        occurred_at: When, in the person's time zone.
        by_guardian: Whether a guardian chose.
        version: Of the words that were before the person; None if there were none.
        locale: Their language.
        delivery: How far it has come; None for another device's, which comes from the service.
    """

    event_id: str
    kind: TargetKind
    what: str | None
    status: ConsentStatus
    cause: Cause
    label: str | None
    occurred_at: datetime
    by_guardian: bool
    version: str | None
    locale: str | None
    delivery: Delivery | None


@dataclass(frozen=True)
class HistoryDay:
    """The entries of one day, the newest first."""

    day: date
    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True)
class Subject:
    """Something that was decided about: its ``target``, and its name (None: the base notice)."""

    target: Target
    name: str | None


@dataclass(frozen=True)
class HistoryView:
    """What the history shows.

    Attributes:
        days: The newest first.
        subjects: What was ever decided about, to choose from.
        about: What alone is shown; None for everything.
        more: Whether there are earlier entries.
        readable: False while the record cannot be read.
    """

    days: tuple[HistoryDay, ...]
    subjects: tuple[Subject, ...] = ()
    about: Target | None = None
    more: bool = False
    readable: bool = True


def history_days(
    pack: Pack,
    own: Sequence[Event],
    deliveries: Mapping[int, Delivery],
    locale: str,
    *,
    others: Iterable[Event] = (),
    zone: tzinfo | None = None,
) -> tuple[HistoryDay, ...]:
    """Events by day.

    Args:
        pack: Has the names.
        own: This installation's events.
        deliveries: How far each of them has come, by sequence number.
        locale: Language of the names.
        others: Events of the person's other devices.
        zone: Time zone that days are counted in; None for the system's.
    """
    entries = [
        # What is not known to have arrived has not.
        *(
            _entry(pack, it, deliveries.get(it.sequence, Delivery.PENDING), locale, zone)
            for it in own
        ),
        *(_entry(pack, it, None, locale, zone) for it in others),
    ]
    # Stable, so that events of one moment keep the order of the record.
    entries.sort(key=lambda entry: entry.occurred_at, reverse=True)
    return tuple(
        HistoryDay(day, tuple(group))
        for day, group in groupby(entries, key=lambda entry: entry.occurred_at.date())
    )


def target_name(pack: Pack, target: Target, locale: str) -> str | None:
    """What a target is called; None for the base notice."""
    match target.kind:
        case TargetKind.NOTICE:
            return None
        case TargetKind.PURPOSE if target.id in pack.purposes:
            return pack.text(pack.purposes[target.id].name, locale)
        case TargetKind.PERMISSION if target.id in pack.permissions:
            return pack.text(pack.permissions[target.id].name, locale)
        case _:
            # An older version of the pack knew it; its id is better than nothing.
            return target.id


def _entry(
    pack: Pack, event: Event, delivery: Delivery | None, locale: str, zone: tzinfo | None
) -> HistoryEntry:
    return HistoryEntry(
        event_id=event.event_id,
        kind=event.target.kind,
        what=target_name(pack, event.target, locale),
        status=event.status,
        cause=event.cause,
        label=event.label,
        occurred_at=local_moment(event, zone),
        by_guardian=event.indicated_by is IndicatedBy.GUARDIAN,
        version=None if event.notice is None else event.notice.version,
        locale=None if event.notice is None else event.notice.locale,
        delivery=delivery,
    )
