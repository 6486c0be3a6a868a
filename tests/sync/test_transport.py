"""How every answer over HTTP is understood."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.consent.clock import ManualClock
from components.consent.event import Event
from components.consent.fold import Witness
from components.consent.identity import new_secret
from components.consent.ledger import Ledger
from components.endpoint import EmbeddedEndpoint
from components.endpoint.server import bind, url_of
from components.sync import (
    Answer,
    Delivered,
    Erased,
    FailureKind,
    Fault,
    HttpxTransport,
    NoTransport,
    Refused,
    TooLarge,
    Unreachable,
)

from .journeys import arrived, choose
from .servers import dripping, problem

pytestmark = pytest.mark.anyio
NOW = datetime(2021, 11, 1, 8, 0, tzinfo=UTC)


@asynccontextmanager
async def answering(answer: Callable[[Request], Awaitable[Response]]) -> AsyncIterator[str]:
    """A server that answers every batch as told."""
    app = Starlette(routes=[Route("/v1/subjects/{subject}/events", answer, methods=["POST"])])
    bound = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="off"))
    serving = asyncio.create_task(server._serve([bound]))
    try:
        yield url_of(bound)
    finally:
        server.should_exit = True
        await serving


async def asked(answer: Callable[[Request], Awaitable[Response]], ledger: Ledger) -> Answer:
    events = ledger.events()
    async with answering(answer) as url:
        transport = HttpxTransport(url, clock=ManualClock(NOW))
        for _ in range(200):
            understood = await transport.send(ledger.subject, ledger.secret, events)
            if understood != Unreachable(FailureKind.NO_CONNECTION):
                break
            await asyncio.sleep(0.01)
        await transport.close()
    return understood


async def test_delivered(
    endpoint: EmbeddedEndpoint, transport: HttpxTransport, ledger: Ledger
) -> None:
    events = choose(ledger, 3)
    answer = await transport.send(ledger.subject, ledger.secret, events)
    assert isinstance(answer, Delivered)
    ids = {event.event_id for event in events}
    assert answer.event_ids == ids
    # The test and the endpoint share a clock; travelling takes its time.
    for witness in answer.witnesses.values():
        assert witness.clock_skew_ms is not None
        assert -60_000 < witness.clock_skew_ms <= 0
    assert set(answer.witnesses) == ids
    await transport.close()
    assert await transport.send(ledger.subject, ledger.secret, events) == answer
    assert await arrived(endpoint.url, ledger) == events


async def test_a_wrong_secret_loses_nothing(transport: HttpxTransport, ledger: Ledger) -> None:
    events = choose(ledger, 1)
    for secret in (new_secret(), "no secret"):
        answer = await transport.send(ledger.subject, secret, events)
        assert answer == Unreachable(FailureKind.NOT_AUTHORISED)


async def test_nobody_there(ledger: Ledger) -> None:
    events = choose(ledger, 1)
    with bind("127.0.0.1", 0) as closed:
        transport = HttpxTransport(url_of(closed))
        answer = await transport.send(ledger.subject, ledger.secret, events)
        await transport.close()
    assert answer == Unreachable(FailureKind.NO_CONNECTION)


async def test_no_answer_in_time(ledger: Ledger) -> None:
    events = choose(ledger, 1)
    with bind("127.0.0.1", 0) as silent:
        silent.listen()
        transport = HttpxTransport(url_of(silent), timeout=0.1)
        answer = await transport.send(ledger.subject, ledger.secret, events)
        await transport.close()
    assert answer == Unreachable(FailureKind.TIMED_OUT)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, FailureKind.UNEXPECTED_ANSWER),
        (302, FailureKind.UNEXPECTED_ANSWER),
        (400, FailureKind.UNEXPECTED_ANSWER),
        (401, FailureKind.NOT_AUTHORISED),
        (403, FailureKind.NOT_AUTHORISED),
        (404, FailureKind.NOT_AUTHORISED),
        (409, FailureKind.UNEXPECTED_ANSWER),
        (410, FailureKind.UNEXPECTED_ANSWER),
        (413, FailureKind.UNEXPECTED_ANSWER),
        (422, FailureKind.UNEXPECTED_ANSWER),
        (429, FailureKind.THROTTLED),
        (500, FailureKind.ENDPOINT_FAILED),
        (503, FailureKind.ENDPOINT_FAILED),
    ],
)
async def test_a_status_alone_settles_nothing(
    ledger: Ledger, status: int, kind: FailureKind
) -> None:
    choose(ledger, 1)

    async def answer(_request: Request) -> Response:
        return Response(status_code=status, headers={"location": "https://elsewhere.example"})

    assert await asked(answer, ledger) == Unreachable(kind)


@pytest.mark.parametrize(
    ("status", "kind", "number", "understood"),
    [
        (410, "erased", 1, Erased()),
        (413, "too-large", 1, TooLarge()),
        (413, "too-large", 2, TooLarge()),
        # A proxy's: smaller batches may pass it, but it does not settle an event's fate.
        (413, None, 2, TooLarge()),
        (413, None, 1, Unreachable(FailureKind.UNEXPECTED_ANSWER)),
        (410, None, 1, Unreachable(FailureKind.UNEXPECTED_ANSWER)),
    ],
)
async def test_only_the_endpoint_itself_says_what_is_final(
    ledger: Ledger, status: int, kind: str | None, number: int, understood: Answer
) -> None:
    choose(ledger, number)

    async def answer(_request: Request) -> Response:
        return Response("<html>", status_code=status) if kind is None else problem(status, kind)

    assert await asked(answer, ledger) == understood


async def test_an_answer_without_an_end(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    events = choose(ledger, 1)
    async with dripping() as url:
        monkeypatch.setattr("components.sync.transport.LARGEST_ANSWER_BYTES", 10)
        transport = HttpxTransport(url)
        answer = await transport.send(ledger.subject, ledger.secret, events)
        assert answer == Unreachable(FailureKind.UNEXPECTED_ANSWER)
        monkeypatch.undo()
        # It drips in before each timeout; the whole call has one too.
        impatient = HttpxTransport(url, timeout=0.1)
        answer = await impatient.send(ledger.subject, ledger.secret, events)
        assert answer == Unreachable(FailureKind.TIMED_OUT)
        await transport.close()
        await impatient.close()


async def test_no_cookie_and_no_redirect(ledger: Ledger) -> None:
    choose(ledger, 1)
    seen: list[Request] = []

    async def answer(request: Request) -> Response:
        seen.append(request)
        response = Response(status_code=307, headers={"location": str(request.url)})
        response.set_cookie("who", "you")
        return response

    async with answering(answer) as url:
        transport = HttpxTransport(url)
        for _ in range(200):
            if len(seen) == 2:
                break
            await transport.send(ledger.subject, ledger.secret, ledger.events())
            await asyncio.sleep(0.01)
        await transport.close()
    assert len(seen) == 2
    assert all("cookie" not in request.headers for request in seen)


@pytest.mark.parametrize(
    ("said", "witness"),
    [
        ({"received_at": "2021-11-01T08:00:00.000Z", "clock_skew_ms": -7}, Witness(NOW, -7)),
        ({"received_at": "2021-11-01T08:00:00.000Z"}, Witness(NOW, None)),
        ({"received_at": "2021-11-01T08:00:00.000"}, None),
        ({"received_at": "noon"}, None),
        ({"received_at": 5}, None),
        ({"received_at": "2021-11-01T08:00:00.000Z", "clock_skew_ms": True}, None),
        ({}, None),
    ],
)
async def test_what_the_endpoint_says_about_the_time(
    ledger: Ledger, said: dict[str, object], witness: Witness | None
) -> None:
    [event] = choose(ledger, 1)

    async def answer(request: Request) -> Response:
        [sent] = (await request.json())["events"]
        return JSONResponse({"acknowledged": [{**acknowledgement(sent), **said}]})

    delivered = await asked(answer, ledger)
    assert isinstance(delivered, Delivered)
    assert delivered.witnesses == ({} if witness is None else {event.event_id: witness})


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Mon, 01 Nov 2021 08:01:00 GMT", 60.0),
        ("Mon, 01 Nov 2021 08:01:00 -0000", 60.0),
        ("Mon, 01 Nov 2021 07:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("Mon, 01 Nov 99999 08:01:00 GMT", None),
    ],
)
async def test_retry_after_in_either_form(
    ledger: Ledger, header: str, seconds: float | None
) -> None:
    choose(ledger, 1)

    async def answer(_request: Request) -> Response:
        return Response(status_code=429, headers={"retry-after": header})

    assert await asked(answer, ledger) == Unreachable(FailureKind.THROTTLED, seconds)


def acknowledgement(event: dict[str, Any]) -> dict[str, Any]:
    return {"event_id": event["event_id"], "hash": event["hash"]}


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: {"acknowledged": entries[:-1]},
        lambda entries: {"acknowledged": [{**entries[0], "hash": "0" * 64}, *entries[1:]]},
        lambda entries: {"acknowledged": dict.fromkeys("ab")},
        lambda entries: {"acknowledged": [1, None, "x"]},
        lambda entries: entries,
        lambda entries: {},
        lambda entries: None,
    ],
)
async def test_delivered_means_every_event_with_its_own_hash(
    ledger: Ledger, change: Callable[[list[dict[str, Any]]], Any]
) -> None:
    choose(ledger, 2)

    async def answer(request: Request) -> Response:
        sent = (await request.json())["events"]
        return JSONResponse(change([acknowledgement(event) for event in sent]))

    assert await asked(answer, ledger) == Unreachable(FailureKind.UNEXPECTED_ANSWER)


async def test_success_in_other_words_is_none(ledger: Ledger) -> None:
    """As from a hotel's log-in page."""
    choose(ledger, 1)

    async def page(_request: Request) -> Response:
        return Response("<html>Welcome</html>", media_type="text/html")

    async def garbled(_request: Request) -> Response:
        return Response(b"no gzip", headers={"content-encoding": "gzip"})

    async def deep(_request: Request) -> Response:
        return Response(b"[" * 100_000, media_type="application/json")

    for answer in (page, garbled, deep):
        assert await asked(answer, ledger) == Unreachable(FailureKind.UNEXPECTED_ANSWER)


