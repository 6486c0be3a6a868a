"""The right endpoint keeps every rule; a wrong one made for the rule does not."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path

import httpx
import pytest

from components.__main__ import main
from components.conformance import RULES, Outcome, Rule, Unreachable, run_rules
from components.endpoint import EmbeddedEndpoint, create_app

from .faults import FAULTS
from .wrong import WrongEndpoint

pytestmark = pytest.mark.anyio
_IDS = [rule.id for rule in RULES]


async def test_our_endpoint_keeps_every_rule(endpoint: EmbeddedEndpoint) -> None:
    async with httpx.AsyncClient(base_url=endpoint.url, timeout=60) as client:
        results = await run_rules(client, RULES)
    assert [(one.rule.id, one.outcome, one.detail) for one in results] == [
        (rule.id, Outcome.PASSED, "") for rule in RULES
    ]


@pytest.mark.parametrize("rule", RULES, ids=_IDS)
async def test_a_wrong_endpoint_fails_on_the_rule_that_it_breaks(
    rule: Rule, tmp_path: Path
) -> None:
    wrong = WrongEndpoint(create_app(f"sqlite:///{tmp_path}/e.sqlite3"), FAULTS[rule.id])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=wrong), base_url="http://wrong"
    ) as client:
        [result] = await run_rules(client, [rule])
    await wrong.close()
    assert result.outcome is Outcome.FAILED
    assert result.detail


def test_there_is_a_fault_for_every_rule() -> None:
    assert sorted(FAULTS) == sorted(_IDS)
    assert len(set(_IDS)) == len(_IDS)


async def test_an_endpoint_that_ends_is_no_verdict() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        with pytest.raises(Unreachable, match="replay-same-answer"):
            await run_rules(client, RULES[:1])


async def test_the_command_prints_a_table(
    endpoint: EmbeddedEndpoint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = ["--rule", "replay-same-answer", "--rule", "order-pages"]
    assert await _command(monkeypatch, endpoint.url, *few) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == "2 rules: 2 passed, 0 failed, 0 not offered"
    assert "order-pages         passed " in printed
    assert await _command(monkeypatch, endpoint.url, *few, "--json") == 0
    assert {one["outcome"] for one in json.loads(capsys.readouterr().out)} == {"passed"}


async def test_the_command_tells_of_a_fault(
    endpoint: EmbeddedEndpoint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Beneath this address there is nothing, told in the right form.
    few = ["--rule", "operations-alive", "--rule", "auth-token-in-url"]
    assert await _command(monkeypatch, f"{endpoint.url}/elsewhere", *few) == 1
    printed = capsys.readouterr().out
    assert "-> answered 404 instead of 200 to GET /elsewhere/healthz" in printed
    assert printed.splitlines()[-1] == "2 rules: 0 passed, 2 failed, 0 not offered"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nowhere", "http://[", "ftp://127.0.0.1"])
async def test_the_command_without_an_endpoint(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await _command(monkeypatch, url) == 2
    assert url in capsys.readouterr().err


async def _command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["mingshi", "conformance", *arguments])
    # On another thread: the command has an event loop of its own.
    return await asyncio.to_thread(main)
