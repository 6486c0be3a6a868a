"""Nobody but the device reads or writes its record, and nobody learns that there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .checking import NotConforming, Rule, expect
from .device import Device, batch
from .expecting import acknowledged, expect_problem, expect_status, expect_stored
from .probe import Probe, body

if TYPE_CHECKING:
    import httpx

_CALLS = (("GET", "/events"), ("POST", "/events"), ("GET", "/state"), ("DELETE", ""))
_OFFICER = ("/v1/officer/events", "/v1/officer/export?format=ndjson", "/v1/officer/audit")


async def _known(probe: Probe) -> Device:
    device = Device()
    events = device.choose_many(1)
    acknowledged(await probe.send(device, events), events)
    return device


async def _ask(
    probe: Probe, method: str, owner: Device, path: str, headers: dict[str, str]
) -> httpx.Response:
    sent = batch(owner.made or [owner.choose()]) if method == "POST" else None
    return await probe.call(method, owner.path + path, headers=headers, json=sent)


async def _no_token(probe: Probe) -> None:
    device = await _known(probe)
    for method, path in _CALLS:
        response = await _ask(probe, method, device, path, {})
        expect_problem(response, 401)
        expect("www-authenticate" in response.headers, "a 401 does not say how to authenticate")
    await expect_stored(probe, device, device.made)


async def _no_secret(probe: Probe) -> None:
    device = await _known(probe)
    for token in ("Bearer nonsense", "Bearer", "Basic " + device.secret, device.secret):
        for method, path in _CALLS:
            expect_problem(await _ask(probe, method, device, path, {"authorization": token}), 401)
    await expect_stored(probe, device, device.made)


async def _anothers_token(probe: Probe) -> None:
    known, unknown, other = await _known(probe), Device(), Device()
    unknown.choose()
    for method, path in _CALLS:
        to_known = await _ask(probe, method, known, path, other.headers)
        to_unknown = await _ask(probe, method, unknown, path, other.headers)
        expect_problem(to_known, 401, 404)
        told = [(one.status_code, body(one)) for one in (to_known, to_unknown)]
        expect(told[0] == told[1], f"{method} tells whether there is such a record")
    await expect_stored(probe, known, known.made)
    await expect_stored(probe, unknown, [])


async def _token_in_url(probe: Probe) -> None:
    device = await _known(probe)
    for name in ("token", "access_token", "secret"):
        response = await probe.call("GET", f"{device.path}/events?{name}={device.secret}")
        expect_problem(response, 401)


async def _officers(probe: Probe) -> None:
    device = await _known(probe)
    for path in _OFFICER:
        for headers in ({}, device.headers):
            expect_problem(await probe.call("GET", path, headers=headers), 401, 404)


async def _no_echo(probe: Probe) -> None:
    device = await _known(probe)
    for headers in ({"authorization": "Bearer " + "x" * 43}, Device().headers):
        response = await _ask(probe, "GET", device, "/events", headers)
        token = headers["authorization"].partition(" ")[2]
        if token in response.text:
            raise NotConforming("a refused token stands in the answer")


async def _not_kept(probe: Probe) -> None:
    device = await _known(probe)
    for response in (await probe.read(device), await probe.state(device)):
        expect_status(response, 200)
        expect(
            "no-store" in response.headers.get("cache-control", ""),
            "a personal answer may be kept by a cache",
        )


RULES = (
    Rule("auth-no-token", "Without a token a record's calls answer 401.", _no_token),
    Rule("auth-no-secret", "With what is no device secret they answer 401.", _no_secret),
    Rule(
        "auth-anothers-token",
        "With another's secret they answer the same whether there is a record or not.",
        _anothers_token,
    ),
    Rule("auth-token-in-url", "A secret in the address opens nothing.", _token_in_url),
    Rule("auth-officers", "A device secret opens no officer's call.", _officers),
    Rule("auth-no-echo", "A refused token is not repeated.", _no_echo),
    Rule("auth-no-store", "Personal answers are not to be kept by caches.", _not_kept),
)
