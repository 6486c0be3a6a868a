"""What sending can come to: one of three answers, and never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """Why events did not arrive, or may not have."""

    NO_ENDPOINT = "no-endpoint"
    """None is set up; the record stays on the device."""
    NO_CONNECTION = "no-connection"
    TIMED_OUT = "timed-out"
    THROTTLED = "throttled"
    """The endpoint asks to be sent less (429)."""
    ENDPOINT_FAILED = "endpoint-failed"
    """The endpoint has trouble of its own (5xx)."""
    NOT_AUTHORISED = "not-authorised"
    """The endpoint does not take this device's secret (401, 403)."""
    UNEXPECTED_ANSWER = "unexpected-answer"
    """Whatever answered does not speak as a consent endpoint does."""
    INTERNAL = "internal"
    """A fault on this device: the store, or the program itself."""


@dataclass(frozen=True)
class Delivered:
    """The endpoint has these events durably, each with the hash it was sent with."""

    event_ids: frozenset[str]


@dataclass(frozen=True)
class Refused:
    """The endpoint stored nothing, and will never take the events named here.

    Attributes:
        reasons: For each such event's id, why, in the endpoint's words. Never empty.
    """

    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Unreachable:
    """No answer that settles anything: the events may have arrived or not. Send them again.

    Attributes:
        reason: What went wrong.
        retry_after: Seconds the endpoint asks to be left alone; None if it did not ask.
    """

    reason: FailureKind
    retry_after: float | None = None


Answer = Delivered | Refused | Unreachable
