"""Examples of the state of sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import flet as ft

from ...consent.outbox import Rejection
from ...surface.example import Example, Setting
from ...sync.answers import FailureKind
from ...sync.state import SyncPhase, SyncState
from ..example_records import agreed, chain
from .sending import Sending, SendingActs
from .view import SendingView, rejected_items

_LAST = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
_CODES = (
    ("too-large", "too large for the endpoint"),
    ("forked-record", "event 3 is already stored with another hash"),
    ("erased", "the record was erased"),
    ("quota", ""),
)


def _sending(
    state: SyncState, last: datetime | None = _LAST, rejected: int = 0
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        events = chain(agreed(setting))
        rejections = [
            Rejection(event, code, reason)
            for event, (code, reason) in zip(events[:rejected], _CODES[:rejected], strict=True)
        ]
        return Sending(
            SendingView(
                state,
                last,
                rejected_items(setting.pack, rejections, setting.language.locale, UTC),
            ),
            setting.language,
            SendingActs(
                send_now=setting.does("send-now"),
                keep=setting.does("keep"),
                close=setting.does("close"),
                contact=setting.does("contact"),
            ),
        )

    return build


def _waiting(reason: FailureKind, next_try_at: datetime | None = None) -> SyncState:
    return SyncState(
        SyncPhase.WAITING, pending=2, rejected=0, next_try_at=next_try_at, last_error=reason
    )


EXAMPLES = (
    Example("all-sent", "Everything has arrived.", _sending(SyncState(SyncPhase.IDLE, 0, 0))),
    Example("held", "Nothing may be sent yet.", _sending(SyncState(SyncPhase.HELD, 1, 0), None)),
    Example("sending", "A batch is under way.", _sending(SyncState(SyncPhase.SENDING, 3, 0))),
    Example(
        "waiting",
        "The service cannot be reached; tried again soon.",
        _sending(_waiting(FailureKind.NO_CONNECTION, datetime(2026, 3, 3, 19, 0, tzinfo=UTC))),
    ),
    Example("offline", "No network.", _sending(SyncState(SyncPhase.OFFLINE, 1, 0), None)),
    Example("no-service", "The app has none.", _sending(_waiting(FailureKind.NO_ENDPOINT), None)),
    Example(
        "rejected",
        "Four choices were not accepted, for four reasons.",
        _sending(SyncState(SyncPhase.IDLE, 0, 4), rejected=4),
    ),
    Example("erased", "The record was erased.", _sending(SyncState(SyncPhase.ERASED, 0, 0))),
)
