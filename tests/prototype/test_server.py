"""The web app over real sockets: headers, caching, compression, and who may connect."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import flet as ft
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from components.prototype.server import serve, web_app
from tests.patience import PATIENCE

pytestmark = pytest.mark.anyio


def empty_app(page: ft.Page) -> None:
    page.add(ft.Text("hello"))


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serve(web_app(empty_app)) as url:
        yield url


@pytest.fixture
async def client(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        yield client


async def test_the_page_is_served_with_its_guards(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    assert "<!-- fletAppConfig -->" not in page.text and "flet.noCdn=true" in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "http:" not in policy and "https:" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in page.headers
    assert "cross-origin-embedder-policy" not in page.headers
    assert "server" not in page.headers


async def test_any_route_of_the_app_is_the_page_but_a_missing_file_is_missing(
    client: httpx.AsyncClient,
) -> None:
    assert "flet.noCdn=true" in (await client.get("/policy/location")).text
    missing = await client.get("/nothing.png")
    assert missing.status_code == 404 and "content-security-policy" in missing.headers


async def test_no_page_of_fastapi_is_left(client: httpx.AsyncClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        answer = await client.get(path)
        assert "swagger" not in answer.text and "cdn.jsdelivr.net" not in answer.text
        assert "openapi" not in answer.text


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-cache"),
        ("/main.dart.js", "no-cache"),
        ("/canvaskit/skwasm.wasm", "no-cache"),
        ("/assets/fonts/roboto.woff2", "public, max-age=604800"),
        ("/assets/fonts/missing.woff2", "no-cache"),
    ],
)
async def test_only_fonts_are_used_unasked(
    client: httpx.AsyncClient, path: str, caching: str
) -> None:
    answer = await client.get(path)
    assert answer.headers["cache-control"] == caching


@pytest.mark.parametrize("coding", ["gzip", "br"])
async def test_the_client_is_compressed_and_asked_for_again_by_etag(
    client: httpx.AsyncClient, coding: str
) -> None:
    async with client.stream(
        "GET", "/main.dart.wasm", headers={"Accept-Encoding": coding}
    ) as answer:
        sent = sum([len(part) async for part in answer.aiter_raw()])
        assert answer.headers["content-encoding"] == coding
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"] == "application/wasm"
    plain = await client.get("/main.dart.wasm", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert sent < 0.5 * len(plain.content)
    etag = answer.headers["etag"]
    again = await client.get(
        "/main.dart.wasm", headers={"If-None-Match": etag, "Accept-Encoding": coding}
    )
    assert etag.startswith("W/") and again.status_code == 304 and again.content == b""


async def test_compressed_bytes_are_the_file_and_are_made_once(client: httpx.AsyncClient) -> None:
    plain = await client.get("/flutter_bootstrap.js", headers={"Accept-Encoding": "identity"})

    async def fetch() -> bytes:
        headers = {"Accept-Encoding": "br;q=0, gzip"}
        async with client.stream("GET", "/flutter_bootstrap.js", headers=headers) as answer:
            return b"".join([part async for part in answer.aiter_raw()])

    first, second = await asyncio.gather(fetch(), fetch())
    assert first == second and gzip.decompress(first) == plain.content


async def test_what_is_small_or_compressed_already_is_left_alone(
    client: httpx.AsyncClient,
) -> None:
    for path in ("/healthz", "/favicon.png", "/assets/fonts/roboto.woff2"):
        answer = await client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert "content-encoding" not in answer.headers, path
    part = await client.get("/main.dart.js", headers={"Range": "bytes=0-9"})
    assert part.status_code == 206 and len(part.content) == 10


async def test_it_tells_that_it_lives(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def socket_of(address: str) -> str:
    return f"ws://{urlsplit(address).netloc}/ws"


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://127.0.0.1:1", "http://127.0.0.1.evil"]
)
async def test_a_foreign_page_cannot_open_the_websocket(address: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(socket_of(address), origin=origin):  # type: ignore[arg-type]
            pass
    assert refused.value.response.status_code == 403


async def test_the_own_page_and_named_origins_can(address: str) -> None:
    async with connect(socket_of(address), origin=address):  # type: ignore[arg-type]
        pass
    app = web_app(empty_app, allowed_origins={"https://app.example"})
    async with (
        serve(app) as proxied,
        connect(socket_of(proxied), origin="https://app.example"),  # type: ignore[arg-type]
    ):
        pass


async def test_other_routes_come_first_and_get_the_same_headers() -> None:
    async def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.url.path, headers={"Cache-Control": "no-store"})

    app = web_app(empty_app, routes=[Route("/v1/{path:path}", echo)])
    async with serve(app) as url, httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        answer = await client.get("/v1/policies")
    assert answer.text == "/v1/policies"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_two_apps_share_a_process_and_one_may_stop() -> None:
    async with serve(web_app(empty_app)) as first, httpx.AsyncClient(timeout=PATIENCE) as client:
        assert (await client.get(first)).status_code == 200
        async with serve(web_app(empty_app)) as second:
            assert (await client.get(second)).status_code == 200
        assert (await client.get(first)).status_code == 200
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(first)


async def test_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder of web assets"):
        web_app(empty_app, assets_dir=tmp_path / "nothing")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if app.routes == []:
            raise ValueError("cannot start")
        yield

    with pytest.raises(RuntimeError, match="did not start"):
        async with serve(Starlette(lifespan=lifespan)):
            pass
