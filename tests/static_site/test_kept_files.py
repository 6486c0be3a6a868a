"""What a commit has written is there after a power loss; what cannot be kept is not called saved.

The disk is made up, since no test can cut the power. SQLite, Pyodide and the files are the site's.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.patience import PATIENCE

from .serving import serving

pytestmark = pytest.mark.anyio


async def test_commits_survive_a_power_loss(chromium: Browser, site: Path) -> None:
    with serving(site) as served:
        served.others["tests"] = Path(__file__).parent
        context = await chromium.new_context()
        page = await context.new_page()
        await page.goto(f"{served.url}/tests/power_loss.html")
        said = await answer(page)
        await context.close()
    assert said == {
        # One sync of the log, as on any other disk.
        "flushesOfACommit": 1,
        "filesAfter": ["record.sqlite", "record.sqlite-wal"],
        "wordsAfter": ["committed"],
        "sound": "ok",
        "filesAgain": ["record.sqlite.damaged"],
        "wordsAgain": ["committed", "later"],
        "whenFull": "SQLITE_FULL",
        "whereNothingIsKept": "SQLITE_CANTOPEN",
    }


async def answer(page: Any) -> dict[str, Any]:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (said := await page.evaluate("globalThis.said")) is None:
        assert asyncio.get_running_loop().time() < deadline, "the page said nothing"
        await asyncio.sleep(0.05)
    return dict(said)
