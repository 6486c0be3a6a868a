"""The demo's phone where nobody looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import flet as ft

from ...surface import runtime

_PROPERTIES = {
    "route": "/",
    "web": True,
    "platform": "android",
    "platform_brightness": "light",
    "width": 390.0,
    "height": 844.0,
}
_DEVICE = {
    "browser_name": "chrome",
    "locales": [{"language_code": "zh", "script_code": "Hans", "country_code": "CN"}],
}


@asynccontextmanager
async def unseen_page(
    main: Callable[[ft.Page], Awaitable[None]],
    before_main: Callable[[ft.Page], None],
) -> AsyncIterator[ft.Page]:
    """Run a Flet app on a phone that nobody looks at; gives its page.

    Raises:
        RuntimeError: The app was replaced by an error screen; says why.
    """
    async with runtime.unseen_page(_PROPERTIES, _DEVICE) as unseen:
        page = unseen.page

        async def start() -> None:
            with runtime.on_page(page):
                before_main(page)
                unseen.register()
                await main(page)
                await unseen.after_event(page)

        # In a task of its own, so that what Flet keeps there stays out of the caller's.
        await asyncio.create_task(start())
        yield page
    if unseen.crash:
        raise RuntimeError(unseen.crash)
