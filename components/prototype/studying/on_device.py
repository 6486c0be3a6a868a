"""A study inside a phone's own app: which study, where its record lies, how the app gets a page."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import flet as ft

from ...study.allocation import from_csv
from ...study.folder import ALLOCATION_FILE, STUDY_FILE, StudyFolder
from ...study.model import Study
from ...study.reading import load_study
from ...study_room.code_entry import Trouble
from ...surface.runtime import PageMain, app_at_socket
from ..session import before_main
from .conditions import pack_of
from .one_page import Inside, one_page
from .room import Where
from .station import Station

_LONGEST_SOCKET_NAME = 100
"""A system takes 104 bytes or a few more."""


def study_on_phone(carried: Path, data: Path) -> PageMain:
    """A study as a phone's own app.

    Args:
        carried: The folder that the app brings along, with the study and its places.
        data: The app's private folder.

    Raises:
        PackError: The study cannot be read.
        AllocationFault: The places are not this study's.
        OSError: Something is not there, or could not be written.
    """
    make = station_on_device(carried, data)
    inside = InSocket()
    made: list[Station] = []

    async def main(page: ft.Page) -> None:
        # One for all pages of the process: a phone may close the page and keep the process.
        if not made:
            made.append(make())
        await one_page(made[0], inside, frozenset({Where.ENTRY}))(page)

    return main


def station_on_device(
    carried: Path, data: Path, *, shut: Trouble = Trouble.NONE
) -> Callable[[], Station]:
    """Read a study that comes along, and make a station of it once an event loop runs.

    What was recorded of another study, or of an earlier version, lies in another folder.

    Args:
        carried: The folder with the study and its places.
        data: Where this device keeps things.
        shut: Why nobody can take part on this device; ``NONE`` if somebody can.

    Raises:
        As :func:`study_on_phone`.
    """
    study = load_study(carried / STUDY_FILE)
    pack = pack_of(study)
    places = from_csv(study, (carried / ALLOCATION_FILE).read_text(encoding="utf-8"))
    folder = StudyFolder(data / "studies" / study.digest[:16])
    if shut is Trouble.NONE:
        _provide(folder, study, carried)
        if not (folder.path / ALLOCATION_FILE).exists():
            folder.put_places(study, places)

    def make() -> Station:
        station = Station(
            study,
            folder,
            pack,
            stimulus_folder=data / "app",
            locale=study.locales[0],
            shut=shut,
        )
        if shut is Trouble.NONE:
            station.resume()
        return station

    return make


def _provide(folder: StudyFolder, study: Study, carried: Path) -> None:
    """Keep the study's own file beside the records: what is handed over is made a report of."""
    if not (folder.path / STUDY_FILE).exists():
        folder.put_study(carried / STUDY_FILE)


class InSocket(Inside):
    """A page over a socket in a file of the app's own, which no other app can open.

    Args:
        folder: Where the file is to be; None takes the system's for what is temporary.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._open = AsyncExitStack()
        self._address = ""

    async def ready(self, app: PageMain) -> None:
        """See :class:`Inside`. The socket is opened once, and takes one client after the other."""
        if not self._address:
            path = (self._folder or _temporary()) / f"{secrets.token_hex(4)}.sock"
            self._address = await self._open.enter_async_context(
                app_at_socket(path, app, before_main)
            )

    def address(self, page: ft.Page, number: int) -> str:
        """See :class:`Inside`; the number is told by the control's key."""
        return self._address

    async def close(self) -> None:
        """Open it to nobody any more."""
        self._address = ""
        await self._open.aclose()


def _temporary() -> Path:
    """A folder of the app's own, with a name that leaves room for a socket's."""
    for name in (os.environ.get("FLET_APP_STORAGE_TEMP"), tempfile.gettempdir()):
        if name and len(os.fsencode(name)) + len("/12345678.sock") <= _LONGEST_SOCKET_NAME:
            return Path(name)
    raise OSError("no folder for temporary files has a name short enough for a socket in it")
