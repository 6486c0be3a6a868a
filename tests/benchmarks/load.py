"""Keep-alive connections that post one request after another, each as soon as it was answered.

Written on asyncio's streams: a client library would take longer than the server that it measures.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from tests.endpoint.devices import Device, batch

Load = Sequence[Sequence[bytes]]
"""For each connection the requests that it makes one after the other."""


@dataclass(frozen=True)
class Answered:
    """What a load came to.

    Attributes:
        per_second: Requests answered each second.
        median: Seconds until an answer, the median.
        p99: The same, of the slowest hundredth.
    """

    per_second: float
    median: float
    p99: float


def request(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The bytes of one POST of JSON."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = (
        f"POST {path} HTTP/1.1\r\nhost: bench\r\n{lines}"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def new_load(connections: int, requests: int, events: int = 1) -> Load:
    """For each connection a new device, and its record cut into requests of so many events."""
    made = []
    for _ in range(connections):
        device = Device()
        device.choose_many(requests * events)
        made.append(
            [
                request(
                    device.events_path,
                    msgspec.json.encode(batch(device.made[start : start + events])),
                    device.bearer,
                )
                for start in range(0, requests * events, events)
            ]
        )
    return made


def run_load(url: str, connections: Load) -> Answered:
    """Send the requests of each connection in their order.

    Raises:
        AssertionError: An answer was not 2xx.
    """
    return asyncio.run(_run(url, connections))


async def _run(url: str, connections: Load) -> Answered:
    host, port = urlsplit(url).hostname, urlsplit(url).port
    opened = [await asyncio.open_connection(host, port) for _ in connections]
    waits: list[float] = []
    start = time.perf_counter()
    await asyncio.gather(
        *(
            _one(reader, writer, requests, waits)
            for (reader, writer), requests in zip(opened, connections, strict=True)
        )
    )
    took = time.perf_counter() - start
    for _, writer in opened:
        writer.close()
    slowest = statistics.quantiles(waits, n=100)[-1] if len(waits) > 1 else waits[0]
    return Answered(len(waits) / took, statistics.median(waits), slowest)


async def _one(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    requests: Sequence[bytes],
    waits: list[float],
) -> None:
    for it in requests:
        began = time.perf_counter()
        writer.write(it)
        head = await reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        body = await reader.readexactly(length)
        waits.append(time.perf_counter() - began)
        assert head[9:10] == b"2", head + body
