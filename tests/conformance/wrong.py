"""A wrong endpoint: the right one behind a thin layer that gets one thing wrong at a time."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

import httpx
from starlette.types import ASGIApp

Json = dict[str, Any]
_PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Asked:
    """A request on its way in."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def sends(self) -> bool:
        return self.method == "POST" and self.path.endswith("/events")

    @property
    def subject(self) -> str:
        return self.path.split("/")[3] if self.path.startswith("/v1/subjects/") else ""

    @property
    def events(self) -> list[Json]:
        try:
            found = json.loads(self.content)["events"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return []
        return [event for event in found if isinstance(event, dict)]

    def with_events(self, events: list[Json]) -> Asked:
        return replace(self, content=json.dumps({"events": events}).encode())


@dataclass(frozen=True)
class Told:
    """An answer on its way out."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"content-type": "application/json", "cache-control": "no-store"}
    )

    @property
    def acknowledged(self) -> list[Json]:
        return list(self.body["acknowledged"]) if self.status == 200 else []


Right = Callable[[Asked], Awaitable[Told]]
"""The right endpoint, to be asked as often as a fault likes."""


@dataclass
class Memory:
    """What a fault may remember between requests: secrets it has seen, and what was erased."""

    secrets: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    under_way: int = 0


Fault = Callable[[Asked, Right, Memory], Awaitable[Told]]


class WrongEndpoint:
    """An ASGI application: the right one with a fault.

    Args:
        right: The right endpoint.
        fault: What goes wrong.
    """

    def __init__(self, right: ASGIApp, fault: Fault) -> None:
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=right), base_url="http://right"
        )
        self._fault = fault
        self._memory = Memory()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        content = b""
        more = True
        while more:
            message = await receive()
            content += message.get("body", b"")
            more = message.get("more_body", False)
        asked = Asked(
            scope["method"],
            scope["path"],
            scope["query_string"].decode(),
            {name.decode().lower(): value.decode() for name, value in scope["headers"]},
            content,
        )
        told = await self._fault(asked, self._right, self._memory)
        body = told.body if isinstance(told.body, bytes) else json.dumps(told.body).encode()
        headers = [(name.encode(), value.encode()) for name, value in told.headers.items()]
        await send({"type": "http.response.start", "status": told.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _right(self, asked: Asked) -> Told:
        headers = {
            name: value
            for name, value in asked.headers.items()
            if name not in ("content-length", "host")
        }
        response = await self._client.request(
            asked.method,
            f"{asked.path}?{asked.query}" if asked.query else asked.path,
            headers=headers,
            content=asked.content,
        )
        kept = ("content-type", "cache-control", "www-authenticate")
        told = {name: response.headers[name] for name in kept if name in response.headers}
        try:
            body: Any = response.json()
        except ValueError:
            body = response.content
        token = asked.headers.get("authorization", "").partition(" ")[2]
        if response.status_code == 200 and asked.subject:
            self._memory.secrets.setdefault(asked.subject, token)
        return Told(response.status_code, body, told)

    async def close(self) -> None:
        await self._client.aclose()


def taken(asked: Asked) -> Told:
    """The answer of an endpoint that takes whatever comes, and does nothing with it."""
    return Told(
        200,
        {
            "acknowledged": [
                {
                    "event_id": event.get("event_id"),
                    "hash": event.get("hash"),
                    "received_at": "2021-11-01T08:00:00.000Z",
                    "outcome": "stored",
                    "late": False,
                    "clock_skew_ms": None,
                }
                for event in asked.events
            ]
        },
    )


def refused(status: int, slug: str) -> Told:
    """A refusal in the right form."""
    body = {"type": f"urn:mingshi:problem:{slug}", "title": slug, "status": status, "detail": ""}
    return Told(status, body, {"content-type": _PROBLEM})


def query_token(asked: Asked) -> str:
    """A token that stands in the address."""
    for values in parse_qs(asked.query).values():
        for value in values:
            if len(value) == 43:
                return value
    return ""
