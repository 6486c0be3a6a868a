"""What runs in a participant's browser: a study, with its record on the participant's own disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import flet as ft

from ...study_room.code_entry import Trouble
from ...surface.runtime import PageMain, app_in_same_worker
from ..session import before_main
from ..studying.carried import CARRIED
from ..studying.on_device import station_on_device
from ..studying.one_page import Inside, one_page
from ..studying.room import Where
from ..studying.station import Station
from .in_browser import KEPT, REASON_VARIABLE
from .second_page import ADDRESS


@cache
def settings() -> Callable[[], Station]:
    """The study that the site carries; read while the client still loads, and once."""
    reason = os.environ.get(REASON_VARIABLE, "")
    return station_on_device(Path(CARRIED), KEPT, shut=Trouble(reason))


class InSameWorker(Inside):
    """A page of the same Python, whose messages the site's scripts keep apart."""

    def __init__(self) -> None:
        self._ready = False

    async def ready(self, app: PageMain) -> None:
        """See :class:`Inside`."""
        if not self._ready:
            self._ready = True
            await app_in_same_worker(app, before_main)

    def address(self, page: ft.Page, number: int) -> str:
        """See :class:`Inside`."""
        return f"{ADDRESS}{number}"


def run() -> None:
    """Run the study."""

    async def main(page: ft.Page) -> None:
        # The device is the participant's own: they pass on what is theirs.
        await one_page(settings()(), InSameWorker(), frozenset(Where))(page)

    ft.run(main, before_main=before_main)
