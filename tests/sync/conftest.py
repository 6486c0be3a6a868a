"""A real ledger, a real endpoint and the way between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from components.consent.ledger import Ledger
from components.endpoint import EmbeddedEndpoint, run_embedded
from components.sync import HttpxTransport
from components.sync.rights_store import RequestStore


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "device" / "ledger.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> RequestStore:
    """A device's requests to exercise a right."""
    return RequestStore(tmp_path / "requests.sqlite")


@pytest.fixture
async def endpoint(tmp_path: Path) -> AsyncIterator[EmbeddedEndpoint]:
    async with run_embedded(f"sqlite:///{tmp_path}/endpoint.sqlite3") as running:
        yield running


@pytest.fixture
async def transport(endpoint: EmbeddedEndpoint) -> AsyncIterator[HttpxTransport]:
    opened = HttpxTransport(endpoint.url)
    yield opened
    await opened.close()