async def test_refused_names_only_what_was_sent(ledger: Ledger) -> None:
    first, second = choose(ledger, 2)

    async def answer(_request: Request) -> Response:
        faults = [
            {"event_id": second.event_id, "code": "forked-record", "reason": "forked"},
            {"event_id": "another", "code": "forked-record", "reason": "forked"},
            {"event_id": None, "reason": "malformed"},
            {"event_id": ["x"]},
            7,
        ]
        return JSONResponse({"events": faults}, status_code=409)

    assert first.event_id != second.event_id
    assert await asked(answer, ledger) == Refused(
        {second.event_id: Fault("forked-record", "forked")}
    )


async def test_what_travels(ledger: Ledger) -> None:
    events = choose(ledger, 2)
    seen: list[Request] = []
    bodies: list[list[Event]] = []

    async def answer(request: Request) -> Response:
        seen.append(request)
        sent = (await request.json())["events"]
        bodies.append([Event.from_json(event) for event in sent])
        return JSONResponse({"acknowledged": [acknowledgement(event) for event in sent]})

    assert isinstance(await asked(answer, ledger), Delivered)
    [request] = seen
    assert bodies == [events]
    assert request.headers["authorization"] == f"Bearer {ledger.secret}"
    assert ledger.secret not in str(request.url)
    assert request.headers["mingshi-sent-at"] == "2021-11-01T08:00:00.000+00:00"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "consent.example",
        "ftp://consent.example",
        "https://",
        "https://consent.example:port",
        "http://consent.example",
        "http://192.168.1.5:8700",
    ],
)
def test_where_the_secret_is_not_sent(url: str) -> None:
    with pytest.raises(ValueError, match=r"https://|plain http|[Pp]ort"):
        HttpxTransport(url)


@pytest.mark.parametrize("url", ["https://consent.example/", "http://localhost:1", "http://[::1]"])
def test_where_it_is(url: str) -> None:
    HttpxTransport(url)
    HttpxTransport("http://192.168.1.5:8700", allow_plain_http=True)


async def test_without_an_endpoint(ledger: Ledger) -> None:
    events = choose(ledger, 1)
    answer = await NoTransport().send(ledger.subject, ledger.secret, events)
    assert answer == Unreachable(FailureKind.NO_ENDPOINT)


async def test_closing_what_was_never_opened() -> None:
    await HttpxTransport("https://consent.example").close()


def test_importing_sync_imports_nothing_before_it_is_needed() -> None:
    code = """
import sys
from components.sync import (
    AccountLink, Device, HttpxTransport, RightsRequests, Synchroniser, restore
)
HttpxTransport("https://consent.example")
heavy = {"httpx", "httpcore", "tenacity", "http.cookiejar", "flet"} & set(sys.modules)
import components.sync
try:
    components.sync.nothing_of_that_name
except AttributeError:
    sys.exit(", ".join(sorted(heavy)) or 0)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
