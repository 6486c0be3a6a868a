"""An empty Flet app: one line of text, with our fonts, from our server."""

from __future__ import annotations

import asyncio

import flet as ft

from components.prototype.server import serve, web_app


def main(page: ft.Page) -> None:
    """Show one line."""
    page.add(ft.Text("nothing"))


async def run() -> None:
    """Serve until told to end, and say where."""
    async with serve(web_app(main)) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
