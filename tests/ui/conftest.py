"""The reference pack, loaded once, and a kit on a headless page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from components.places import data_folder
from components.policy import Pack, load_pack

from .visits import MakeVisit as MakeVisit
from .visits import Visit as Visit
from .visits import visits


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


@pytest.fixture
async def visit(pack: Pack, tmp_path: Path) -> AsyncIterator[MakeVisit]:
    """Open a kit: `visit(store=..., answers={"location": SystemStatus.GRANTED})`."""
    async with visits(pack, tmp_path) as open_visit:
        yield open_visit
