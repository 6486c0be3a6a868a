"""A host that shows the kit's first notice at once, from our server or Flet's own (``stock``)."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import flet as ft
from starlette.types import ASGIApp

from components import ConsentKit, prepare
from components.prototype.server import ASSETS, serve, web_app

_PACK = "epiao"


async def main(page: ft.Page) -> None:
    """Show one line and, over it, the first notice. Each session has a record of its own."""
    page.add(ft.Text("nothing"))
    folder = tempfile.TemporaryDirectory()
    store = Path(folder.name) / "record.sqlite"
    kit = await ConsentKit.open(page, pack=_PACK, store=store)

    async def closed(_: object) -> None:
        await kit.close()
        folder.cleanup()

    page.on_close = closed
    page.run_task(kit.start)


def app(server: str) -> ASGIApp:
    """The app as our server or Flet's own serves it; same page, same fonts."""
    if server in ("ours", "thorough"):
        return web_app(main, thorough=server == "thorough")
    stock: ASGIApp = ft.run(main, assets_dir=str(ASSETS), no_cdn=True, export_asgi_app=True)
    return stock


async def run(server: str) -> None:
    """Serve until told to end, and say where."""
    async with serve(app(server)) as url:
        print(url, flush=True)
        # While the browser still loads the client; whoever opens the app finds it ready.
        prepare(_PACK)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:] or ["ours"]))
