"""The two languages that nobody speaks."""

from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.i18n import PSEUDO_LOCALES, Direction, Language
from components.i18n.pseudo import accented, mirrored

_TEXT = "Published {published}, in effect since {effective}"
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="{}"))


def slots(text: str) -> list[str]:
    """The names in a text's slots, in order."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def test_accents_lengthen_by_two_fifths_and_show_both_ends() -> None:
    text = accented(_TEXT)
    assert text.startswith("[") and text.endswith("]")
    assert slots(text) == slots(_TEXT)
    spoken = len(_TEXT) - len("{published}{effective}")
    added = len(text) - len(_TEXT)
    assert 0.35 < added / spoken < 0.6
    assert "Published" not in text and "Þ" not in text and "Pûbļîšĥéð" in text


def test_mirroring_turns_every_word_and_leaves_the_slots() -> None:
    text = mirrored(_TEXT)
    assert slots(text) == slots(_TEXT)
    assert text.count("\u202e") == text.count("\u202c") == 4
    assert "\u202ePublished\u202c" in text


@given(_WORDS, _WORDS)
def test_slots_can_be_filled_whatever_is_around_them(before: str, after: str) -> None:
    for turn in (accented, mirrored):
        assert "here" in turn(f"{before}{{slot}}{after}").format(slot="here")


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
def test_they_are_languages_like_others_once_they_are_asked_for(locale: str) -> None:
    language = Language.of(locale)
    assert language.locale == locale
    assert language.gettext("Agree") not in ("Agree", "")
    assert language.pgettext("any", "Agree") == language.gettext("Agree")
    assert "3" in language.ngettext("{number} film", "{number} films", 3)
    assert language.ngettext("one", "many", 1) == language.gettext("one")


def test_each_has_the_dates_and_the_direction_of_a_real_language() -> None:
    english, arabic = (Language.of(locale) for locale in PSEUDO_LOCALES)
    assert (english.code, arabic.code) == ("en", "ar")
    assert (english.direction, arabic.direction) == (
        Direction.LEFT_TO_RIGHT,
        Direction.RIGHT_TO_LEFT,
    )
    assert english.percent(0.25) == Language.of("en").percent(0.25)
