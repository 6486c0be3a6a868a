"""What a person chose about how the app speaks and looks; kept from session to session.

Nothing is written before something is chosen: someone who only looks gets no mark.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict

import flet as ft

from ..listeners import Listeners
from ..surface.appearance import Appearance, Brightness, Contrast
from ..surface.motion import Motion
from ..surface.text_size import TextSize

logger = logging.getLogger(__name__)

_LANGUAGE_KEY = "cn.mingshi.prototype.language"
_APPEARANCE_KEY = "cn.mingshi.prototype.appearance"


class Preferences:
    """One session's preferences. Obtain with :meth:`read`.

    Args:
        language: The locale chosen by hand; None follows the device.
        appearance: What was chosen about the looks.
    """

    def __init__(self, language: str | None, appearance: Appearance) -> None:
        self.language = language
        self.appearance = appearance
        self._listeners = Listeners[[]]()

    @classmethod
    async def read(cls) -> Preferences:
        """What is kept on this device; defaults where that is nothing, or not to be understood."""
        kept = ft.SharedPreferences()
        language = await kept.get(_LANGUAGE_KEY)
        appearance = await kept.get(_APPEARANCE_KEY)
        return cls(language if isinstance(language, str) else None, _appearance(appearance))

    async def choose_language(self, locale: str | None) -> None:
        """Keep a locale, or follow the device again."""
        self.language = locale
        self._listeners.tell()
        kept = ft.SharedPreferences()
        if locale is None:
            await kept.remove(_LANGUAGE_KEY)
        else:
            await kept.set(_LANGUAGE_KEY, locale)

    async def choose_appearance(self, appearance: Appearance) -> None:
        """Keep how the app is to look."""
        self.appearance = appearance
        self._listeners.tell()
        await ft.SharedPreferences().set(_APPEARANCE_KEY, json.dumps(asdict(appearance)))

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every choice; the answer is a function that ends that."""
        return self._listeners.add(listener)


class UnkeptPreferences(Preferences):
    """What somebody else chose about how the app speaks and looks: a console, or a study. It is
    kept in no browser and on no device."""

    async def choose_language(self, locale: str | None) -> None:
        """Take a locale, or follow the device again."""
        self.language = locale
        self._listeners.tell()

    async def choose_appearance(self, appearance: Appearance) -> None:
        """Take how the app is to look."""
        self.appearance = appearance
        self._listeners.tell()


def _appearance(kept: object) -> Appearance:
    if not isinstance(kept, str):
        return Appearance()
    try:
        read = json.loads(kept)
        return Appearance(
            Brightness(read["brightness"]),
            Contrast(read["contrast"]),
            Motion(read["motion"]),
            TextSize(read["text_size"]),
        )
    except (ValueError, KeyError, TypeError):
        logger.warning("the appearance that is kept here is not understood; the default is taken")
        return Appearance()
