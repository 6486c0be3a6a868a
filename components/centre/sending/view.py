"""The state of sending, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ...consent.event import TargetKind
from ...consent.outbox import Rejection
from ...consent.status import ConsentStatus
from ...policy.pack import Pack
from ...sync.remedy import Remedy, remedy_for
from ...sync.state import SyncState
from ..history.view import target_name
from ..view import local_moment


@dataclass(frozen=True)
class RejectedItem:
    """A choice that the service would not take: what it is about (None: the base notice), why in
    the service's own words, and what helps."""

    event_id: str
    kind: TargetKind
    what: str | None
    status: ConsentStatus
    occurred_at: datetime
    reason: str
    remedy: Remedy


@dataclass(frozen=True)
class SendingView:
    """How sending stands. ``last_sent_at`` is when the service took the newest choice it has."""

    sync: SyncState
    last_sent_at: datetime | None = None
    rejected: tuple[RejectedItem, ...] = ()


def rejected_items(
    pack: Pack, rejections: Iterable[Rejection], locale: str, zone: tzinfo | None = None
) -> tuple[RejectedItem, ...]:
    """What the service would not take, the newest first.

    Args:
        pack: Has the names.
        rejections: As the outbox has them.
        locale: Language of the names.
        zone: Time zone of moments; None for the system's.
    """
    items = [
        RejectedItem(
            event_id=it.event.event_id,
            kind=it.event.target.kind,
            what=target_name(pack, it.event.target, locale),
            status=it.event.status,
            occurred_at=local_moment(it.event, zone),
            reason=it.reason,
            remedy=remedy_for(it.code),
        )
        for it in rejections
    ]
    return tuple(reversed(items))
