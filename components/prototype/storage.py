"""Where one person's record lies, in each of the ways the prototype runs."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import flet as ft

_LOCATOR_KEY = "cn.mingshi.prototype.store"
_LOCATOR = re.compile(r"[0-9a-f]{32}")
_FILE = "consent-record.sqlite"


@dataclass(frozen=True)
class Store:
    """Where the record is, and what to call when it comes into being.

    ``remember`` lets the browser find the record again. It is called at the first choice and not
    before: someone who only looks gets no mark.
    """

    path: Path
    remember: Callable[[], Awaitable[None]]


async def find_store(page: ft.Page, folder: Path) -> Store:
    """The store of the person on this page.

    On a phone or desktop, or where the app itself runs in the browser, the folder is that person's
    own. On a web server each browser has a
    store of its own, found by a random locator that the browser keeps; it is no identity and is
    sent nowhere but to this server.
    """
    if not page.web or page.pyodide:

        async def nothing() -> None:
            """The folder is the person's own; there is nothing to find again."""

        return Store(folder / _FILE, nothing)
    preferences = ft.SharedPreferences()
    kept = await preferences.get(_LOCATOR_KEY)
    # What a browser sends becomes part of a path, so nothing but a locator gets through.
    locator = kept if isinstance(kept, str) and _LOCATOR.fullmatch(kept) else secrets.token_hex(16)

    async def remember() -> None:
        if kept != locator:
            await preferences.set(_LOCATOR_KEY, locator)

    return Store(folder / "people" / locator / _FILE, remember)
