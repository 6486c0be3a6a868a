"""One call to the endpoint and its answer, before anyone asks what the answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .answers import Failed, FailureKind, Unreachable

_PROBLEM = "urn:mingshi:problem:"
_MISSES = (401, 403, 404)


@dataclass(frozen=True)
class Reply:
    """A whole answer over HTTP.

    Attributes:
        status: Status code.
        body: The JSON object it carries; empty where it carries none.
        retry_after: Seconds the endpoint asks to be left alone; None if it did not ask.
        content: The bytes it carries, whatever they are.
    """

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    retry_after: float | None = None
    content: bytes = b""

    @property
    def problem(self) -> str | None:
        """The endpoint's own name of a refusal, for example ``erased``; None for anyone else's.

        A status alone may come from anything on the way: a proxy, or a hotel's log-in page.
        """
        kind = self.body.get("type")
        if self.status < 400 or not isinstance(kind, str) or not kind.startswith(_PROBLEM):
            return None
        return kind.removeprefix(_PROBLEM)


class Calls(Protocol):
    """A way to ask the endpoint anything."""

    async def call(
        self,
        method: str,
        path: Sequence[str],
        secret: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Reply | Unreachable:
        """Ask, and wait for the answer.

        Args:
            method: In capitals.
            path: The parts of the path after ``/v1``, unquoted.
            secret: The device secret, sent as the bearer token.
            query: Parameters.
            body: What is sent, as JSON.
        """


def failure_of(reply: Reply) -> Unreachable:
    """What an answer means that is no success and that the call has no own meaning for."""
    if reply.problem == "erased":
        return Unreachable(FailureKind.ERASED)
    if reply.status == 429:
        return Unreachable(FailureKind.THROTTLED, reply.retry_after)
    if reply.status >= 500:
        return Unreachable(FailureKind.ENDPOINT_FAILED, reply.retry_after)
    if reply.status in _MISSES:
        return Unreachable(FailureKind.NOT_AUTHORISED, reply.retry_after)
    return Unreachable(FailureKind.UNEXPECTED_ANSWER, reply.retry_after)


def failed(unreachable: Unreachable) -> Failed:
    """The same, as the answer to a question."""
    return Failed(unreachable.reason, unreachable.retry_after)
