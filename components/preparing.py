"""What a host has done while its client still starts: all that the first notice needs, loaded.

A client takes a second or more until it can show anything, in a browser longest, and Python waits
for it meanwhile. A host that says :func:`prepare` at its start has that time used.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import flet as ft

if TYPE_CHECKING:
    from .policy.pack import Pack

logger = logging.getLogger(__name__)

_PARTS = (
    # What opens a kit, what shows its first notice, and what records the answer.
    "settling",
    "speaking",
    "surface.permissions",
    "surroundings",
    "consent.choices",
    "consent.gate",
    "consent.opening",
    "consent.sdks",
    "travelling",
    "asking",
    "screens",
    "starting",
    "notices.screens",
)
_LIBRARIES = ("uuid6",)
_CONTROLS = (
    # Flet makes each of these when it is first named.
    *("BottomSheet", "Column", "Container", "Icon", "IconButton", "Icons", "OutlinedButton"),
    *("Row", "Semantics", "Text", "TextButton", "use_effect", "use_memo", "use_state"),
)

_under_way: list[Thread] = []


def prepare(pack: str | Path, locale: str = "zh_Hans") -> None:
    """Begin to load what the first notice needs, in a thread; returns at once.

    Call it where the app starts to wait for its client: before ``ft.run``, or once a server of
    your own listens. :meth:`.kit.ConsentKit.open` waits for it, without holding up the event loop.
    What fails here fails there again, where somebody can be told.

    Where Python has no threads, which is in the browser, it does nothing.

    Args:
        pack: As for :meth:`.kit.ConsentKit.open`.
        locale: The language that is most likely spoken.
    """
    if sys.platform == "emscripten":
        return
    thread = Thread(target=_load, args=(pack, locale), name="mingshi-prepare", daemon=True)
    _under_way.append(thread)
    thread.start()


def pack_of(source: str | Path | Pack) -> Pack:
    """A delivered pack, that of a folder, or the one given. Raises as ``ConsentKit.open``."""
    from .policy import load_pack
    from .policy.delivered import pack_folder

    folder = pack_folder(source) if isinstance(source, str) else source
    return load_pack(folder) if isinstance(folder, Path) else folder


async def prepared() -> None:
    """Wait for what was begun; at once if nothing was, or all is done."""
    while _under_way:
        thread = _under_way[0]
        if thread.is_alive():
            await asyncio.to_thread(thread.join)
        if thread in _under_way:
            _under_way.remove(thread)


def _load(pack: str | Path, locale: str) -> None:
    try:
        from .i18n import Language

        for part in _PARTS:
            import_module(f".{part}", __package__)
        for library in _LIBRARIES:
            import_module(library)
        for name in _CONTROLS:
            getattr(ft, name)
        # Babel reads what it knows of a language when it is first asked about it.
        _ = Language.of(locale).direction
        pack_of(pack)
    except Exception as error:
        logger.info("could not be prepared: %s", error)
