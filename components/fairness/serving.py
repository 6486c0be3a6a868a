"""Serving a Flet app for as long as it is looked at, in this process, so that its tree is known."""

from __future__ import annotations

import asyncio
import inspect
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import flet as ft

from ..i18n import Direction, Language
from ..places import data_folder
from .adapters.missing import needs

Main = Callable[[ft.Page], Awaitable[None] | None]
"""A Flet app."""


class NoSuchApp(ValueError):
    """What was named is no app and no example; the message says what is there."""


def app_named(address: str, locale: str) -> Main:
    """The app that ``module:name`` stands for.

    ``name`` is a function that takes a page, a function or component that makes a control, or an
    example of the kit in the module's ``EXAMPLES``.

    Args:
        address: As ``my_app.screens:main`` or ``mingshi.notices.prompt.examples:location``.
        locale: In which the kit's own examples are shown.

    Raises:
        NoSuchApp: there is none of that name.
    """
    module_name, _, name = address.partition(":")
    try:
        module = import_module(module_name)
    except ImportError as error:
        raise NoSuchApp(f"{module_name} cannot be imported: {error}") from error
    examples = {it.name: it for it in getattr(module, "EXAMPLES", ()) if hasattr(it, "name")}
    found = getattr(module, name, None) or examples.get(name)
    if found is None:
        there = ", ".join(sorted(examples)) or "no examples"
        raise NoSuchApp(f"{module_name} has no {name!r}; there is: {there}")
    if callable(found):
        return found if _takes_a_page(found) else _showing(found)
    if hasattr(found, "build"):
        return _showing(lambda: _example(found, locale))
    raise NoSuchApp(f"{address} is neither an app, nor a control, nor an example of the kit")


def _takes_a_page(function: Callable[..., Any]) -> bool:
    return len(inspect.signature(function).parameters) == 1


def _showing(make: Callable[[], Any]) -> Main:
    def main(page: ft.Page) -> None:
        page.render(_Made, make)

    return main


@ft.component
def _Made(make: Callable[[], Any]) -> Any:
    return make()


def _example(example: Any, locale: str) -> ft.Control:
    from ..policy import load_pack
    from ..surface.example import Setting

    pack = load_pack(data_folder("policy_content") / "epiao")
    built: ft.Control = example.build(Setting(Language.of(locale), pack, lambda _act: None))
    return ft.SafeArea(ft.Container(built, expand=True), expand=True)


@asynccontextmanager
async def served(main: Main, locale: str) -> AsyncIterator[tuple[str, list[ft.Page]]]:
    """Serve an app; its address, and the pages that were opened, the newest last.

    Raises:
        ExtraMissing: flet-web or uvicorn is not installed.
    """
    with needs("flet-web"):
        import flet_web.fastapi as flet_fastapi
        import uvicorn
    pages: list[ft.Page] = []

    async def remembered(page: ft.Page) -> None:
        pages.append(page)
        _speak(page, locale)
        answer = main(page)
        if inspect.isawaitable(answer):
            await answer

    app = flet_fastapi.app(remembered, assets_dir=str(data_folder("assets")), no_cdn=True)
    await flet_fastapi.app_manager.start()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await _started(server, serving)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", pages
        finally:
            server.should_exit = True
            await serving
            await flet_fastapi.app_manager.shutdown()


async def _started(server: Any, serving: asyncio.Task[None]) -> None:
    # The server says so by a flag alone.
    while not server.started and not serving.done():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def _speak(page: ft.Page, locale: str) -> None:
    language = Language.of(locale)
    code, _, script = language.locale.partition("_")
    spoken = ft.Locale(code, script_code=script or None)
    page.locale_configuration = ft.LocaleConfiguration(
        supported_locales=[spoken], current_locale=spoken
    )
    page.rtl = language.direction is Direction.RIGHT_TO_LEFT
