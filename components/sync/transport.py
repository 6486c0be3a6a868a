"""The way to the endpoint: over HTTP, or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

from ..consent.clock import Clock, SystemClock
from ..consent.event import Event
from .answers import Answer, Delivered, FailureKind, Refused, Unreachable

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 15.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_REFUSALS = (409, 422)


class Transport(Protocol):
    """A way to the endpoint."""

    async def send(self, subject: str, secret: str, events: Sequence[Event]) -> Answer:
        """Send a batch and wait for the answer.

        Args:
            subject: Subject id of every event.
            secret: The device secret whose hash the subject id is.
            events: At least one, in order.
        """


class NoTransport:
    """No endpoint is set up. Nothing is sent and nothing is lost."""

    async def send(self, subject: str, secret: str, events: Sequence[Event]) -> Answer:
        """Always unreachable."""
        return Unreachable(FailureKind.NO_ENDPOINT)


class HttpxTransport:
    """Sends batches to a consent endpoint. Opens nothing before the first of them.

    Belongs to one event loop. Close it when the last synchroniser that uses it has stopped.

    Args:
        url: Where the endpoint is, for example ``https://consent.example``.
        timeout: Seconds to wait for a connection, and between the bytes of an answer.
        clock: The device's clock, whose skew the endpoint measures.
        allow_plain_http: Send the device secret unencrypted to another machine. For a
            developer's own network and nothing else.

    Raises:
        ValueError: The URL is not http or https, or is plain http to another machine.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        clock: Clock | None = None,
        allow_plain_http: bool = False,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the endpoint's URL begins with https://")
        _ = parts.port  # Raises ValueError if it is no port number.
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not allow_plain_http:
            raise ValueError("the device secret is not sent over plain http to another machine")
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._clock = clock or SystemClock()
        self._client: httpx.AsyncClient | None = None

    async def send(self, subject: str, secret: str, events: Sequence[Event]) -> Answer:
        """Send a batch; see :class:`Transport`."""
        # Imported here: a start of the app should not pay for it.
        import httpx

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self._timeout)
        try:
            response = await self._client.post(
                f"{self._url}/v1/subjects/{quote(subject, safe='')}/events",
                content=json.dumps(
                    {"events": [event.to_json() for event in events]}, ensure_ascii=False
                ).encode(),
                headers={
                    "authorization": f"Bearer {secret}",
                    "content-type": "application/json",
                    "mingshi-sent-at": self._clock.now().isoformat(timespec="milliseconds"),
                },
            )
        except httpx.TimeoutException:
            return Unreachable(FailureKind.TIMED_OUT)
        except httpx.TransportError:
            return Unreachable(FailureKind.NO_CONNECTION)
        except httpx.HTTPError:
            # A body that cannot be decoded, for one.
            return Unreachable(FailureKind.UNEXPECTED_ANSWER)
        return self._understood(response, events)

    async def close(self) -> None:
        """Close the connections. A later batch opens new ones."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    def _understood(self, response: httpx.Response, events: Sequence[Event]) -> Answer:
        retry_after = self._retry_after(response.headers.get("retry-after"))
        if response.status_code == 200:
            return _delivered(_json_object(response), events)
        if response.status_code in _REFUSALS:
            return _refused(_json_object(response), events)
        if response.status_code == 429:
            return Unreachable(FailureKind.THROTTLED, retry_after)
        if response.status_code >= 500:
            return Unreachable(FailureKind.ENDPOINT_FAILED, retry_after)
        if response.status_code in (401, 403):
            return Unreachable(FailureKind.NOT_AUTHORISED, retry_after)
        return Unreachable(FailureKind.UNEXPECTED_ANSWER, retry_after)

    def _retry_after(self, value: str | None) -> float | None:
        """Seconds from either form of the header: a number, or a date."""
        if value is None:
            return None
        if value.isascii() and value.isdecimal():
            return float(value)
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        now: datetime = self._clock.now()
        return max(0.0, (moment - now).total_seconds())


def _json_object(response: httpx.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _objects(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    entries = body.get(name)
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict)]


def _delivered(body: Mapping[str, Any], events: Sequence[Event]) -> Answer:
    """Delivered, if every event is acknowledged with the hash it was sent with."""
    acknowledged = {
        entry.get("event_id"): entry.get("hash") for entry in _objects(body, "acknowledged")
    }
    if any(acknowledged.get(event.event_id) != event.hash for event in events):
        return Unreachable(FailureKind.UNEXPECTED_ANSWER)
    return Delivered(frozenset(event.event_id for event in events))


def _refused(body: Mapping[str, Any], events: Sequence[Event]) -> Answer:
    """Refused, if at least one of the events is named; a bare 409 settles nothing."""
    sent = {event.event_id for event in events}
    reasons = {
        entry["event_id"]: str(entry.get("reason", ""))
        for entry in _objects(body, "events")
        if isinstance(entry.get("event_id"), str) and entry["event_id"] in sent
    }
    return Refused(reasons) if reasons else Unreachable(FailureKind.UNEXPECTED_ANSWER)
