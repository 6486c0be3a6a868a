"""One language of the interface: its catalog, its dates and numbers, its direction."""

from __future__ import annotations

import datetime as calendar
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import cached_property, lru_cache
from gettext import NullTranslations, translation
from typing import TYPE_CHECKING

from ..places import data_folder
from .choice import DOMAIN, available_locales
from .direction import Direction, isolated
from .pseudo import BASES, PseudoTranslations

if TYPE_CHECKING:
    from babel import Locale


class Language:
    """Speaks one language. Obtain with :meth:`of`; instances are shared and immutable.

    ``gettext``, ``ngettext`` and ``pgettext`` fill ``{slots}`` after translating. Source texts
    are English; a text without translation stays English rather than empty. What is filled in and
    runs the other way than the language does is isolated, so that callers need not think of it.

    Numbers, dates and units have Western digits in every language, Arabic included: they stand
    beside clause numbers, telephone numbers and ids of the policy, which have them too.

    Babel is imported part by part when it is first asked: most starts show words and no date, and
    its calendar alone costs more than a catalog.
    """

    def __init__(self, locale: str, translations: NullTranslations) -> None:
        self.locale = locale
        self._translations = translations

    @cached_property
    def _babel(self) -> Locale:
        from babel import Locale

        return Locale.parse(BASES.get(self.locale, self.locale))

    @staticmethod
    @lru_cache
    def of(locale: str) -> Language:
        """The language of an available locale, or one of ``PSEUDO_LOCALES``.

        Raises:
            LookupError: There is no catalog for it.
        """
        if locale in BASES:
            return Language(locale, PseudoTranslations(locale))
        if locale not in available_locales():
            raise LookupError(f"no catalog for {locale!r}; there are {available_locales()}")
        return Language(locale, translation(DOMAIN, data_folder("locales"), [locale]))

    @cached_property
    def direction(self) -> Direction:
        """Which way its lines run."""
        return Direction(self._babel.text_direction)

    @property
    def code(self) -> str:
        """Its two-letter code, for example ``zh``."""
        return self._babel.language

    @property
    def script(self) -> str | None:
        """Its script where that is part of its id, for example ``Hant``."""
        return self._babel.script

    @property
    def own_name(self) -> str:
        """What its speakers call it, for example ``简体中文``."""
        return str(self._babel.languages.get(str(self._babel), self._babel.language))

    def name_of(self, locale: str) -> str:
        """What this language calls another one, for example ``Simplified Chinese``."""
        from babel import Locale

        base = BASES.get(locale, locale)
        return str(self._babel.languages.get(base, Locale.parse(base).display_name))

    def gettext(self, message: str, **slots: object) -> str:
        """The translation of a message."""
        return self._filled(self._translations.gettext(message), slots)

    def pgettext(self, context: str, message: str, **slots: object) -> str:
        """The translation of a message that means different things in different places."""
        return self._filled(self._translations.pgettext(context, message), slots)

    def ngettext(self, one: str, many: str, number: int, **slots: object) -> str:
        """The translation in the plural form that ``number`` calls for; fills ``{number}`` too."""
        text = self._translations.ngettext(one, many, number)
        return self._filled(text, {"number": self.number(number), **slots})

    def date(self, day: calendar.date) -> str:
        """A day, for example ``2021年11月1日``."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self._babel)

    def weekday(self, day: calendar.date) -> str:
        """A day of these weeks with its day of the week, for example ``3月4日周三``."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMEd", day, locale=self._babel)

    def relative_day(self, day: calendar.date, today: calendar.date) -> str:
        """How far a day is from today: today, tomorrow, yesterday, or a number of days."""
        distance = (day - today).days
        match distance:
            case 0:
                return self.gettext("Today")
            case 1:
                return self.gettext("Tomorrow")
            case -1:
                return self.gettext("Yesterday")
        from babel.dates import format_timedelta

        return format_timedelta(
            day - today,
            granularity="day",
            # Days all the way: a person counts the days to a deadline, not its months.
            threshold=float("inf"),
            add_direction=True,
            locale=self._babel,
        )

    def time(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """A time of day to the minute, in a zone, or the moment's own."""
        from babel.dates import format_time

        here = moment if zone is None else moment.astimezone(zone)
        time = format_time(here, "short", tzinfo=here.tzinfo, locale=self._babel)
        # CLDR's narrow no-break space is in few fonts, and not in ours.
        return time.replace("\u202f", "\u00a0")

    def moment(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """A day and a time to the minute, in the person's time zone.

        Args:
            moment: With a time zone; what happened on a device carries the zone of that device.
            zone: Another zone to show it in.
        """
        from babel.dates import format_date

        here = moment if zone is None else moment.astimezone(zone)
        day = format_date(here.date(), "medium", locale=self._babel)
        return str(self._babel.datetime_formats["medium"]).format(self.time(here), day)

    def number(self, number: float) -> str:
        """A number with the language's separators."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._babel)

    def percent(self, share: float) -> str:
        """A share of one as a whole percentage: 0.25 is ``25%``."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self._babel)

    def distance(self, metres: float) -> str:
        """A distance: metres to the nearest ten below one kilometre, else kilometres to 0.1."""
        from babel.units import format_unit

        if metres < 1000:
            return format_unit(
                round(metres, -1), "length-meter", "short", format="#,##0", locale=self._babel
            )
        return format_unit(
            metres / 1000, "length-kilometer", "short", format="#,##0.0", locale=self._babel
        )

    def listed(self, items: Sequence[str]) -> str:
        """Items as a list in a sentence."""
        from babel.lists import format_list

        return format_list([isolated(item, self.direction) for item in items], locale=self._babel)

    def _filled(self, text: str, slots: dict[str, object]) -> str:
        if not slots:
            return text
        direction = self.direction
        return text.format_map(
            {name: isolated(str(value), direction) for name, value in slots.items()}
        )
