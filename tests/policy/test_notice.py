"""The exact words of each notice, and the digest that stands in a consent event."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest

from components.consent.event import Layer, NoticeReference
from components.policy import (
    Notice,
    Pack,
    PromptForm,
    first_notice,
    listed,
    load_pack,
    notice_for,
    notice_withdrawal,
    prompt_notice,
    prompt_slots,
    purpose_notice,
    recompute,
    withdrawal_notice,
)

from .small_pack import EN, FILES, write

VERSION = "2021-11-01"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return load_pack(write(tmp_path))


def test_first_notice(pack: Pack) -> None:
    notice = first_notice(pack, "zh_Hans")
    assert (notice.notice, notice.version, notice.locale) == (
        "kino/first-notice",
        VERSION,
        "zh_Hans",
    )
    assert notice.lines == (
        "欢迎来到小影院",
        "请先看要点。",
        "位置只取一次",
        "用完即删。",
        "您来选",
        "不同意也能浏览。",
        "随时找我们",
        "拨打400。",
        "不同意也能浏览。",
        "同意",
        "不同意，仅浏览",
    )
    assert notice.digest == hashlib.sha256("\n".join(notice.lines).encode()).hexdigest()


def test_prompt_in_both_forms(pack: Pack) -> None:
    slots = (
        "Find cinemas by location?",
        "Approximate location",
        "Cinemas near you",
        "Nearest first",
        "Choose a city by hand",
        "Deleted after use",
        "Without it there is no distance",
        "Location is sensitive",
    )
    choice = prompt_notice(pack, "location", "en")
    assert (choice.notice, choice.lines) == ("kino/location", (*slots, "Use it", "Not now"))
    neutral = prompt_notice(pack, "location", "en", form=PromptForm.NEUTRAL)
    assert (neutral.notice, neutral.lines) == ("kino/location-neutral", (*slots, "Continue"))
    assert choice.digest != neutral.digest


def test_prompt_without_optional_slots(pack: Pack) -> None:
    text = replace(pack.texts_for("en").prompts["location"], necessity=None, impact=None)
    assert list(prompt_slots(text)) == ["data", "feature", "benefit", "refusing", "retention"]


def test_withdrawal_of_the_base_notice(pack: Pack) -> None:
    notice = notice_withdrawal(pack, "en")
    text = pack.texts_for("en").withdrawal
    assert notice.lines == (text.statement, text.label)
    assert notice_for(pack, "kino/withdrawal", "en") == notice


def test_withdrawal(pack: Pack) -> None:
    notice = withdrawal_notice(pack, "nearby", "en")
    assert notice.notice == "kino/withdrawal-nearby"
    assert notice.lines == (
        "Cinemas near you",
        "Finds cinemas by location.",
        "What was done before stays lawful.",
        "Withdraw consent",
    )


def test_purpose(pack: Pack) -> None:
    notice = purpose_notice(pack, "nearby", "zh_Hans")
    assert notice.notice == "kino/purpose-nearby"
    assert notice.lines == (
        "附近影院",
        "用位置找影院。",
        "位置、手机号",
        "用完即删。",
        "手动选城市。",
    )
    assert purpose_notice(pack, "browsing", "en").lines == (
        "Browsing",
        "See films; no personal data.",
        "Not kept.",
    )


def test_a_language_that_the_pack_lacks_gives_the_prevailing_one_and_says_so(pack: Pack) -> None:
    assert first_notice(pack, "ar") == first_notice(pack, "zh_Hans")
    assert first_notice(pack, "ar").locale == "zh_Hans"


@pytest.mark.parametrize(
    ("locale", "expected"), [("zh_Hans", "a、b"), ("ja", "a、b"), ("ar", "a، b"), ("en", "a, b")]
)
def test_lists_of_names(locale: str, expected: str) -> None:
    assert listed(["a", "b"], locale) == expected
    assert listed(["a"], locale) == "a"


def every_notice(pack: Pack, locale: str) -> list[Notice]:
    return [
        first_notice(pack, locale),
        prompt_notice(pack, "location", locale),
        prompt_notice(pack, "location", locale, VERSION, PromptForm.NEUTRAL),
        *(withdrawal_notice(pack, purpose, locale) for purpose in pack.purposes),
        *(purpose_notice(pack, purpose, locale) for purpose in pack.purposes),
    ]


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_every_notice_can_be_made_again_from_what_an_event_holds(pack: Pack, locale: str) -> None:
    notices = every_notice(pack, locale)
    for notice in notices:
        reference = NoticeReference(
            notice.notice, notice.version, notice.locale, Layer.IN_PLACE, notice.digest
        )
        assert notice_for(pack, reference.notice, reference.locale, reference.version) == notice
        made_again = recompute(pack, reference.notice, reference.locale, reference.version)
        assert made_again == reference.digest
    assert len({notice.digest for notice in notices}) == len(notices)


def test_one_changed_word_changes_the_digest(tmp_path: Path, pack: Pack) -> None:
    name = f"{EN}/prompts.md"
    files = {**FILES, name: FILES[name].replace("Only browse", "Just browse")}
    other = load_pack(write(tmp_path / "other", files))
    assert first_notice(other, "en").digest != first_notice(pack, "en").digest
    assert first_notice(other, "zh_Hans").digest == first_notice(pack, "zh_Hans").digest


@pytest.mark.parametrize(
    "notice",
    [
        "other/first-notice",
        "first-notice",
        "kino/nothing",
        "kino/nothing-neutral",
        "kino/withdrawal-nothing",
        "kino/purpose-nothing",
        "kino/",
        "kino/first-notice-neutral",
        "",
    ],
)
def test_unknown_notices(pack: Pack, notice: str) -> None:
    with pytest.raises(KeyError):
        notice_for(pack, notice, "en", VERSION)


@pytest.mark.parametrize(
    "notice",
    [
        "kino/first-notice",
        "kino/location",
        "kino/location-neutral",
        "kino/withdrawal-nearby",
        "kino/purpose-nearby",
    ],
)
def test_unknown_versions_and_languages(pack: Pack, notice: str) -> None:
    with pytest.raises(KeyError):
        notice_for(pack, notice, "en", "1999-01-01")
    with pytest.raises(KeyError):
        recompute(pack, notice, "ar", VERSION)


@pytest.mark.parametrize("line", ["", "a\nb", "cafe\u0301"])
def test_lines_that_would_blur_a_digest_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not one line"):
        Notice("kino/x", VERSION, "en", ("a", line))


def test_a_notice_cannot_be_changed(pack: Pack) -> None:
    notice: Any = first_notice(pack, "en")
    with pytest.raises(FrozenInstanceError):
        notice.lines = ()
