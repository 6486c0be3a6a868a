"""An installation begun again from its secret: on a new device, or after its store was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..consent.event import Event
from ..consent.fold import Witness
from ..consent.identity import subject_of
from ..consent.ledger import Ledger
from ..consent.ledger_errors import LedgerError, NotInChain
from .answers import Failed, FailureKind, Unreachable
from .calls import Calls, failed
from .device import broken, refusal
from .pages import MOST_EVENTS, PAGE_EVENTS, read_page


@dataclass(frozen=True)
class Restored:
    """The installation goes on here.

    Attributes:
        events: How many events its record has.
    """

    events: int


async def restore(
    ledger: Ledger, secret: str, calls: Calls, may_send: Callable[[], bool]
) -> Restored | Failed:
    """Begin an empty store as the installation that a secret belongs to.

    All of the record or nothing: until its last page has come, the store is as it was. Refresh the
    record that reads this ledger afterwards.

    The installation must not go on anywhere else: two that do would contradict each other, and the
    endpoint takes what comes first.

    Args:
        ledger: A store in which nothing was ever recorded.
        secret: The installation's device secret.
        calls: The way to the endpoint.
        may_send: Asked before every request. An empty store knows of no accepted notice, so the
            host says whether the person accepted it just now; it is recorded afterwards.

    Raises:
        ValueError: That is no device secret.
    """
    subject = subject_of(secret)
    events: list[Event] = []
    witnesses: dict[str, Witness] = {}
    more = True
    while more:
        if not may_send():
            return Failed(FailureKind.HELD)
        before = events[-1] if events else 0
        reply = await calls.call(
            "GET",
            ("subjects", subject, "events"),
            secret,
            query={"after": events[-1].sequence if events else 0, "limit": PAGE_EVENTS},
        )
        if isinstance(reply, Unreachable):
            return failed(reply)
        page = read_page(reply, subject, before) if reply.status == 200 else refusal(reply)
        if isinstance(page, Failed):
            return page
        events += page.events
        witnesses |= page.witnesses
        if len(events) > MOST_EVENTS:
            return Failed(FailureKind.UNTRUE_RECORD)
        more = page.more
    if not events:
        return Failed(FailureKind.NOT_AUTHORISED)
    try:
        ledger.restore(secret, events, witnesses)
    except NotInChain:
        return Failed(FailureKind.UNTRUE_RECORD)
    except LedgerError as error:
        return broken(error)
    return Restored(len(events))
