"""A running endpoint on a real file and a real socket, and a client that checks its answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from components.consent.clock import ManualClock
from components.endpoint import EmbeddedEndpoint, Settings, run_embedded
from components.endpoint.database import Database
from tests.databases.pool import DatabasePool
from tests.databases.postgres import PostgresCluster
from tests.patience import PATIENCE

from .conformity import check_response
from .devices import Device
from .officers import OfficerKeys


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "made" / "endpoint.sqlite3"


@pytest.fixture
def sqlite_url(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest.fixture(scope="session")
def pool(postgresql: PostgresCluster) -> DatabasePool:
    return DatabasePool(postgresql)


@pytest.fixture
def postgresql_url(postgresql: PostgresCluster, pool: DatabasePool) -> Iterator[str]:
    name = pool.take()
    yield postgresql.url(name)
    pool.give_back(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Every test that takes this runs on both kinds of database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


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
        base_url=endpoint.url, event_hooks={"response": [check_response]}, timeout=PATIENCE
    ) as opened:
        yield opened


@pytest.fixture
def endpoint_address(endpoint: EmbeddedEndpoint) -> tuple[str, int]:
    url = httpx.URL(endpoint.url)
    assert url.port is not None
    return url.host, url.port


@pytest.fixture
def officers(tmp_path: Path) -> OfficerKeys:
    return OfficerKeys(tmp_path, "li-na", "wang-wei")


@pytest.fixture
def calendar() -> ManualClock:
    """What the endpoint of ``office`` takes the time from."""
    return ManualClock(datetime(2021, 11, 1, 8, 0, tzinfo=UTC))


@pytest.fixture
async def office(
    database_url: str, officers: OfficerKeys, calendar: ManualClock
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an endpoint that has officers."""
    settings = Settings(database_url, officers=officers.path)
    async with (
        run_embedded(settings, clock=calendar) as running,
        httpx.AsyncClient(
            base_url=running.url, event_hooks={"response": [check_response]}, timeout=PATIENCE
        ) as opened,
    ):
        yield opened
