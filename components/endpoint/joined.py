"""Answers that leave in one piece."""

from __future__ import annotations

import asyncio
from typing import Any

_HEAD = b"HTTP/1.1 "


class JoinedWrites:
    """A transport that keeps the head of an answer back until its body comes.

    uvicorn writes the two one after the other, and each writing is a call of the system and a
    packet on the line. A head whose body does not come at once leaves on its own.

    Args:
        transport: Where everything goes; all but :meth:`write` and :meth:`close` is its own.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send, or keep until something follows."""
        if self._head:
            data, self._head = self._head + data, b""
        elif data.startswith(_HEAD):
            self._head = data
            asyncio.get_running_loop().call_soon(self._send_head)
            return
        self._transport.write(data)

    def close(self) -> None:
        """Close, once everything was sent."""
        self._send_head()
        self._transport.close()

    def _send_head(self) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)
