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
    block_text,
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


def test_the_example_version_is_never_in_effect_and_says_so(pack: Pack) -> None:
    example = pack.versions[-1]
    assert (example.id, example.example) == ("2026-01-01", True)
    assert (example.published, example.effective) == (date(2025, 12, 10), date(2026, 1, 1))
    assert pack.version.id != example.id
    for locale, word in (("zh_Hans", "示例"), ("en", "example")):
        opening = block_text(pack.document(locale, example.id).preamble[0])
        assert word in opening
        assert opening not in [block_text(it) for it in pack.document(locale).preamble]


def test_what_the_example_version_changes(pack: Pack) -> None:
    then = pack.at("2026-01-01")
    changed = {id_ for id_ in pack.purposes if then.purposes[id_] != pack.purposes[id_]}
    assert changed == {"marketing-push", "share-link"}
    assert "film-preferences" in then.purposes["marketing-push"].data
    assert then.recipients.keys() ^ pack.recipients.keys() == {"umeng-share", "example-share"}
    assert then.permissions == pack.permissions
    assert then.rights == pack.rights


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_which_clauses_the_example_version_changes(pack: Pack, locale: str) -> None:
    now, then = pack.document(locale), pack.document(locale, "2026-01-01")
    before, after = [it.id for it in now.clauses()], [it.id for it in then.clauses()]
    assert set(after) - set(before) == {"film-preferences"}
    assert set(before) <= set(after)
    assert [it for it in before if now.clause(it).digest != then.clause(it).digest] == [
        "messages",
        "weekly-picks",
        "sdk",
        "retention",
    ]
    assert before.index("guardian-consent") < before.index("guardians")
    assert after.index("guardians") < after.index("guardian-consent")
