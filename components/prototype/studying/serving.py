"""The study as a web application: the framing page, the study's page and the app's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import flet as ft
from starlette.applications import Starlette

from ..server import web_app
from ..session import before_main
from .frame import APP_PATH, station_frame
from .observing import Observing
from .room import study_app
from .station import Station


def station_pages(
    station: Station, observing: Observing | None = None
) -> Callable[[ft.Page], Awaitable[None]]:
    """The station's pages as one Flet app: the study's, under ``/app`` what it studies, and, where
    somebody may observe, under an address with a secret the observer's."""
    on_study = study_app(station)

    async def main(page: ft.Page) -> None:
        if observing is not None and observing.is_at(page.route or ""):
            await observing.show_on(page)
        elif (page.route or "").startswith(APP_PATH):
            await station.stimulus.show_on(page, station.condition, station.language.locale)
        else:
            await on_study(page)

    return main


@asynccontextmanager
async def station_app(
    station: Station, observing: Observing | None = None
) -> AsyncIterator[Starlette]:
    """The application of a station; at the end the session is left as it is.

    There is one station in a process: whoever opens the page sees the same participant.
    """
    frame = station_frame(station)
    app = web_app(
        station_pages(station, observing),
        before_main=before_main,
        routes=frame.routes(),
        frame_ancestors="'self'",
    )
    try:
        yield app
    finally:
        await frame.end()
        await station.close()
