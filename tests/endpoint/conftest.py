"""A running endpoint on a real file and a real socket, and a client that checks its answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from components.endpoint import EmbeddedEndpoint, run_embedded

from .conformity import check_response
from .devices import Device


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "made" / "endpoint.sqlite3"


@pytest.fixture
def database_url(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
async def endpoint(database_url: str) -> AsyncIterator[EmbeddedEndpoint]:
    async with run_embedded(database_url) as running:
        yield running


@pytest.fixture
async def client(endpoint: EmbeddedEndpoint) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=endpoint.url, event_hooks={"response": [check_response]}
    ) as opened:
        yield opened


@pytest.fixture
def endpoint_address(endpoint: EmbeddedEndpoint) -> tuple[str, int]:
    url = httpx.URL(endpoint.url)
    assert url.port is not None
    return url.host, url.port
