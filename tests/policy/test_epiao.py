"""The reference pack E票电影 as it is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from components.policy import (
    ListBlock,
    Pack,
    Paragraph,
    RequestMode,
    Run,
    first_notice,
    load_pack,
    notice_for,
    prompt_notice,
)
from components.policy.document import Block

FOLDER = Path(__file__).parents[2] / "policy_content" / "epiao"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(FOLDER)


def runs_in(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph(runs):
            yield from runs
        case ListBlock(items=items):
            for item in items:
                for part in item:
                    yield from runs_in(part)
        case _:
            for row in (block.head, *block.rows):
                for cell in row:
                    yield from cell


def test_it_loads_complete_in_both_languages(pack: Pack) -> None:
    assert pack.id == "epiao"
    assert pack.default_locale == "zh_Hans"
    assert set(pack.locales) == {"zh_Hans", "en"}
    assert set(pack.texts) == {
        (version.id, locale) for version in pack.versions for locale in pack.locales
    }


def test_version_dates(pack: Pack) -> None:
    assert pack.version.id == "2021-11-01"
    assert pack.version.published == date(2021, 10, 20)
    assert pack.version.effective == date(2021, 11, 1)


def test_nine_sections_with_the_same_ids(pack: Pack) -> None:
    chinese, english = pack.document("zh_Hans"), pack.document("en")
    assert len(chinese.sections) == 9
    assert [c.id for c in chinese.clauses()] == [c.id for c in english.clauses()]
    assert [c.level for c in chinese.clauses()] == [c.level for c in english.clauses()]
    assert [len(c.blocks) for c in chinese.clauses()] == [len(c.blocks) for c in english.clauses()]


def test_ten_sdks(pack: Pack) -> None:
    sdks = [recipient for recipient in pack.recipients.values() if recipient.kind == "sdk"]
    assert len(sdks) == 10
    assert all(sdk.data for sdk in sdks)


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_no_markup_is_left_on_the_page(pack: Pack, locale: str) -> None:
    document = pack.document(locale)
    blocks = [*document.preamble, *(block for c in document.clauses() for block in c.blocks)]
    runs = [run for block in blocks for run in runs_in(block)]
    assert any(run.strong for run in runs)
    assert any(run.sensitive for run in runs)
    assert not [run.text for run in runs if "**" in run.text or "{" in run.text]


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_every_prompt_and_purpose_has_its_notice(pack: Pack, locale: str) -> None:
    assert 3 <= len(pack.texts_for(locale).first_notice.cards) <= 6
    assert len(first_notice(pack, locale).digest) == 64
    for permission in pack.permissions.values():
        if permission.request is RequestMode.JUST_IN_TIME:
            assert permission.prompt is not None
            assert prompt_notice(pack, permission.prompt, locale).locale == locale
    for purpose in pack.purposes:
        for kind in ("withdrawal", "purpose"):
            assert notice_for(pack, f"epiao/{kind}-{purpose}", locale).lines
