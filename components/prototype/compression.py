"""Compression that is done once for each file, not once for each request.

The Flet client is some 16 MB of WebAssembly and scripts that never change while a server runs.
Compressing it anew for every visitor takes longer than sending it. As small as it can be it takes
a processor most of a minute, which nobody should wait for: that is done beside, if at all.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

try:
    import brotli
except ImportError:  # brotli is an extra; gzip comes with Python
    brotli = None

_COMPRESSIBLE = re.compile(
    r"^(?:text/|image/svg\+xml|font/(?:otf|ttf)|application/"
    r"(?:javascript|json|wasm|manifest\+json|vnd\.ms-opentype|octet-stream|x-font-(?:otf|ttf)))"
)
_MINIMUM_BYTES = 512
_SMALL_BYTES = 64 * 1024
_MAXIMUM_CACHED_FILES = 512
_QUICK, _SMALLEST = 5, 11
"""Qualities of brotli."""
_LARGEST_WINDOW = 24
_CHUNK_BYTES = 256 * 1024
"""So much is compressed without a pause, in about a second."""


_Key = tuple[str, str, str]
"""Path, ETag and coding."""


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _brotli(body: bytes) -> bytes:
    compressed: bytes = brotli.compress(body, quality=_QUICK)
    return compressed


_made: dict[tuple[str, bytes], bytes] = {}
"""What this process has compressed, by coding and the digest of what it was made from: its apps
serve the same client, and the second need not compress it again."""


def _made_once(coding: str, coder: Callable[[bytes], bytes], body: bytes) -> bytes:
    key = coding, hashlib.sha256(body).digest()
    made = _made.get(key)
    if made is None:
        if len(_made) >= _MAXIMUM_CACHED_FILES:
            _made.clear()
        made = _made[key] = coder(body)
    return made


def _coders() -> dict[str, Callable[[bytes], bytes]]:
    return {"gzip": _gzip} if brotli is None else {"br": _brotli, "gzip": _gzip}


class Compression:
    """ASGI middleware: brotli or gzip for whole responses, kept by path and ETag.

    Only successful GET responses with an ETag are kept; others are compressed as they pass.
    Ranges and responses that stream without a known length are left alone.

    Args:
        app: The application within.
        thorough: Whether large files, once they were asked for, are also compressed as far as
            brotli can, one after the other on one processor; the next who ask get those. It
            spares a first visit nearly a tenth of its bytes.
    """

    def __init__(self, app: ASGIApp, thorough: bool = False) -> None:
        self._app = app
        self._coders = _coders()
        self._kept: dict[_Key, asyncio.Task[bytes]] = {}
        self._thorough = thorough and "br" in self._coders
        self._one_at_a_time = asyncio.Lock()
        self._under_way: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and compress what comes back where the client takes it."""
        coding = self._coding(scope)
        if coding is None:
            await self._app(scope, receive, send)
            return
        response = _CompressedResponse(self, scope["path"], coding, send)
        await self._app(scope, receive, response.send)

    def _coding(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        accepted = {
            part.split(";")[0].strip()
            for part in Headers(scope=scope).get("accept-encoding", "").split(",")
            if not part.replace(" ", "").endswith(";q=0")
        }
        return next((coding for coding in self._coders if coding in accepted), None)

    async def compressed(self, path: str, etag: str | None, coding: str, body: bytes) -> bytes:
        """The body in a coding, from memory if it has been asked for before."""
        if etag is None:
            return await self._compress(coding, body)
        key = (path, etag, coding)
        if key not in self._kept:
            if len(self._kept) >= _MAXIMUM_CACHED_FILES:
                self._kept.clear()
            # A task, so that visitors who come at once wait for the same work.
            self._kept[key] = asyncio.create_task(self._compress_file(coding, body))
            if self._thorough and coding == "br" and len(body) >= _SMALL_BYTES:
                better = asyncio.create_task(self._replace(key, body))
                self._under_way.add(better)
                better.add_done_callback(self._under_way.discard)
        return await asyncio.shield(self._kept[key])

    async def _compress(self, coding: str, body: bytes) -> bytes:
        coder = self._coders[coding]
        return coder(body) if len(body) < _SMALL_BYTES else await asyncio.to_thread(coder, body)

    async def _compress_file(self, coding: str, body: bytes) -> bytes:
        # What is soon replaced is not worth keeping for others.
        if self._thorough or len(body) < _SMALL_BYTES:
            return await self._compress(coding, body)
        return await asyncio.to_thread(_made_once, coding, self._coders[coding], body)

    async def _replace(self, key: _Key, body: bytes) -> None:
        """Put the smallest form of a file in the place of the quick one."""
        async with self._one_at_a_time:
            smallest = asyncio.create_task(_as_small_as_can_be(body))
            await smallest
            self._kept[key] = smallest


async def _as_small_as_can_be(body: bytes) -> bytes:
    """Piece by piece, so that the end of the server need not wait for the whole."""
    compressor = brotli.Compressor(quality=_SMALLEST, lgwin=_LARGEST_WINDOW)
    pieces: list[bytes] = []
    for start in range(0, len(body), _CHUNK_BYTES):
        piece = body[start : start + _CHUNK_BYTES]
        pieces.append(await asyncio.to_thread(compressor.process, piece))
    pieces.append(await asyncio.to_thread(compressor.finish))
    return b"".join(pieces)


class _CompressedResponse:
    """Holds one response back until it is whole, unless it should not be compressed."""

    def __init__(self, owner: Compression, path: str, coding: str, send: Send) -> None:
        self._owner = owner
        self._path = path
        self._coding = coding
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if _should_compress(message):
                self._start = message
            else:
                await self._send(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start, bytes(self._body))

    async def _finish(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(scope=start)
        etag = headers.get("etag")
        body = await self._owner.compressed(self._path, etag, self._coding, body)
        headers["Content-Encoding"] = self._coding
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        if etag is not None and not etag.startswith("W/"):
            # The same file in other bytes: equal for caching, not byte for byte.
            headers["ETag"] = f"W/{etag}"
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _should_compress(start: Message) -> bool:
    headers = Headers(scope=start)
    length = int(headers.get("content-length", "0"))
    return (
        start["status"] == 200
        and "content-encoding" not in headers
        and length >= _MINIMUM_BYTES
        and _COMPRESSIBLE.match(headers.get("content-type", "")) is not None
    )
