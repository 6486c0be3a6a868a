"""What is compressed again, beside: as small as can be, for whoever comes later."""

from __future__ import annotations

import asyncio
import gzip
import threading
from pathlib import Path

import brotli
import httpx
import pytest
from flet_web import get_package_web_dir
from starlette.types import Receive, Scope, Send

from components.prototype import compression
from components.prototype.compression import Compression
from tests.patience import PATIENCE

pytestmark = pytest.mark.anyio

LINES = "".join(f"{number * 7919 % 10007} 明示\n" for number in range(40_000)).encode()
CLIENT = Path(get_package_web_dir()) / "main.dart.wasm"
_POLL_SECONDS = 0.05


class Serves:
    """An ASGI application with one file."""

    def __init__(self, file: bytes) -> None:
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"text/plain"),
            (b"content-length", b"%d" % len(self._file)),
            (b"etag", b'"one"'),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self._file})


class Visitor:
    """Asks for the file in one coding."""

    def __init__(self, file: bytes, coding: str, *, thorough: bool) -> None:
        self._app = Compression(Serves(file), thorough=thorough)
        self._coding = coding

    async def fetch(self) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app)) as client:
            return await client.get("http://a/", headers={"Accept-Encoding": self._coding})


def length(answer: httpx.Response) -> int:
    return int(answer.headers["content-length"])


async def test_whoever_comes_later_gets_a_smaller_form_of_the_same_file() -> None:
    visitor = Visitor(LINES, "br", thorough=True)
    last = first = await visitor.fetch()
    async with asyncio.timeout(PATIENCE):
        while length(last) >= length(first):
            await asyncio.sleep(_POLL_SECONDS)
            last = await visitor.fetch()
    assert first.content == last.content == LINES
    assert last.headers["content-encoding"] == "br"
    # Who has the larger one need not fetch it again.
    assert last.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(("coding", "thorough"), [("gzip", True), ("br", False)])
async def test_nothing_is_done_beside_for_gzip_or_unasked(
    coding: str, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bytes] = []

    async def smallest(body: bytes) -> bytes:
        begun.append(body)
        return body

    monkeypatch.setattr(compression, "_as_small_as_can_be", smallest)
    visitor = Visitor(LINES, coding, thorough=thorough)
    first = await visitor.fetch()
    assert first.content == LINES
    assert length(await visitor.fetch()) == length(first)
    assert begun == []


def test_the_end_does_not_wait_for_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []
    begun = threading.Event()
    compressor = brotli.Compressor

    class Counting:
        def __init__(self, quality: int, **settings: int) -> None:
            self._real = compressor(quality=quality, **settings)
            self._counts = quality == 11

        def process(self, piece: bytes) -> bytes:
            if self._counts:
                pieces.append(len(piece))
                begun.set()
            compressed: bytes = self._real.process(piece)
            return compressed

        def finish(self) -> bytes:
            compressed: bytes = self._real.finish()
            return compressed

    async def main(file: bytes) -> None:
        await Visitor(file, "br", thorough=True).fetch()
        await asyncio.to_thread(begun.wait)

    file = CLIENT.read_bytes()
    monkeypatch.setattr(brotli, "Compressor", Counting)
    asyncio.run(main(file))
    assert 0 < sum(pieces) < len(file) / 2


@pytest.mark.parametrize("coding", ["br", "gzip"])
async def test_a_second_app_does_not_compress_the_same_file_again(
    coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compressed: list[bytes] = []

    def counted(body: bytes) -> bytes:
        compressed.append(body)
        made: bytes = brotli.compress(body) if coding == "br" else gzip.compress(body)
        return made

    monkeypatch.setattr(compression, "_brotli", counted)
    monkeypatch.setattr(compression, "_gzip", counted)
    one, other = LINES + b"one", LINES + b"other"
    for file in (one, one, other):
        answer = await Visitor(file, coding, thorough=False).fetch()
        assert answer.content == file
        assert answer.headers["content-encoding"] == coding
    assert compressed == [one, other]
