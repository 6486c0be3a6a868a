"""HTTP/1.1 messages as bytes: as much as a proxy has to know to tell where one ends."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from http import HTTPStatus

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_EVENT = b'"event_id":'


@dataclass(frozen=True)
class Message:
    """One request or answer, untouched: its head with the empty line, and its body."""

    head: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        """All of it."""
        return self.head + self.body

    @property
    def path(self) -> str:
        """Of a request: what it asks for."""
        return self.head.split(b" ", 2)[1].decode("latin-1")

    @property
    def events(self) -> int:
        """Of a batch: how many events are in it."""
        return self.body.count(_EVENT)


async def read_message(reader: asyncio.StreamReader) -> Message | None:
    """The next message of a connection; None where the connection ends before its first byte.

    Raises:
        asyncio.IncompleteReadError: The connection ends within a message.
        OSError: The connection broke.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    announced = _LENGTH.search(head)
    length = int(announced[1]) if announced else 0
    return Message(head, await reader.readexactly(length))


def answer(status: int, body: bytes, media_type: str = "text/plain") -> bytes:
    """An answer of the proxy's own."""
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
        f"content-type: {media_type}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
