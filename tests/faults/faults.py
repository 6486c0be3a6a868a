"""What can go wrong on the way, and how often."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum


class Fault(StrEnum):
    """What the proxy does to one request. The request is whole and right where nothing is said."""

    NONE = "none"
    RESET = "reset"
    """The connection is reset; nothing goes on to the endpoint."""
    CLOSED = "closed"
    """The connection is closed without a word; nothing goes on."""
    CUT_REQUEST = "cut-request"
    """Half of the request goes on, then both connections are reset."""
    LOST_ANSWER = "lost-answer"
    """The endpoint has answered; the connection is reset before the client hears of it."""
    DELAY = "delay"
    """Request and answer go through in pieces, with pauses between them."""
    DUPLICATE = "duplicate"
    """The whole request goes on twice at one time, on two connections."""
    REPLAY = "replay"
    """The request goes through; later, after a younger one of its subject, it is sent once more."""
    REORDER = "reorder"
    """The request is held back until a younger one of its subject has gone through."""
    HALF_OPEN = "half-open"
    """Taken and never answered; nothing goes on."""
    MUTE = "mute"
    """Goes on, is answered, and the client never hears of it while it cares to wait."""
    TRUNCATED = "truncated"
    """The answer ends in its middle."""
    ERROR_BEFORE = "error-before"
    """500, 502 or 503 of the proxy's own; nothing goes on."""
    ERROR_AFTER = "error-after"
    """500, 502 or 503 of the proxy's own, after the endpoint has taken the request."""
    PORTAL = "portal"
    """200 with a page of somebody else's, as a hotel's network answers; nothing goes on."""
    GARBAGE_ANSWER = "garbage-answer"
    """The endpoint has answered; random bytes come instead."""
    GARBAGE_REQUEST = "garbage-request"
    """Random bytes go to the endpoint instead; its answer to them goes to the client."""


Plan = Callable[[int, int], Fault]
"""The fault for the n-th request of the m-th connection, both from 1: ``plan(m, n)``."""

MIX: Mapping[Fault, int] = {
    Fault.NONE: 55,
    Fault.RESET: 3,
    Fault.CLOSED: 3,
    Fault.CUT_REQUEST: 3,
    Fault.LOST_ANSWER: 4,
    Fault.DELAY: 5,
    Fault.DUPLICATE: 5,
    Fault.REPLAY: 4,
    Fault.REORDER: 3,
    Fault.HALF_OPEN: 1,
    Fault.MUTE: 1,
    Fault.TRUNCATED: 3,
    Fault.ERROR_BEFORE: 2,
    Fault.ERROR_AFTER: 3,
    Fault.PORTAL: 1,
    Fault.GARBAGE_ANSWER: 2,
    Fault.GARBAGE_REQUEST: 2,
}
"""Out of a hundred requests, how many meet which fault."""


def faultless(_connection: int, _request: int) -> Fault:
    """A good line."""
    return Fault.NONE


def mixed(seed: str, mix: Mapping[Fault, int] = MIX) -> Plan:
    """A bad line: the same seed gives the same fault to the same request of a connection."""
    kinds, weights = list(mix), list(mix.values())

    def fault(connection: int, request: int) -> Fault:
        chance = random.Random(f"{seed}/{connection}/{request}")  # noqa: S311
        return chance.choices(kinds, weights)[0]

    return fault


def in_order(faults: Sequence[Fault]) -> Plan:
    """These faults one after the other, whatever the connection; a good line after them."""
    left = list(faults)
    return lambda _connection, _request: left.pop(0) if left else Fault.NONE
