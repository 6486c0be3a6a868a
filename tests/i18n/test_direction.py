"""Pieces that run the other way are isolated, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.i18n import Direction, Language, available_locales
from components.i18n.direction import (
    MARKS,
    direction_of,
    isolated,
    runs_only,
    standing_alone,
    without_marks,
)

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT


@pytest.mark.parametrize(
    ("piece", "around", "needs"),
    [
        ("E票电影", RTL, True),
        ("Tencent SDK", RTL, True),
        # Without isolation the groups of a number change places.
        ("+86 010-1234 5678", RTL, True),
        ("2026-03-02", RTL, True),
        ("الرياض", RTL, False),
        ("12,345", RTL, False),
        ("25%", RTL, False),
        ("3", RTL, False),
        ("", RTL, False),
        ("الرياض", LTR, True),
        ("سينما Epiao", LTR, True),
        ("E票电影", LTR, False),
        ("+86 010-1234 5678", LTR, False),
        ("当前位置", LTR, False),
    ],
)
def test_what_would_be_tangled_is_isolated(piece: str, around: Direction, needs: bool) -> None:
    put_in = isolated(piece, around)
    assert put_in == (f"\u2068{piece}\u2069" if needs else piece)
    assert isolated(put_in, around) == put_in
    assert without_marks(put_in) == piece


@given(st.text(), st.sampled_from(Direction))
def test_isolating_loses_nothing(text: str, around: Direction) -> None:
    words = without_marks(text)
    assert without_marks(isolated(words, around)) == words
    assert without_marks(standing_alone(words, around)) == words


def test_a_text_of_its_own_is_marked_only_on_a_screen_that_runs_the_other_way() -> None:
    assert standing_alone("我们收集您的信息。", RTL) == "\u2066我们收集您的信息。\u2069"
    assert standing_alone("我们收集您的信息。", LTR) == "我们收集您的信息。"
    assert standing_alone("تطبيق Epiao", RTL) == "تطبيق Epiao"
    assert standing_alone("12", RTL) == "12"


def test_the_direction_of_a_text_is_that_of_its_letters() -> None:
    assert (direction_of("12 م"), direction_of("(a) م"), direction_of("12")) == (RTL, LTR, None)
    assert runs_only("abc 12", LTR) and not runs_only("abc م", LTR) and not runs_only("12", LTR)


def test_slots_are_isolated_where_they_are_filled() -> None:
    arabic, english = Language.of("ar"), Language.of("en")
    assert arabic.gettext("Clause: {title}", title="（三）订单") == "البند: \u2068（三）订单\u2069"
    assert arabic.gettext("Clause: {title}", title="الطلبات") == "البند: الطلبات"
    assert english.gettext("Clause: {title}", title="الطلبات") == "Clause: \u2068الطلبات\u2069"
    assert english.gettext("Clause: {title}", title="Orders") == "Clause: Orders"
    assert not set(arabic.listed(["الصورة", "الاسم"])) & set(MARKS)
    assert arabic.listed(["OAID", "الاسم"]) == "\u2068OAID\u2069 والاسم"


@pytest.mark.parametrize("locale", available_locales())
def test_a_language_knows_its_direction_and_name(locale: str) -> None:
    language = Language.of(locale)
    assert language.direction is (RTL if locale == "ar" else LTR)
    assert (
        language.own_name
        == {
            "ar": "العربية",
            "en": "English",
            "zh_Hans": "简体中文",
            "zh_Hant": "繁體中文",
        }[locale]
    )
    assert direction_of(language.own_name) is language.direction
