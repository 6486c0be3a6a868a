"""Which language a device leads to, and what the person's own choice does to that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.i18n import PSEUDO_LOCALES, LanguageChoice, available_locales, negotiate

ALL = ("ar", "en", "zh_Hans", "zh_Hant")


@pytest.mark.parametrize(
    ("preferred", "spoken"),
    [
        (["zh-CN"], "zh_Hans"),
        (["zh-SG"], "zh_Hans"),
        (["zh"], "zh_Hans"),
        (["zh-TW"], "zh_Hant"),
        (["zh-HK"], "zh_Hant"),
        (["zh-MO"], "zh_Hant"),
        (["zh-Hant-HK"], "zh_Hant"),
        (["zh_Hant_TW"], "zh_Hant"),
        # A script that is named counts more than where the person is.
        (["zh-Hans-HK"], "zh_Hans"),
        (["zh-Hant-CN"], "zh_Hant"),
        (["yue-HK"], "zh_Hant"),
        (["yue-Hans-CN"], "zh_Hans"),
        (["cmn-Hans-CN"], "zh_Hans"),
        (["zh-Hant-TW-u-nu-latn-ca-roc"], "zh_Hant"),
        (["ar-EG"], "ar"),
        (["ar-SA-u-nu-arab"], "ar"),
        (["AR"], "ar"),
        (["en-GB"], "en"),
        (["en_US.UTF-8"], "en"),
        (["en-GB-oxendict"], "en"),
        (["en-x-private"], "en"),
        (["en-ZZZZ"], "en"),
        # What has no catalog is passed over, in the person's own order.
        (["fr-FR", "ar-MA", "en-US"], "ar"),
        (["tlh", "x-nothing", "", "*", "en"], "en"),
        (["fr-FR", "de"], "zh_Hans"),
        ([], "zh_Hans"),
    ],
)
def test_the_device_leads_to(preferred: list[str], spoken: str) -> None:
    assert negotiate(preferred, ALL) == spoken


def test_the_other_way_of_writing_serves_where_one_is_missing() -> None:
    assert negotiate(["zh-TW"], ("en", "zh_Hans")) == "zh_Hans"
    assert negotiate(["zh-CN"], ("en", "zh_Hant")) == "zh_Hant"
    assert negotiate(["fr"], ("ar", "en")) == "ar"


@given(st.lists(st.text(max_size=20), max_size=5))
def test_whatever_a_device_says_some_available_language_is_spoken(tags: list[str]) -> None:
    assert negotiate(tags, ALL) in ALL


def test_the_four_languages_are_there_and_no_pseudo_locale_is_offered() -> None:
    assert available_locales() == ALL
    assert not set(PSEUDO_LOCALES) & set(available_locales())
    assert negotiate(["en-XA", "ar-XB"], ALL) == "en"


def test_a_choice_by_hand_stays_when_the_device_changes() -> None:
    choice = LanguageChoice("ar", ("en-GB",)).on_device(["zh-TW"])
    assert (choice.locale, choice.automatic) == ("ar", "zh_Hant")


def test_without_a_choice_the_device_is_followed_and_again_after_one() -> None:
    choice = LanguageChoice(None, ("en-GB",))
    assert choice.locale == "en"
    assert choice.on_device(["ar"]).locale == "ar"
    assert choice.choosing("zh_Hant").on_device(["ar"]).choosing(None).locale == "ar"


def test_a_choice_that_is_no_longer_available_counts_as_none() -> None:
    assert LanguageChoice("fr", ("en",)).locale == "en"
