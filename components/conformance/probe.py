"""What the rules send with, and how they read what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..consent.event import Event
from .device import Device, batch

if TYPE_CHECKING:
    import httpx


class Probe:
    """An endpoint under test.

    Args:
        client: With the endpoint's address as its base URL. It stays the caller's to close.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def call(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """One request, whatever comes of it."""
        return await self._client.request(
            method, path, headers=dict(headers or {}), json=json, content=content
        )

    async def send(
        self,
        device: Device,
        events: Sequence[Event | Mapping[str, Any]],
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send events as a device would."""
        return await self.call(
            "POST",
            f"{device.path}/events",
            headers={**device.headers, **(headers or {})},
            json=batch(events),
        )

    async def read(self, device: Device, query: str = "") -> httpx.Response:
        """Read a device's events back."""
        return await self.call("GET", f"{device.path}/events{query}", headers=device.headers)

    async def state(self, device: Device) -> httpx.Response:
        """Read what a device's events leave behind."""
        return await self.call("GET", f"{device.path}/state", headers=device.headers)


def body(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; an empty one if there is none."""
    try:
        value = response.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def entries(response: httpx.Response, name: str) -> list[dict[str, Any]]:
    """A list of objects in an answer; empty if there is none."""
    value = body(response).get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
