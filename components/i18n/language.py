"""One language of the interface: its catalog, its dates and numbers, its direction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import Translations
from babel.units import format_unit

from ..places import data_folder

DOMAIN = "mingshi"
FALLBACK = "zh_Hans"
"""The language when nothing the device prefers is available: that of the law it serves."""

_CHINESE_SCRIPTS = {"TW": "Hant", "HK": "Hant", "MO": "Hant"}


class Direction(StrEnum):
    """Which way lines run."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@lru_cache
def available_locales(folder: Path | None = None) -> tuple[str, ...]:
    """The locales that have a catalog, as Babel ids in alphabetical order."""
    root = folder or data_folder("locales")
    return tuple(
        sorted(path.parent.parent.name for path in root.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    )


def negotiate(preferred: Sequence[str], available: Sequence[str]) -> str:
    """The best available locale for a person's list, best first.

    Tags may be written with ``-`` or ``_``. Chinese goes by script: ``zh-CN`` and ``zh-SG`` mean
    ``zh_Hans``, ``zh-TW``, ``zh-HK`` and ``zh-MO`` mean ``zh_Hant``; where Traditional Chinese is
    not available, Simplified serves. What cannot be read is passed over. If nothing fits,
    :data:`FALLBACK`, or the first available.
    """
    for tag in preferred:
        try:
            wanted = Locale.parse(tag.replace("-", "_"), resolve_likely_subtags=True)
        except (ValueError, UnknownLocaleError):
            continue
        script = wanted.script
        if wanted.language == "zh" and wanted.territory and script is None:
            script = _CHINESE_SCRIPTS.get(wanted.territory, "Hans")
        candidates = [f"{wanted.language}_{script}", wanted.language]
        if wanted.language == "zh":
            candidates.append("zh_Hans")
        for candidate in candidates:
            if candidate in available:
                return candidate
    return FALLBACK if FALLBACK in available else available[0]


class Language:
    """Speaks one language. Obtain with :meth:`of`; instances are shared and immutable.

    ``gettext``, ``ngettext`` and ``pgettext`` fill ``{slots}`` after translating. Source texts
    are English; a text without translation stays English rather than empty.
    """

    def __init__(self, locale: str, translations: NullTranslations) -> None:
        self.locale = locale
        self._babel = Locale.parse(locale)
        self._translations = translations

    @staticmethod
    @lru_cache
    def of(locale: str) -> Language:
        """The language of an available locale.

        Raises:
            LookupError: There is no catalog for it.
        """
        if locale not in available_locales():
            raise LookupError(f"no catalog for {locale!r}; there are {available_locales()}")
        return Language(locale, Translations.load(data_folder("locales"), [locale], DOMAIN))

    @property
    def direction(self) -> Direction:
        """Which way its lines run."""
        return Direction(self._babel.text_direction)

    @property
    def own_name(self) -> str:
        """What its speakers call it, for example ``简体中文``."""
        return str(self._babel.languages.get(self.locale, self.locale))

    def gettext(self, message: str, **slots: object) -> str:
        """The translation of a message."""
        return _filled(self._translations.gettext(message), slots)

    def pgettext(self, context: str, message: str, **slots: object) -> str:
        """The translation of a message that means different things in different places."""
        return _filled(self._translations.pgettext(context, message), slots)

    def ngettext(self, one: str, many: str, number: int, **slots: object) -> str:
        """The translation in the plural form that ``number`` calls for; fills ``{number}`` too."""
        text = self._translations.ngettext(one, many, number)
        return _filled(text, {"number": self.number(number), **slots})

    def date(self, day: date) -> str:
        """A day, for example ``2021年11月1日``."""
        return format_date(day, "long", locale=self._babel)

    def moment(self, moment: datetime) -> str:
        """A day and a time to the minute, in the moment's own time zone."""
        day = format_date(moment.date(), "medium", locale=self._babel)
        time = format_time(moment, "short", tzinfo=moment.tzinfo, locale=self._babel)
        return str(self._babel.datetime_formats["medium"]).format(time, day)

    def number(self, number: float) -> str:
        """A number with the language's digits and separators."""
        return format_decimal(number, locale=self._babel)

    def distance(self, metres: float) -> str:
        """A distance: metres to the nearest ten below one kilometre, else kilometres to 0.1."""
        if metres < 1000:
            return format_unit(
                round(metres, -1), "length-meter", "short", format="#,##0", locale=self._babel
            )
        return format_unit(
            metres / 1000, "length-kilometer", "short", format="#,##0.0", locale=self._babel
        )

    def listed(self, items: Sequence[str]) -> str:
        """Items as a list in a sentence."""
        return format_list(list(items), locale=self._babel)


def _filled(text: str, slots: dict[str, object]) -> str:
    return text.format_map(slots) if slots else text
