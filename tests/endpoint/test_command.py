"""The command: its options reach the endpoint, and what cannot be used is said before it begins."""

from __future__ import annotations

import argparse
import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from components.endpoint import __main__ as command
from components.endpoint import run_embedded
from tests.patience import PATIENCE

from .devices import Device, batch
from .officers import OfficerKeys
from .processes import ROOT, EndpointProcess

pytestmark = pytest.mark.anyio


def _run(*options: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(options))


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command sets up the logging of its process; this one is pytest's."""
    monkeypatch.setattr(command, "log_to_stderr", lambda level: None)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--officers", "{folder}/none.toml"), "none.toml"),
        (("--officers", "{folder}/officers.toml"), "mingshi officer-key"),
        (("--metrics-token", "{folder}/officers.toml"), "at least 16 characters"),
        (("--pack", "no-such-pack"), "epiao"),
        (("--pack", "{folder}/pack"), "pack.toml:"),
        (("--database", "mysql://secret:word@host/name"), "mysql"),
        (("--host", "no.such.host.invalid"), "mingshi endpoint: "),
    ],
)
def test_what_cannot_be_used_is_named_and_the_status_is_2(
    tmp_path: Path,
    sqlite_url: str,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, str],
    said: str,
) -> None:
    (tmp_path / "officers.toml").write_text("[[officers]]\n", "utf-8")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.toml").write_text("id = 3\n", "utf-8")
    name, value = options
    database = () if name == "--database" else ("--database", sqlite_url)
    assert _run(*database, name, value.format(folder=tmp_path)) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.startswith("mingshi endpoint: ")
    assert "secret:word" not in told


@pytest.mark.parametrize(
    "options",
    [
        ("--port", "70000"),
        ("--token-limit", "0"),
        ("--leave-seconds", "-1"),
        ("--max-body-bytes", "some"),
    ],
)
def test_a_number_that_is_none_is_refused(
    options: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        _run(*options)
    assert ended.value.code == 2
    assert options[0] in capsys.readouterr().err


@pytest.mark.usefixtures("quiet")
def test_the_database_may_stand_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(command.DATABASE_VARIABLE, "sqlite://")
    assert _run() == 2
    assert "in memory" in capsys.readouterr().err


async def test_every_option_reaches_the_endpoint(tmp_path: Path, sqlite_url: str) -> None:
    officers = OfficerKeys(tmp_path, "li-na")
    token = tmp_path / "token"
    token.write_text("figures-for-the-scraper", "utf-8")
    options = (
        *("--officers", str(officers.path), "--metrics-token", str(token), "--pack", "epiao"),
        *("--max-body-bytes", "2000", "--token-limit", "4", "--address-limit", "9"),
        *("--trusted-proxy", "127.0.0.1", "--grace-seconds", "2"),
    )
    device = Device()
    with EndpointProcess(sqlite_url, more=options) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            assert (await client.get("/metrics")).status_code == 401
            for pack, status in (("epiao", 200), ("piaoqian", 404)):
                assert (await client.get(f"/v1/policies/{pack}")).status_code == status
            sent = batch(device.choose_many(5))
            large = await client.post(device.events_path, json=sent, headers=device.bearer)
            assert large.status_code == 413
            statuses = [
                (await client.get("/v1/officer/audit", headers=officers.bearer())).status_code
                for _ in range(5)
            ]
            assert statuses == [200] * 4 + [429]
            assert (await client.get("/openapi.json")).status_code == 429
            # Another caller behind the same proxy.
            forwarded = {"x-forwarded-for": "192.0.2.7"}
            assert (await client.get("/openapi.json", headers=forwarded)).status_code == 200
        assert endpoint.terminate() == 0


async def test_who_is_no_trusted_proxy_is_not_believed(sqlite_url: str) -> None:
    with EndpointProcess(sqlite_url, more=("--address-limit", "3")) as endpoint:
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            statuses = [
                (
                    await client.get(
                        "/openapi.json", headers={"x-forwarded-for": f"192.0.2.{number}"}
                    )
                ).status_code
                for number in range(4)
            ]
    assert statuses == [200, 200, 200, 429]


def test_the_larger_command_has_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "components", "officer-key", "li-na"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0
    assert 'name = "li-na"' in ended.stdout


@pytest.mark.parametrize("begin", ["GET /healthz HTTP/1.1\r\nx-long: ", "GET /healthz?"])
async def test_a_head_without_an_end_is_not_read_for_ever(sqlite_url: str, begin: str) -> None:
    async with run_embedded(sqlite_url) as endpoint:
        url = httpx.URL(endpoint.url)
        answer = await asyncio.to_thread(_send_head, url.host, url.port or 0, begin)
        assert answer.startswith(b"HTTP/1.1 431 ")
        async with httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client:
            usual = await client.get("/healthz", headers={"x-long": "a" * 30_000})
            assert usual.status_code == 200


def _send_head(host: str, port: int, begin: str) -> bytes:
    """Send a head piece by piece until the other side has had enough; what it said."""
    with socket.create_connection((host, port), timeout=20) as connection:
        connection.sendall(begin.encode())
        connection.settimeout(0.05)
        for _ in range(200):
            try:
                connection.sendall(b"a" * 2000)
                return connection.recv(100)
            except TimeoutError:
                continue
    raise AssertionError("it reads for ever")
