"""The two hosts of ``docs/embedding.md`` do what the page says, in a person's hands."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.kit import ConsentKit
from tests.pilot import Pilot, running

pytestmark = pytest.mark.anyio

PAGE = Path(__file__).resolve().parents[2] / "docs" / "embedding.md"
Host = Callable[[ft.Page], Awaitable[None]]


def hosts() -> dict[str, Host]:
    """What the Python of the page defines, reading the kit from the checkout."""
    names: dict[str, Any] = {}
    text = PAGE.read_text(encoding="utf-8")
    for block in re.findall(r"^```python\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        script = block.replace("from mingshi", "from components")
        exec(compile(script, PAGE.name, "exec"), names)  # noqa: S102 - our own document
    return names


@asynccontextmanager
async def opened(name: str, folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Pilot]:
    """A host of the page, with its notice agreed to."""
    patch.chdir(folder)
    host = hosts()[name]
    kits: list[ConsentKit] = []
    open_kit = ConsentKit.open

    async def remembered(*given: object, **named: object) -> ConsentKit:
        kits.append(await open_kit(*given, **named))  # type: ignore[arg-type]
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
