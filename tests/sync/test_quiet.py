"""No log says who decided something: an address of the endpoint holds the subject id."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import anyio
import httpcore
import httpx
import pytest

from components.consent.ledger import Ledger
from components.endpoint import EmbeddedEndpoint
from components.sync import Delivered, HttpxTransport
from components.sync.quiet import LOGGERS
from tests.patience import PATIENCE

from .journeys import choose

pytestmark = pytest.mark.anyio

_GET_LOGGER = re.compile(r"getLogger\(([^)]*)\)")
_FIRST_REQUEST = """\
import asyncio, logging, sys

from components.sync import HttpxTransport

logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)


async def ask(url):
    # The answer does not matter here: nobody is known by that secret.
    transport = HttpxTransport(url)
    await transport.send("subject-of-this-test", "its-secret", [])
    await transport.close()


assert "httpcore" not in sys.modules
asyncio.run(ask(sys.argv[1]))
assert "httpcore" in sys.modules
print("sent")
"""


class Everything(logging.Handler):
    """Keeps all that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def said(self, name: str) -> list[str]:
        return [it.getMessage() for it in self.records if it.name.split(".")[0] == name]


@pytest.fixture
def logged() -> Iterator[Everything]:
    """A host that logs whatever there is to log."""
    handler, root = Everything(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


async def test_what_the_kit_asks_stands_in_no_log(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger, logged: Everything
) -> None:
    events = choose(ledger, 1)
    for _ in range(2):
        answer = await transport.send(ledger.subject, ledger.secret, events)
        assert isinstance(answer, Delivered)
    await transport.close()
    text = "\n".join(f"{it.getMessage()} {it.__dict__}" for it in logged.records)
    assert ledger.subject not in text
    assert ledger.secret not in text
    assert logged.said("httpx") == logged.said("httpcore") == []


async def test_what_the_host_asks_still_does(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger, logged: Everything
) -> None:
    events = choose(ledger, 1)
    await transport.send(ledger.subject, ledger.secret, events)
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        await client.get(f"{endpoint.url}/healthz")
    [line] = logged.said("httpx")
    assert "/healthz" in line
    assert logged.said("httpcore")


async def test_nor_does_the_first_request_of_all(endpoint: EmbeddedEndpoint) -> None:
    """Only a process of its own has not used the library yet."""
    child = await anyio.run_process([sys.executable, "-c", _FIRST_REQUEST, endpoint.url])
    assert [
        it for it in child.stdout.decode().splitlines() if not it.startswith("DEBUG:asyncio")
    ] == ["sent"]


@pytest.mark.parametrize("library", [httpx, httpcore], ids=lambda it: it.__name__)
def test_each_place_at_which_the_library_logs_is_known(library: ModuleType) -> None:
    sources = Path(str(library.__file__)).parent.rglob("*.py")
    named = {it for one in sources for it in _GET_LOGGER.findall(one.read_text("utf-8"))}
    assert named
    assert named <= {f'"{it}"' for it in LOGGERS}
