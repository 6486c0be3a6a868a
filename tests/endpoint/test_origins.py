"""Which pages a browser lets read the answers: those that are named, and no others."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from components.endpoint import Settings, run_embedded
from components.endpoint.__main__ import main

pytestmark = pytest.mark.anyio

OURS, FOREIGN = "https://app.example", "https://foreign.example"
READABLE = "access-control-allow-origin"
ASKING_FIRST = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,mingshi-sent-at",
}


async def test_only_named_origins_may_read(sqlite_url: str) -> None:
    settings = Settings(sqlite_url, allowed_origins=(OURS,))
    async with run_embedded(settings) as endpoint, httpx.AsyncClient() as client:
        events = f"{endpoint.url}/v1/subjects/{'a' * 64}/events"
        for origin, readable in ((OURS, OURS), (FOREIGN, None)):
            # A refusal as well, or a page could not tell it from a dead line.
            for path in (events, f"{endpoint.url}/healthz"):
                answer = await client.get(path, headers={"origin": origin})
                assert answer.headers.get(READABLE) == readable
                assert "access-control-allow-credentials" not in answer.headers
            first = await client.options(events, headers={"origin": origin, **ASKING_FIRST})
            assert first.is_success is (origin == OURS)
            assert first.headers.get(READABLE) == readable


async def test_by_default_nobody_may(sqlite_url: str) -> None:
    async with run_embedded(sqlite_url) as endpoint, httpx.AsyncClient() as client:
        answer = await client.get(f"{endpoint.url}/healthz", headers={"origin": OURS})
        assert answer.is_success
        assert READABLE not in answer.headers


@pytest.mark.parametrize("origin", ["*", "null", "app.example", "https://app.example/", "ftp://a"])
def test_what_is_no_origin_is_not_taken(
    origin: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["endpoint", "--allow-origin", origin])
    with pytest.raises(SystemExit):
        main()
    assert "an origin reads like https://app.example" in capsys.readouterr().err
