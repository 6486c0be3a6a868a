"""A start that is prepared: the client waits for nothing that could have been loaded before."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from components.policy.delivered import NoSuchPack
from components.preparing import pack_of, prepare, prepared

pytestmark = pytest.mark.anyio

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """\
import asyncio, json, sys
from pathlib import Path

import flet as ft

from components import ConsentKit, prepare
from components.surface.runtime import on_page, unseen_page

at_import = sorted(sys.modules)
opened = {}


async def main() -> None:
    client = {"platform": "linux", "web": True, "width": 412, "height": 892, "route": "/"}
    prepare("epiao")
    async with unseen_page(client, {}) as unseen:
        unseen.register()
        kit = await ConsentKit.open(unseen.page, pack="epiao", store=Path(sys.argv[1]))
        before = set(sys.modules)
        starting = unseen.page.run_task(kit.start)
        while not any(isinstance(it, ft.BottomSheet) for it in unseen.page.session.index.values()):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        opened["late"] = sorted(set(sys.modules) - before)
        with on_page(unseen.page):
            kit.abandon_questions()
            opened["ended"] = await asyncio.wrap_future(starting)
        await kit.close()


asyncio.run(main())
print(json.dumps({"at_import": at_import, **opened}))
"""


def test_what_is_prepared_is_all_that_the_first_notice_needs(tmp_path: Path) -> None:
    """In a process of its own: in this one everything is loaded already."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "record.sqlite")],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    ours = ("components", "flet", "babel", "markdown_it", "uuid6", "sqlite3")
    assert [name for name in told["late"] if name.partition(".")[0] in ours] == []
    assert told["ended"] == "dismissed"
    # Who imports the kit does not load what is prepared: the client could not start meanwhile.
    for name in ("babel", "markdown_it", "uuid6", "components.consent.gate", "components.asking"):
        assert name not in told["at_import"]


async def test_who_waits_for_it_finds_it_done() -> None:
    prepare("epiao")
    await prepared()
    assert "mingshi-prepare" not in {thread.name for thread in threading.enumerate()}


async def test_what_cannot_be_prepared_is_told_where_it_is_opened(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level("INFO", logger="components.preparing"):
        prepare("no-such-pack")
        await prepared()
    assert "no-such-pack" in caplog.text
    with pytest.raises(NoSuchPack):
        pack_of("no-such-pack")
