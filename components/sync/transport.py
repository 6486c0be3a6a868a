"""The way to the endpoint: over HTTP, or none."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

from ..consent.clock import Clock, SystemClock
from ..consent.event import Event
from ..consent.fold import Witness
from .answers import Answer, Delivered, Erased, FailureKind, Fault, Refused, TooLarge, Unreachable
from .calls import Reply, failure_of

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 15.0
LARGEST_ANSWER_BYTES = 4 * 1024 * 1024
"""Longest answer that is read; a page of 500 events is a quarter of it."""

_TIMEOUTS_A_CALL = 4
"""How many timeouts a whole call may take, so that an answer cannot drip in for ever."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_REFUSALS = (409, 422)


class Transport(Protocol):
    """A way to send events to the endpoint."""

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

    async def call(
        self,
        method: str,
        path: Sequence[str],
        secret: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Reply | Unreachable:
        """Always unreachable."""
        return Unreachable(FailureKind.NO_ENDPOINT)

    async def close(self) -> None:
        """There is nothing to close."""


@dataclass(frozen=True)
class Request:
    """One request to the endpoint, ready to be carried.

    Attributes:
        method: In capitals.
        url: Where to.
        headers: By their names in lower case.
        content: What is sent; None for nothing.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None


class EndpointTransport(ABC):
    """Speaks with a consent endpoint over HTTP; what carries the requests is the heirs' affair.

    Belongs to one event loop. Close it when nobody uses it any more. It follows no redirect, keeps
    no cookie, and what it asks stands in no log.

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

    async def send(self, subject: str, secret: str, events: Sequence[Event]) -> Answer:
        """Send a batch; see :class:`Transport`."""
        reply = await self.call(
            "POST",
            ("subjects", subject, "events"),
            secret,
            body={"events": [event.to_json() for event in events]},
        )
        return reply if isinstance(reply, Unreachable) else _understood(reply, events)

    async def call(
        self,
        method: str,
        path: Sequence[str],
        secret: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Reply | Unreachable:
        """Ask anything; see :class:`~.calls.Calls`."""
        headers = {
            "authorization": f"Bearer {secret}",
            "mingshi-sent-at": self._clock.now().isoformat(timespec="milliseconds"),
        }
        if body is not None:
            headers["content-type"] = "application/json"
        parameters = f"?{urlencode(query)}" if query else ""
        request = Request(
            method,
            "/".join([self._url, "v1", *(quote(part, safe="") for part in path)]) + parameters,
            headers,
            None if body is None else json.dumps(body, ensure_ascii=False).encode(),
        )
        try:
            async with asyncio.timeout(_TIMEOUTS_A_CALL * self._timeout):
                return await self._carry(request)
        except TimeoutError:
            return Unreachable(FailureKind.TIMED_OUT)

    @abstractmethod
    async def close(self) -> None:
        """Close the connections. A later call opens new ones."""

    @abstractmethod
    async def _carry(self, request: Request) -> Reply | Unreachable:
        """Carry a request there and the answer back; raises nothing but TimeoutError."""

    def _reply(self, status: int, content: bytes, retry_after: str | None) -> Reply:
        """What came back, read as far as it can be.

        Args:
            status: Status code.
            content: The whole body.
            retry_after: The header of that name, in either form; None if there was none.
        """
        return Reply(status, _json_object(content), self._seconds(retry_after), content)

    def _seconds(self, value: str | None) -> float | None:
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


class HttpxTransport(EndpointTransport):
    """Carries requests with httpx. Opens nothing before the first call.

    Args:
        url: See :class:`EndpointTransport`, also for what it raises.
        timeout: The same.
        clock: The same.
        allow_plain_http: The same.
        carrier: Makes what carries the requests, for hosts that pin certificates and for tests;
            by default httpx's own.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        clock: Clock | None = None,
        allow_plain_http: bool = False,
        carrier: Callable[[], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        super().__init__(url, timeout=timeout, clock=clock, allow_plain_http=allow_plain_http)
        self._carrier = carrier
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections. A later call opens new ones."""
        if self._client is not None:
            from .quiet import unlogged

            client, self._client = self._client, None
            with unlogged():
                await client.aclose()

    async def _carry(self, request: Request) -> Reply | Unreachable:
        # Imported here: a start of the app should not pay for it.
        import httpx

        from .quiet import unlogged

        try:
            with unlogged():
                return await self._answered(request)
        except httpx.TimeoutException:
            return Unreachable(FailureKind.TIMED_OUT)
        except httpx.TransportError:
            return Unreachable(FailureKind.NO_CONNECTION)

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:
            from http.cookiejar import CookieJar, DefaultCookiePolicy

            import httpx

            self._client = httpx.AsyncClient(
                timeout=self._timeout,
                transport=None if self._carrier is None else self._carrier(),
                # Whoever stands in the way shall not recognise the device by a cookie.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            )
        return self._client

    async def _answered(self, request: Request) -> Reply | Unreachable:
        client = self._opened()
        response = await client.send(
            client.build_request(
                request.method,
                request.url,
                content=request.content,
                headers={"accept-encoding": "identity", **request.headers},
            ),
            stream=True,
        )
        try:
            if response.headers.get("content-encoding", "identity") != "identity":
                # Not asked for, and a few packed bytes may unpack to more than there is room for.
                return Unreachable(FailureKind.UNEXPECTED_ANSWER)
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > LARGEST_ANSWER_BYTES:
                    return Unreachable(FailureKind.UNEXPECTED_ANSWER)
        finally:
            await response.aclose()
        return self._reply(
            response.status_code, bytes(content), response.headers.get("retry-after")
        )


def _json_object(content: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _understood(reply: Reply, events: Sequence[Event]) -> Answer:
    if reply.status == 200:
        return _delivered(reply.body, events)
    if reply.status in _REFUSALS:
        return _refused(reply.body, events)
    if reply.problem == "erased":
        return Erased()
    # A proxy may take less than the endpoint does; but no proxy is to settle an event's fate.
    if reply.status == 413 and (len(events) > 1 or reply.problem == "too-large"):
        return TooLarge()
    return failure_of(reply)


def _objects(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    entries = body.get(name)
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict)]


def _delivered(body: Mapping[str, Any], events: Sequence[Event]) -> Answer:
    """Delivered, if every event is acknowledged with the hash it was sent with."""
    acknowledged = {
        entry["event_id"]: entry
        for entry in _objects(body, "acknowledged")
        if isinstance(entry.get("event_id"), str)
    }
    if any(acknowledged.get(event.event_id, {}).get("hash") != event.hash for event in events):
        return Unreachable(FailureKind.UNEXPECTED_ANSWER)
    witnesses = {event.event_id: witness_of(acknowledged[event.event_id]) for event in events}
    return Delivered(
        frozenset(event.event_id for event in events),
        {event_id: witness for event_id, witness in witnesses.items() if witness is not None},
    )


def witness_of(entry: Mapping[str, Any]) -> Witness | None:
    """What the endpoint says about an event's time; None if it says nothing that can be read."""
    received_at, skew = entry.get("received_at"), entry.get("clock_skew_ms")
    if not isinstance(received_at, str) or not (skew is None or type(skew) is int):
        return None
    try:
        moment = datetime.fromisoformat(received_at)
        return None if moment.tzinfo is None else Witness(moment, skew)
    except ValueError:
        return None


def _refused(body: Mapping[str, Any], events: Sequence[Event]) -> Answer:
    """Refused, if at least one of the events is named; a bare 409 settles nothing."""
    sent = {event.event_id for event in events}
    faults = {
        entry["event_id"]: Fault(str(entry.get("code", "")), str(entry.get("reason", "")))
        for entry in _objects(body, "events")
        if isinstance(entry.get("event_id"), str) and entry["event_id"] in sent
    }
    return Refused(faults) if faults else Unreachable(FailureKind.UNEXPECTED_ANSWER)
