"""One line for each request, by which trouble can be followed and nobody can be named."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import httpx
import pytest

from components.endpoint.logs import REQUEST_ID, JsonLines, RequestLog
from components.endpoint.metrics import Metrics

from .devices import Device, batch
from .every_route import CALLS, Call
from .officers import OfficerKeys
from .tampering import alter

pytestmark = pytest.mark.anyio

WORDS = "please-forget-me"
"""What a person wrote, or what stands in a query: never in a log."""


def _lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the endpoint and its server wrote; the client of these tests writes its own."""
    ours = [it for it in caplog.records if not it.name.startswith(("httpx", "httpcore"))]
    return [JsonLines().format(record) for record in ours]


def _requests(lines: list[str]) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, lines) if line["message"] == "request"]


async def _call(
    office: httpx.AsyncClient, call: Call, device: Device, token: dict[str, str]
) -> httpx.Response:
    """One call with something private in every place where it can stand."""
    body = {
        "request_id": "01890a5d-ac96-774b-bcce-b302099a8058",
        "kind": "access",
        "pack": "epiao",
        "locale": "zh_Hans",
        "message": WORDS,
        "login_token": f"x.{WORDS}.x",
        "events": [event.to_json() for event in device.made],
        "note": WORDS,
        "status": "done",
    }
    return await office.request(
        call.method,
        call.path(device.subject, Device().subject),
        params={"subject": device.subject, "unknown": WORDS},
        headers={**token, "x-account": WORDS, "user-agent": WORDS},
        json=body if call.method == "POST" else None,
    )


@pytest.mark.parametrize("state", ["well", "without-tables"])
async def test_no_call_writes_anything_personal(
    office: httpx.AsyncClient,
    officers: OfficerKeys,
    device: Device,
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    state: str,
) -> None:
    device.choose_many(2)
    stranger = Device()
    if state == "without-tables":
        for table in ("events", "erasures", "requests", "links", "audit"):
            alter(database_url, f"ALTER TABLE {table} RENAME TO away_{table}")
    caplog.set_level(logging.DEBUG)
    statuses = set()
    calls = 0
    # Erasing comes last, so that the others have something to speak about.
    for call in sorted(CALLS, key=lambda call: call.method == "DELETE"):
        for token in ({}, device.bearer, stranger.bearer, officers.bearer()):
            answer = await _call(office, call, device, token)
            calls += 1
            statuses.add(answer.status_code)
            assert re.fullmatch("[0-9a-f]{16}", answer.headers[REQUEST_ID])
    await office.post(device.events_path, json=batch(device.made), headers=device.bearer)
    for path, token in (
        (device.events_path, device.bearer),
        ("/v1/officer/events", officers.bearer()),
    ):
        wrong = await office.get(path, params={"after": WORDS}, headers=token)
        statuses.add(wrong.status_code)
    await office.get("/nowhere/" + WORDS)
    await office.put(device.events_path)
    lines = _lines(caplog)
    assert len(_requests(lines)) == calls + 5
    assert {200, 400, 401, 404, 422} <= statuses if state == "well" else statuses & {500, 503}
    written = "\n".join(lines)
    key = officers.keys["li-na"]
    private = [WORDS, "127.0.0.1", key, key[:12], "li-na", "同意", "nearby-cinema"]
    for person in (device, stranger):
        private += [person.secret, person.secret[:8], person.subject[:7]]
    for event in device.made:
        private += [event.event_id, event.hash]
    for words in private:
        assert words not in written, words


async def test_an_answer_names_its_line(
    office: httpx.AsyncClient, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="mingshi.endpoint")
    made_up = {**device.bearer, REQUEST_ID: WORDS}
    answers = [
        await office.get(device.events_path, headers=made_up),
        await office.get(device.events_path),
    ]
    first, second = _requests(_lines(caplog))
    assert [answer.headers[REQUEST_ID] for answer in answers] == [
        first["request"],
        second["request"],
    ]
    assert first["request"] != second["request"]
    assert first["subject_begins"] == device.subject[:6]
    assert (first["method"], first["route"], first["status"], first["level"]) == (
        "GET",
        "/v1/subjects/{subject}/events",
        200,
        "info",
    )
    assert first["milliseconds"] >= 0


async def _nothing() -> Any:
    raise AssertionError("nothing is read")


async def test_an_answer_that_breaks_off_is_logged_as_an_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="mingshi.endpoint")

    async def breaks(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        raise ValueError(WORDS)

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    metrics = Metrics()
    scope = {"type": "http", "method": WORDS, "path": "/", "headers": []}
    with pytest.raises(ValueError, match=WORDS):
        await RequestLog(breaks, metrics)(scope, _nothing, send)
    [line] = _requests(_lines(caplog))
    assert (line["level"], line["error"], line["method"]) == (
        "error",
        "builtins.ValueError",
        "other",
    )
    assert WORDS not in json.dumps(line) + metrics.exposition().decode()
    [(name, value)] = sent[0]["headers"]
    assert (name.decode(), value.decode()) == (REQUEST_ID, line["request"])


async def test_what_is_no_request_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="mingshi.endpoint")
    seen: list[str] = []

    async def within(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def send(message: Any) -> None:
        raise AssertionError("nothing is answered")

    await RequestLog(within, Metrics())({"type": "lifespan"}, _nothing, send)
    assert seen == ["lifespan"]
    assert _lines(caplog) == []
