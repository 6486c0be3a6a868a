"""The two hosts of ``docs/embedding.md`` do what the page says, in a person's hands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from components.kit import ConsentKit
from tests.documents.reading import ROOT, Document
from tests.documents.scripts import functions
from tests.pilot import Pilot, running

pytestmark = pytest.mark.anyio

PAGE = "docs/embedding.md"


@asynccontextmanager
async def opened(name: str, folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Pilot]:
    """A host of the page, with its notice agreed to."""
    patch.chdir(folder)
    page = Document(PAGE, (ROOT / PAGE).read_text(encoding="utf-8"))
    host = functions(page, apps=True)[name]
    kits: list[ConsentKit] = []
    open_kit = ConsentKit.open

    async def remembered(*given: Any, **named: Any) -> ConsentKit:
        kits.append(await open_kit(*given, **named))
        return kits[-1]

    patch.setattr(ConsentKit, "open", remembered)
    async with running(host) as pilot:
        await pilot.tap(pilot.by_key("first-notice.accept"))
        yield pilot
        await kits[0].close()


async def test_a_declarative_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened("declarative", tmp_path, monkeypatch) as pilot:
        await pilot.tap(pilot.by_key("locate"))
        await pilot.tap(pilot.by_key("prompt.accept"))
        # A computer has no system to ask, and nothing was said about a simulated one.
        assert pilot.says("Not located: denied-by-system, explain")
        await pilot.tap(pilot.by_key("choices"))
        await pilot.tap(pilot.by_key("withdraw.nearby-cinema"))
        assert (tmp_path / "consent-record.sqlite").is_file()


async def test_an_imperative_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened("imperative", tmp_path, monkeypatch) as pilot:
        await pilot.tap(pilot.by_key("remind"))
        await pilot.tap(pilot.by_key("prompt.refuse"))
        assert pilot.says("You will not be reminded.")
        await pilot.tap(pilot.by_key("choices"))
        assert pilot.has_key("give.usage-analytics")
        await pilot.tap(pilot.by_key("page.close"))
        assert not pilot.has_key("give.usage-analytics")
