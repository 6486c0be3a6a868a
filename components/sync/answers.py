"""What sending and asking can come to: one of a few answers, and never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..consent.fold import Witness


class FailureKind(StrEnum):
    """Why something did not arrive, may not have, or was not done."""

    HELD = "held"
    """Nothing may travel yet: the base notice was never accepted here."""
    OFFLINE = "offline"
    """The device knows that it has no network; nothing was tried."""
    NO_ENDPOINT = "no-endpoint"
    """None is set up; the record stays on the device."""
    NO_CONNECTION = "no-connection"
    TIMED_OUT = "timed-out"
    THROTTLED = "throttled"
    """The endpoint asks to be sent less (429)."""
    ENDPOINT_FAILED = "endpoint-failed"
    """The endpoint has trouble of its own (5xx)."""
    NOT_AUTHORISED = "not-authorised"
    """The endpoint does not take this device's secret, or has nothing there (401, 403, 404)."""
    UNEXPECTED_ANSWER = "unexpected-answer"
    """Whatever answered does not speak as a consent endpoint does."""
    UNTRUE_RECORD = "untrue-record"
    """What came back cannot be the record that was asked for: another subject's, a broken chain,
    an event that cannot be true, more than a record holds. Nothing of it was kept."""
    ERASED = "erased"
    """The record of this subject was erased at the endpoint; nothing more is taken for it."""
    LOGIN_NOT_PROVEN = "login-not-proven"
    """The login token proves no login of this installation's; log in again."""
    CONTRADICTED = "contradicted"
    """The endpoint has something else under the same id, or takes no such thing."""
    INTERNAL = "internal"
    """A fault on this device: the store, or the program itself."""


@dataclass(frozen=True)
class Delivered:
    """The endpoint has these events durably, each with the hash it was sent with.

    Attributes:
        event_ids: Of the events.
        witnesses: For each event's id, when the endpoint received it and how wrong this device's
            clock was, as far as it says.
    """

    event_ids: frozenset[str]
    witnesses: Mapping[str, Witness] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Why the endpoint will never take an event.

    Attributes:
        code: One of the endpoint's fault codes; see :func:`~.remedy.remedy_for`.
        reason: The same in the endpoint's words.
    """

    code: str
    reason: str


@dataclass(frozen=True)
class Refused:
    """The endpoint stored nothing, and will never take the events named here.

    Attributes:
        faults: For each such event's id, why. Never empty.
    """

    faults: Mapping[str, Fault]


@dataclass(frozen=True)
class TooLarge:
    """The batch has too many bytes for the endpoint; nothing was stored. Send fewer events."""


@dataclass(frozen=True)
class Erased:
    """The subject's record was erased at the endpoint; nothing will ever be taken for it again."""


@dataclass(frozen=True)
class Unreachable:
    """No answer that settles anything: the events may have arrived or not. Send them again.

    Attributes:
        reason: What went wrong.
        retry_after: Seconds the endpoint asks to be left alone; None if it did not ask.
    """

    reason: FailureKind
    retry_after: float | None = None


Answer = Delivered | Refused | TooLarge | Erased | Unreachable


@dataclass(frozen=True)
class Failed:
    """A question to the endpoint was not answered, or not done. Ask again another time.

    Attributes:
        reason: What went wrong.
        retry_after: Seconds the endpoint asks to be left alone; None if it did not ask.
    """

    reason: FailureKind
    retry_after: float | None = None
