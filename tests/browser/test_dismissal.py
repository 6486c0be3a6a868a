"""However a decision is left in a browser, nothing is granted by it: every kind, every way."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.policy import Pack
from tests.ui.every_decision import DECISIONS

from .conftest import Visit
from .dismissing import Host, leave_in_every_way

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("kind", DECISIONS)
@pytest.mark.timeout(300)
async def test_no_way_out_grants_anything(
    visit: Visit, pack: Pack, tmp_path: Path, kind: str
) -> None:
    host = Host()
    app = await visit(host.main)
    await leave_in_every_way(kind, DECISIONS[kind], app, host, pack, tmp_path)
