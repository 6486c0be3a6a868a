"""The endpoint against c15t's self-hosted backend, each with the same durability.

Both on SQLite with a write-ahead log and synchronous FULL, and on PostgreSQL with
synchronous_commit on; one choice a request, 32 connections. c15t's own code on Node's own server,
as its documentation has it.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlalchemy.engine import make_url

from tests.databases.postgres import PostgresCluster

from .endpoint import CONNECTIONS, Measured, fresh
from .figures import Figure, Size
from .load import Load, new_load, request
from .npm import C15T, install
from .servers import endpoint

_SERVER = Path(__file__).parent / "peers" / "c15t.mjs"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def measure(size: Size) -> list[Figure]:
    """One choice a request on each database, in turn.

    Raises:
        NpmMissing: There is no npm, or no Node.
    """
    with tempfile.TemporaryDirectory() as folder, PostgresCluster.create() as cluster:
        install(C15T, Path(folder))
        server = Path(folder) / _SERVER.name
        server.write_bytes(_SERVER.read_bytes())
        urls: dict[str, Callable[[str], str]] = {
            "sqlite": lambda name: f"sqlite:///{folder}/{name}.sqlite3",
            "postgresql": lambda name: cluster.create_database(f"c15t_{name}"),
        }
        return [_against(server, kind, url_of, size) for kind, url_of in urls.items()]


def c15t(server: Path, kind: str, url: str) -> list[str]:
    """The command of c15t's backend on a database."""
    parsed = make_url(url)
    where = (
        str(parsed.database)
        if kind == "sqlite"
        else parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    )
    return ["node", str(server), kind, where]


def choices(connections: int, requests: int) -> Load:
    """What c15t's own client sends when a person has chosen; each of somebody new."""
    return [[_choice() for _ in range(requests)] for _ in range(connections)]


def _choice() -> bytes:
    subject = "sub_" + "".join(secrets.choice(_BASE58) for _ in range(22))
    body = {
        "type": "cookie_banner",
        "subjectId": subject,
        "domain": "bench.example",
        "preferences": {"necessary": True, "measurement": True, "marketing": False},
        "givenAt": 1_635_750_000_000,
        "jurisdiction": "GDPR",
    }
    return request("/subjects", msgspec.json.encode(body), {})


def _against(server: Path, kind: str, url_of: Callable[[str], str], size: Size) -> Figure:
    rounds, our_requests, their_requests = (3, 150, 15) if size is Size.FULL else (1, 2, 1)
    ours: list[Measured] = []
    theirs: list[Measured] = []
    for number in range(rounds):
        url = url_of(f"theirs_{number}")
        theirs.append(fresh(c15t(server, kind, url), choices(CONNECTIONS, their_requests)))
        url = url_of(f"ours_{number}")
        ours.append(fresh(endpoint(url), new_load(CONNECTIONS, our_requests)))
    middle = statistics.median
    return Figure(
        f"one durable choice a request on {kind} / c15t's backend",
        middle(
            mine.answered.per_second / other.answered.per_second
            for mine, other in zip(ours, theirs, strict=True)
        ),
        at_least=15,
        behind={
            "ours, requests/s": middle(it.answered.per_second for it in ours),
            "c15t, requests/s": middle(it.answered.per_second for it in theirs),
            "ours p99, ms": middle(it.answered.p99 * 1e3 for it in ours),
            "c15t p99, ms": middle(it.answered.p99 * 1e3 for it in theirs),
            "ours, µs of processor": middle(it.processor * 1e6 for it in ours),
            "c15t, µs of processor": middle(it.processor * 1e6 for it in theirs),
        },
    )
