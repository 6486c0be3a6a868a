"""The page that holds the study and the app, one above the other, as two pages of their own.

What is studied may cover its own page with sheets; the study's bar stays above it, and neither
can press anything of the other.
"""

from __future__ import annotations

from pathlib import Path

from ..framing import FramingPage
from .station import Station

APP_PATH = "/app"
"""Where the app's page is."""
_PAGE = Path(__file__).with_name("frame.html")


def station_frame(station: Station) -> FramingPage:
    """The framing page: told whether the app is to be seen, and how high the bar above it is."""

    def now() -> dict[str, object]:
        language = station.language
        return {
            "app": station.over_the_app,
            "number_of_app": str(station.stimulus_number),
            "bar": round(station.bar_height),
            "lang": language.locale.replace("_", "-"),
            "dir": language.direction.value,
            "title": language.gettext("Study"),
            "title_of_app": language.gettext("App"),
        }

    return FramingPage(_PAGE, now, station.subscribe)
