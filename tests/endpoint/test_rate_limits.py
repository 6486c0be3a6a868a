"""Too many requests are refused before anything is read, and whoever was counted is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from components.endpoint import RateLimits, Settings, run_embedded
from components.endpoint.metrics import Metrics
from components.endpoint.rate_limits import RateLimiter, Window, network_of
from tests.patience import PATIENCE

from .conformity import check_response
from .devices import Device, batch

pytestmark = pytest.mark.anyio


@pytest.fixture
async def limited(sqlite_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """At most three requests with one token, ten from one address."""
    settings = Settings(sqlite_url, rate_limits=RateLimits(subject=3, address=10))
    async with (
        run_embedded(settings) as running,
        httpx.AsyncClient(
            base_url=running.url, event_hooks={"response": [check_response]}, timeout=PATIENCE
        ) as opened,
    ):
        yield opened


def _is_refusal(answer: httpx.Response, by: str) -> bool:
    if answer.status_code != 429:
        return False
    assert answer.json()["type"] == "urn:mingshi:problem:throttled"
    assert by in answer.json()["detail"]
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert "mingshi-request-id" in answer.headers
    return True


async def test_one_token_is_limited_and_the_others_are_not(limited: httpx.AsyncClient) -> None:
    busy, quiet = Device(), Device()
    for _ in range(3):
        answer = await limited.get(busy.events_path, headers=busy.bearer)
        assert answer.status_code == 200
    # However it is written, it is one token.
    spaced = {"authorization": f"bearer   {busy.secret}"}
    for headers in (busy.bearer, spaced):
        answer = await limited.get(busy.events_path, headers=headers)
        assert _is_refusal(answer, "token")
    assert (await limited.get(quiet.events_path, headers=quiet.bearer)).status_code == 200


async def test_what_is_refused_is_not_read_or_stored(limited: httpx.AsyncClient) -> None:
    device = Device()
    for _ in range(3):
        await limited.get(device.events_path, headers=device.bearer)
    sent = batch([device.choose()])
    answer = await limited.post(device.events_path, json=sent, headers=device.bearer)
    assert _is_refusal(answer, "token")
    figures = (await limited.get("/metrics")).text
    assert 'mingshi_throttled_total{by="token"} 1.0' in figures
    assert 'outcome="stored"' not in figures


async def test_one_address_is_limited_whatever_it_asks_for(limited: httpx.AsyncClient) -> None:
    answers = [
        await limited.get("/openapi.json", headers={"authorization": f"Bearer {number}"})
        for number in range(12)
    ]
    assert [_is_refusal(answer, "address") for answer in answers] == [False] * 10 + [True] * 2
    for path in ("/healthz", "/readyz"):
        assert (await limited.get(path)).status_code == 200


async def test_nobody_else_can_use_up_a_subjects_requests(limited: httpx.AsyncClient) -> None:
    victim = Device()
    for _ in range(5):
        answer = await limited.get(victim.events_path, headers={"authorization": "Basic x"})
        assert answer.status_code == 401
    assert (await limited.get(victim.events_path, headers=victim.bearer)).status_code == 200


class _Time:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


async def test_a_window_begins_anew_after_a_minute() -> None:
    time = _Time()
    window = Window(time)
    assert [window.count("address", "192.0.2.1") for _ in range(3)] == [1, 2, 3]
    assert window.count("token", "192.0.2.1") == 1
    time.seconds += 45
    assert window.remaining == 15
    assert window.count("address", "192.0.2.1") == 4
    time.seconds += 15
    assert window.remaining == 0
    assert window.count("address", "192.0.2.1") == 1
    window.forget()


async def test_an_address_is_forgotten_also_if_nobody_comes_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("components.endpoint.rate_limits.WINDOW_SECONDS", 0.02)
    window = Window()
    window.count("address", "192.0.2.1")
    assert window.kept == 1
    for _ in range(1000):
        if window.kept == 0:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("still kept")


async def test_what_is_kept_of_an_address_is_no_address() -> None:
    window = Window()
    window.count("address", "192.0.2.1")
    window.count("token", "secret-of-someone")
    kept = repr(vars(window))
    assert "192.0.2.1" not in kept
    assert "secret-of-someone" not in kept
    window.forget()
    assert window.kept == 0


@pytest.mark.parametrize(
    ("client", "network"),
    [
        (("192.0.2.1", 5), "192.0.2.1"),
        (("2001:db8:1:2:3:4:5:6", 5), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:ffff::", 5), "2001:db8:1:2::/64"),
        (("::ffff:192.0.2.1", 5), "192.0.2.1"),
        (("testclient", 5), "testclient"),
        (None, None),
    ],
)
def test_a_line_counts_as_one_address(client: tuple[str, int] | None, network: str | None) -> None:
    assert network_of({"type": "http", "client": client}) == network


async def test_without_an_address_the_token_still_counts() -> None:
    passed: list[str] = []

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope["type"])

    limiter = RateLimiter(within, RateLimits(subject=1, address=1), Metrics())
    refused: list[int] = []

    async def receive() -> Message:
        raise AssertionError("nothing is read")

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            refused.append(message["status"])

    headers = [(b"accept", b"*/*"), (b"authorization", b"Bearer x")]
    scope = {"type": "http", "path": "/v1", "client": None, "headers": headers}
    for _ in range(2):
        await limiter(scope, receive, send)
    await limiter({"type": "lifespan"}, receive, send)
    assert passed == ["http", "lifespan"]
    assert refused == [429]
