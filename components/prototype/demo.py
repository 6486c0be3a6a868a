"""The demo command: the prototype and a consent endpoint of its own, in one process."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ..endpoint.embedded import run_embedded
from ..i18n import available_locales
from ..policy import load_pack
from ..policy.delivered import pack_folder
from .session import PACK, Settings, before_main, load_settings, prepare, prototype

if TYPE_CHECKING:
    from starlette.types import ASGIApp

DEFAULT_PORT = 8550
"""Port of the prototype's page unless another is given."""

_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class Surface(StrEnum):
    """Where the prototype is shown."""

    AUTOMATIC = "automatic"
    DESKTOP = "desktop"
    BROWSER = "browser"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument(
        "--surface",
        choices=[it.value for it in Surface],
        default=Surface.AUTOMATIC.value,
        help="desktop window or browser page; automatic takes the window where there is a screen"
        " and Flet's client can be had (default: %(default)s)",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address of the page; with any but this machine's own the client's files are also"
        " compressed as small as can be, beside, for people on slow lines (default: %(default)s)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help="port of the page; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="where records and the endpoint's database are kept (default: the user's data folder)",
    )
    parser.add_argument(
        "--endpoint",
        default=None,
        metavar="URL",
        help="an endpoint that runs elsewhere, instead of one of the demo's own",
    )
    parser.add_argument(
        "--console",
        action="store_true",
        help="the prototype in a phone frame, beside it the stakeholder console; with a record of"
        " its own that is gone at the end. In the browser; with --surface desktop in two windows",
    )
    parser.add_argument("--list", action="store_true", help="name the scenarios, and end")
    parser.add_argument(
        "--scenario",
        metavar="NAME",
        help="play a scenario, or all, with nobody watching; prints the hash of each record",
    )
    parser.add_argument(
        "--screenshots",
        type=Path,
        metavar="FOLDER",
        help="with --scenario: play it in Chromium, and keep a picture of every step there",
    )
    parser.add_argument(
        "--locale",
        default="zh_Hans",
        choices=available_locales(),
        help="with --console, --list and --scenario: the language (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the demo until it is interrupted; the exit status."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if arguments.list:
        from .scenario_command import list_scenarios

        list_scenarios(arguments.locale)
        return 0
    with suppress(KeyboardInterrupt):
        if arguments.scenario is not None:
            from .scenario_command import play

            return asyncio.run(play(arguments.scenario, arguments.screenshots, arguments.locale))
        asyncio.run(_show_console(arguments) if arguments.console else _run(arguments))
    return 0


async def _show_console(arguments: argparse.Namespace) -> None:
    """Phone and console: in the browser, in one window; as asked, in two of the desktop's own."""
    from .console.serving import console_app

    pack = load_pack(pack_folder(PACK))
    with tempfile.TemporaryDirectory(prefix="mingshi-demo-") as folder:
        if Surface(arguments.surface) is Surface.DESKTOP:
            from .console.windows import show_windows

            await choose_surface(Surface.DESKTOP)
            places = arguments.data or _data_folder()
            await show_windows(Path(folder), pack, places, locale=arguments.locale)
            return
        async with console_app(Path(folder), pack, locale=arguments.locale) as (app, _):
            await _serve_page(app, arguments.host, arguments.port, "the console is a page")


async def _run(arguments: argparse.Namespace) -> None:
    data = arguments.data or _data_folder()
    data.mkdir(parents=True, exist_ok=True)
    async with _endpoint(arguments.endpoint, data) as endpoint:
        settings = load_settings(data, endpoint)
        prepare(PACK)
        surface, reason = await choose_surface(Surface(arguments.surface))
        _say(f"Records are kept in {data}")
        _say(f"Choices are sent to {endpoint}")
        if surface is Surface.DESKTOP:
            _say("Opening a desktop window.")
            await _show_window(settings, data / "window.json")
        else:
            await _show_page(settings, arguments.host, arguments.port, reason)


@asynccontextmanager
async def _endpoint(elsewhere: str | None, data: Path) -> AsyncIterator[str]:
    if elsewhere is not None:
        yield elsewhere
        return
    async with run_embedded(f"sqlite:///{data / 'endpoint.sqlite'}") as embedded:
        yield embedded.url


async def choose_surface(wanted: Surface) -> tuple[Surface, str]:
    """The surface to use, and why it is the browser if it is."""
    if wanted is Surface.BROWSER:
        return Surface.BROWSER, "as asked"
    if wanted is Surface.AUTOMATIC and not _has_screen():
        return Surface.BROWSER, "there is no screen here"
    if os.environ.get("FLET_VIEW_PATH"):
        return Surface.DESKTOP, ""  # a client of the developer's own
    try:
        from flet_desktop import ensure_client_cached
    except ImportError:
        return Surface.BROWSER, "flet-desktop is not installed"
    _say("Looking for Flet's desktop client ...")
    try:
        await asyncio.to_thread(ensure_client_cached)
    except Exception as error:
        if wanted is Surface.DESKTOP:
            raise SystemExit(f"mingshi: Flet's desktop client cannot be had: {error}") from error
        return Surface.BROWSER, f"Flet's desktop client cannot be had ({error})"
    return Surface.DESKTOP, ""


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _show_window(settings: Settings, place: Path) -> None:
    from .window import DemoWindow
    from .window.showing import show_in

    window = DemoWindow(place)
    await show_in(window, prototype(replace(settings, opened=window.follow)))


async def _show_page(settings: Settings, host: str, port: int, reason: str) -> None:
    from .server import web_app

    app = web_app(
        prototype(settings),
        before_main=before_main,
        # For whoever sits here no line is slow.
        thorough=host not in _THIS_MACHINE,
    )
    await _serve_page(app, host, port, reason)


async def _serve_page(app: ASGIApp, host: str, port: int, reason: str) -> None:
    from .server import serve

    try:
        async with serve(app, host, port) as url:
            _say(f"In the browser, because {reason}: open {url}/ (Ctrl+C ends the demo)")
            if _has_screen():
                webbrowser.open(f"{url}/")
            await asyncio.Event().wait()
    except OSError as error:
        raise SystemExit(
            f"mingshi demo: port {port} cannot be used ({error}). Choose another with --port,"
            " or 0 for any that is free."
        ) from error


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("mingshi-demo", appauthor=False)


def _say(line: str) -> None:
    print(line, flush=True)
