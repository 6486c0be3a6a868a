"""What a real endpoint gives out, held by ``mingshi verify`` against what it publishes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from components.consent.clock import ManualClock
from components.endpoint.settings import Settings
from components.verifying import Against, Outcome, read_public_keys, verify_receipt, verify_record
from components.verifying.records import read_record
from tests.consent.decisions import EPIAO, EVERY_KIND, Decisions

from .officers import OfficerKeys
from .test_receipts import NOW, asked, bearer, running, sent

pytestmark = pytest.mark.anyio


async def saved(answer: httpx.Response, path: Path) -> Path:
    assert answer.status_code == 200
    path.write_bytes(answer.content)
    return path


async def test_receipts_and_export_verify_until_the_record_is_erased(
    database_url: str, tmp_path: Path, officers: OfficerKeys
) -> None:
    settings = Settings(database_url, signing_keys=tmp_path / "keys", officers=officers.path)
    person = Decisions()
    person.accepted_notice()
    events = [make(person) for make in EVERY_KIND.values()]
    officer = officers.bearer("li-na")
    clock = ManualClock(NOW)
    async with running(settings, clock) as client:
        await sent(client, person)
        # An export ends before the moment at which it is asked for.
        clock.advance(timedelta(seconds=1))
        keys = await saved(await client.get("/.well-known/jwks.json"), tmp_path / "jwks.json")
        export = await saved(
            await client.get("/v1/officer/export?format=ndjson", headers=officer),
            tmp_path / "export.ndjson",
        )
        held_against = Against(read_public_keys(keys), {"epiao": EPIAO}, read_record(export))
        for event in events:
            receipt = (await asked(client, person, event.event_id)).content
            report = verify_receipt(receipt, held_against)
            assert report.outcome is Outcome.PASSED, report
            assert "place" in [check.name for check in report.checks]
        assert verify_record(export).outcome is Outcome.PASSED
        path = f"/v1/subjects/{person.subject}"
        assert (await client.delete(path, headers=bearer(person))).status_code == 200
        erased = await saved(
            await client.get("/v1/officer/export?format=ndjson", headers=officer),
            tmp_path / "erased.ndjson",
        )
    assert verify_record(erased).outcome is Outcome.PASSED
    assert person.made[0].event_id in erased.read_text(encoding="utf-8")
    assert "同意使用位置" not in erased.read_text(encoding="utf-8")
