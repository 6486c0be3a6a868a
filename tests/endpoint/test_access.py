"""Who may call what: held against every route that there is."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.routing import Route

from components.endpoint import create_app

from .devices import Device, batch
from .every_route import CALLS, DEVICE_CALLS, OFFICER_CALLS, Call
from .officers import OfficerKeys

pytestmark = pytest.mark.anyio

OPEN = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/.well-known/jwks.json"}


def _told(answer: httpx.Response) -> dict[str, Any]:
    """What whoever asked can tell from an answer."""
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("date", "mingshi-request-id")
    }
    return {"status": answer.status_code, "body": answer.content, "headers": headers}


async def test_every_route_says_whose_token_opens_it(sqlite_url: str) -> None:
    app = create_app(sqlite_url)
    async with app.router.lifespan_context(app):
        routes = {route.path for route in app.routes if isinstance(route, Route)}
    assert routes == {call.template for call in CALLS}
    for call in CALLS:
        if call.template.startswith("/v1/officer/"):
            assert call.access == "officerKey"
        elif "{subject}" in call.template:
            assert call.access == "deviceSecret"
        else:
            assert call.access is None
            assert call.template in OPEN or call.template.startswith("/v1/policies/")


@pytest.mark.parametrize("call", DEVICE_CALLS, ids=lambda call: f"{call.method} {call.template}")
async def test_a_subjects_call_tells_nobody_else_anything(
    office: httpx.AsyncClient, officers: OfficerKeys, device: Device, call: Call
) -> None:
    sent = batch(device.choose_many(2))
    stored = await office.post(device.events_path, json=sent, headers=device.bearer)
    assert stored.status_code == 200
    stranger, unknown = Device(), Device()
    tokens = {
        None: 401,
        "Basic bGk6bmE=": 401,
        "Bearer": 401,
        "Bearer short": 401,
        officers.bearer()["authorization"]: 401,
        stranger.bearer["authorization"]: 404,
    }
    for token, status in tokens.items():
        headers = {} if token is None else {"authorization": token}
        answers = [
            await office.request(call.method, call.path(subject, stranger.subject), headers=headers)
            for subject in (device.subject, unknown.subject)
        ]
        assert {answer.status_code for answer in answers} == {status}
        assert _told(answers[0]) == _told(answers[1])
        assert device.subject not in answers[0].text


@pytest.mark.parametrize("call", OFFICER_CALLS, ids=lambda call: f"{call.method} {call.template}")
async def test_an_officers_call_opens_with_an_officers_key_alone(
    office: httpx.AsyncClient, officers: OfficerKeys, device: Device, call: Call
) -> None:
    sent = batch(device.choose_many(2))
    await office.post(device.events_path, json=sent, headers=device.bearer)
    key = officers.bearer()["authorization"]
    for token in (None, "Basic bGk6bmE=", "Bearer", device.bearer["authorization"], key[:-1]):
        headers = {} if token is None else {"authorization": token}
        answers = [
            await office.request(
                call.method,
                call.path(subject, device.subject),
                params={"subject": subject, "limit": "none"},
                headers=headers,
            )
            for subject in (device.subject, Device().subject)
        ]
        assert {answer.status_code for answer in answers} == {401}
        assert _told(answers[0]) == _told(answers[1])
    audit = await office.get("/v1/officer/audit", headers=officers.bearer())
    assert [one["action"] for one in audit.json()["entries"]] == ["read-audit"]
