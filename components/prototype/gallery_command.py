"""The gallery command: every example of every component, in the browser."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress

from ..places import data_folder
from ..policy import load_pack
from .gallery import gallery
from .session import before_main


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address of the page (default: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8551,
        help="port of the page; 0 takes a free one (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve the gallery until it is interrupted; the exit status."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.host, arguments.port))
    return 0


async def _serve(host: str, port: int) -> None:
    from .server import serve, web_app

    pack = load_pack(data_folder("policy_content") / "epiao")
    async with serve(web_app(gallery(pack), before_main=before_main), host, port) as url:
        print(f"Open {url}/ (Ctrl+C ends the gallery)", flush=True)
        await asyncio.Event().wait()
