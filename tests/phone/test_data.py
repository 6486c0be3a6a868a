"""On a device the record lies in the app's own folder, and nowhere else."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.consent.ledger import Ledger
from tests.pilot import running

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("platform", ["android", "ios"])
async def test_the_record_lies_where_the_platform_keeps_an_app_s_data(
    platform: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("FLET_APP_STORAGE_DATA", str(data))
    monkeypatch.delenv("MINGSHI_ENDPOINT", raising=False)
    started: dict[str, Any] = {}
    # What ft.run would hand to the client, the pilot gets.
    monkeypatch.setattr(ft, "run", lambda main, **options: started.update(options, main=main))
    runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
    async with running(
        started["main"], before_main=started["before_main"], platform=platform
    ) as pilot:
        assert list(data.iterdir()) == [], "nothing is kept of somebody who only looks"
        await pilot.tap(pilot.by_key("first-notice.accept"))
    assert {path.name.partition("-")[0] for path in data.iterdir()} == {"consent"}
    assert list(elsewhere.iterdir()) == []
    kept = Ledger(data / "consent-record.sqlite")
    assert kept.events()
    kept.close()
