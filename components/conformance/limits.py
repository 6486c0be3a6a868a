"""What is too much or no request at all is refused in time, and the endpoint goes on."""

from __future__ import annotations

from .checking import Rule, expect
from .device import Device
from .expecting import acknowledged, expect_problem, expect_status, expect_stored
from .probe import Probe, body

_MOST_EVENTS = 500
_TOO_LARGE = 9 * 1024 * 1024
_JSON = {"content-type": "application/json"}


async def _too_many(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(_MOST_EVENTS + 1)
    expect_problem(await probe.send(device, events), 413, 422)
    await expect_stored(probe, device, [])


async def _most(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(_MOST_EVENTS)
    acknowledged(await probe.send(device, events), events)
    await expect_stored(probe, device, events)


async def _empty(probe: Probe) -> None:
    expect_problem(await probe.send(Device(), []), 422)


async def _too_large(probe: Probe) -> None:
    device = Device()
    response = await probe.call(
        "POST",
        f"{device.path}/events",
        headers={**device.headers, **_JSON},
        content=b" " * _TOO_LARGE,
    )
    expect_problem(response, 413)


async def _no_json(probe: Probe) -> None:
    device = Device()
    for content in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        response = await probe.call(
            "POST", f"{device.path}/events", headers={**device.headers, **_JSON}, content=content
        )
        expect_problem(response, 400, 422)
    expect_problem(
        await probe.call(
            "POST",
            f"{device.path}/events",
            headers={**device.headers, "content-type": "text/plain"},
            content=b"{}",
        ),
        415,
    )


async def _pages(probe: Probe) -> None:
    device = Device()
    for query in ("?limit=0", "?limit=501", "?limit=many", "?after=-1", "?after=1.5"):
        expect_problem(await probe.read(device, query), 400)


async def _unknown_path(probe: Probe) -> None:
    device = Device()
    expect_problem(
        await probe.call("GET", f"{device.path}/nothing-here", headers=device.headers), 404
    )
    expect_problem(
        await probe.call("PUT", f"{device.path}/events", headers=device.headers), 404, 405
    )


async def _alive(probe: Probe) -> None:
    for path in ("/healthz", "/readyz"):
        expect_status(await probe.call("GET", path), 200)
    described = await probe.call("GET", "/openapi.json")
    expect_status(described, 200)
    expect(str(body(described).get("openapi", "")).startswith("3."), "it does not describe itself")


RULES = (
    Rule("limit-most-events", "Five hundred events are one batch.", _most),
    Rule("limit-too-many-events", "More are refused whole.", _too_many),
    Rule("limit-no-events", "A batch without events is refused.", _empty),
    Rule("limit-too-large", "A body of nine megabytes is refused.", _too_large),
    Rule("limit-no-json", "What is no JSON is refused as such.", _no_json),
    Rule("limit-pages", "A page that cannot be is refused.", _pages),
    Rule("limit-unknown-path", "What does not exist is told as a problem, too.", _unknown_path),
    Rule("operations-alive", "It tells that it is alive and ready, and describes itself.", _alive),
)
