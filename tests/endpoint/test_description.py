"""The endpoint against its own OpenAPI document, with requests that schemathesis makes of it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import httpx
import pytest
import uuid6

from components.consent.clock import ManualClock
from components.consent.identity import new_secret, subject_of
from components.endpoint import Settings, run_embedded
from tests.patience import PATIENCE

from .devices import Device, batch
from .logins import NOW, claims_for, token_of, write_issuers
from .officers import OfficerKeys

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "described"
_TESTED = re.compile(r"Selected: (\d+)/(\d+)\s+Tested: (\d+)")


@pytest.mark.timeout(600)
async def test_every_call_is_as_described(database_url: str, tmp_path: Path) -> None:
    officers = OfficerKeys(tmp_path, "li-na")
    settings = Settings(
        database_url,
        officers=officers.path,
        signing_keys=tmp_path / "keys",
        login_issuers=write_issuers(tmp_path),
    )
    async with run_embedded(settings, clock=ManualClock(NOW)) as endpoint:
        known = await _furnish(endpoint.url)
        schemathesis = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("schemathesis"),
            *("--no-color", "--config-file", HERE / "schemathesis.toml"),
            *("run", f"{endpoint.url}/openapi.json"),
            *("--max-examples", "20", "--generation-deterministic"),
            cwd=tmp_path,
            env={
                **os.environ,
                **known,
                "MINGSHI_TEST_OFFICER_KEY": officers.keys["li-na"],
                "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
                "PYTHONPATH": os.pathsep.join((str(HERE), str(ROOT))),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output = (await schemathesis.communicate())[0].decode()
    assert schemathesis.returncode == 0, output
    tested = _TESTED.search(output)
    assert tested is not None, output
    assert tested[1] == tested[2] == tested[3], output


async def _furnish(url: str) -> dict[str, str]:
    """A record, a linked installation and a request, for calls to be about."""
    device, other = Device(), Device()
    event = device.choose()
    request_id = str(uuid6.uuid7())
    erased = new_secret()
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        for one in (device, other):
            sent = await client.post(
                one.events_path, headers=one.bearer, json=batch(one.made or [one.choose()])
            )
            assert sent.status_code == 200
            linked = await client.post(
                f"/v1/subjects/{one.subject}/links",
                headers=one.bearer,
                json={"login_token": token_of(claims_for(one.subject))},
            )
            assert linked.status_code == 200
        asked = await client.post(
            f"/v1/subjects/{device.subject}/requests",
            headers=device.bearer,
            json={
                "request_id": request_id,
                "kind": "access",
                "pack": "epiao",
                "locale": "zh_Hans",
            },
        )
        assert asked.status_code == 200
    return {
        "MINGSHI_TEST_SECRET": device.secret,
        "MINGSHI_TEST_SUBJECT": device.subject,
        "MINGSHI_TEST_OTHER": other.subject,
        "MINGSHI_TEST_EVENT": event.event_id,
        "MINGSHI_TEST_REQUEST": request_id,
        "MINGSHI_TEST_PACK": "epiao",
        "MINGSHI_TEST_ERASED_SECRET": erased,
        "MINGSHI_TEST_ERASED": subject_of(erased),
    }
