"""The page that holds phone and console side by side, and lets them be two Flet pages.

The phone is a page of its own, as large as a phone, in a frame: inside the console's page its
dialogs would lie over the console.
"""

from __future__ import annotations

from pathlib import Path

from ..framing import FramingPage
from .desk import Desk

PHONE_PATH = "/phone"
"""Where the phone's page is."""
_PAGE = Path(__file__).with_name("frame.html")


def desk_frame(desk: Desk) -> FramingPage:
    """The framing page: told how large the phone is and what things are called."""

    def now() -> dict[str, object]:
        language = desk.language
        say = language.gettext
        width, height = desk.phone_size
        return {
            "width": width,
            "height": height,
            "lang": language.locale.replace("_", "-"),
            "dir": language.direction.value,
            "theme": desk.world.preferences.appearance.brightness.value,
            "title": say("Stakeholder demo"),
            "phone": say("Phone"),
            "console": say("Console"),
            "close": say("Close"),
        }

    return FramingPage(_PAGE, now, desk.world.subscribe)
