"""Dates, times, lists and numbers, as each language writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from components.i18n import Language, available_locales

DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 15, 4, tzinfo=timezone(timedelta(hours=8)))
CATALOGS = Path(__file__).resolve().parents[2] / "locales"
CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@pytest.mark.parametrize(
    ("locale", "day", "moment", "share", "distance", "listed"),
    [
        ("en", "March 2, 2026", "Mar 2, 2026, 3:04 PM", "25%", "1.5 km", "a, b, and c"),
        ("zh_Hans", "2026年3月2日", "2026年3月2日 15:04", "25%", "1.5公里", "a、b和c"),
        ("zh_Hant", "2026年3月2日", "2026年3月2日 下午3:04", "25%", "1.5 公里", "a、b和c"),
    ],
)
def test_it_is_written_as_the_language_does(
    locale: str, day: str, moment: str, share: str, distance: str, listed: str
) -> None:
    language = Language.of(locale)
    spaces = re.compile(r"[\u00a0\u202f]")
    written = (
        language.date(DAY),
        language.moment(MOMENT),
        language.percent(0.25),
        language.distance(1520),
        language.listed(["a", "b", "c"]),
    )
    assert [spaces.sub(" ", it) for it in written] == [day, moment, share, distance, listed]


def test_arabic_has_western_digits_everywhere() -> None:
    language = Language.of("ar")
    written = [
        language.date(DAY),
        language.moment(MOMENT),
        language.relative_day(DAY + timedelta(days=12), DAY),
        language.percent(0.25),
        language.distance(1520),
        language.number(12345.5),
        language.ngettext(
            "{number} choice is saved on this device and not yet sent.",
            "{number} choices are saved on this device and not yet sent.",
            12,
        ),
    ]
    for text in written:
        assert re.search(r"[0-9]", text), text
        assert not re.search(r"[٠-٩۰-۹]", text), text
    assert "2 مارس 2026" in written[0]


@pytest.mark.parametrize("locale", available_locales())
def test_days_near_today_have_names(locale: str) -> None:
    language = Language.of(locale)
    near = [language.relative_day(DAY + timedelta(days=it), DAY) for it in (-1, 0, 1)]
    assert near == [language.gettext(it) for it in ("Yesterday", "Today", "Tomorrow")]
    assert len(set(near)) == 3
    far = language.relative_day(DAY + timedelta(days=45), DAY)
    assert "45" in far and far != language.relative_day(DAY - timedelta(days=45), DAY)


def test_a_moment_is_told_in_its_own_zone_or_the_one_asked_for() -> None:
    english = Language.of("en")
    assert "3:04" in english.moment(MOMENT)
    assert "7:04" in english.moment(MOMENT, UTC)
    # The day is that of the zone, too.
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert "Mar 3" in english.moment(late, timezone(timedelta(hours=8)))
    assert "11:30" in english.time(late)


@pytest.mark.parametrize("locale", available_locales())
def test_a_catalog_counts_plural_forms_as_the_language_does(locale: str) -> None:
    with (CATALOGS / locale / "LC_MESSAGES" / "mingshi.po").open("rb") as file:
        catalog = read_po(file, locale=locale)
    rule = Locale.parse(locale).plural_form
    categories = [it for it in CATEGORIES if it in {*rule.rules, "other"}]
    assert catalog.num_plurals == len(categories)
    form = c2py(catalog.plural_expr)
    wrong = [n for n in range(1, 500) if categories[form(n)] != rule(n)]
    assert wrong == []


def test_two_in_arabic_has_a_form_of_its_own() -> None:
    texts = {
        number: Language.of("ar").ngettext(
            "{number} choice is saved on this device and not yet sent.",
            "{number} choices are saved on this device and not yet sent.",
            number,
        )
        for number in (0, 1, 2, 3, 11, 100)
    }
    assert len(set(texts.values())) == 6
    assert texts[2].startswith("اختياران") and texts[11].startswith("11 اختيارًا")


def test_a_language_names_others() -> None:
    assert Language.of("en").name_of("zh_Hans") == "Simplified Chinese"
    assert Language.of("zh_Hant").name_of("ar") == "阿拉伯文"
    assert Language.of("ar").name_of("en_XA") == Language.of("ar").name_of("en")
