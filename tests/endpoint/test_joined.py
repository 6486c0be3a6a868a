"""Head and body of an answer leave together, and nothing is kept back for long."""

from __future__ import annotations

import asyncio

import pytest

from components.endpoint.joined import JoinedWrites

pytestmark = pytest.mark.anyio

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Line(asyncio.Transport):
    """What was given to the system, call by call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.calls.append(bytes(data))

    def close(self) -> None:
        self.calls.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.calls


async def test_a_head_leaves_with_its_body() -> None:
    line = Line()
    joined = JoinedWrites(line)
    joined.write(HEAD)
    joined.write(b"{}")
    joined.write(b"more")
    await asyncio.sleep(0)
    assert line.calls == [HEAD + b"{}", b"more"]


async def test_a_head_without_a_body_leaves_alone() -> None:
    line = Line()
    joined = JoinedWrites(line)
    joined.write(HEAD)
    assert line.calls == []
    await asyncio.sleep(0)
    assert line.calls == [HEAD]
    joined.write(b"late")
    assert line.calls == [HEAD, b"late"]


async def test_an_empty_body_lets_the_head_go() -> None:
    line = Line()
    joined = JoinedWrites(line)
    joined.write(HEAD)
    joined.write(b"")
    assert line.calls == [HEAD]


async def test_nothing_is_lost_when_the_line_is_closed() -> None:
    line = Line()
    joined = JoinedWrites(line)
    joined.write(HEAD)
    joined.close()
    await asyncio.sleep(0)
    assert line.calls == [HEAD, "closed"]
    assert joined.is_closing()
