"""The summary, and the ways from the first notice to it."""

from __future__ import annotations

import pytest

from components.i18n import available_locales
from components.policy import Pack
from components.prototype.gallery import gallery
from tests.pilot import running

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("locale", available_locales())
async def test_every_point_is_shown_with_every_clause(pack: Pack, locale: str) -> None:
    done: list[str] = []
    async with running(
        gallery(pack, done.append), route=f"/summary/default?locale={locale}"
    ) as pilot:
        for card in pack.texts_for(locale).summary:
            assert pilot.says(card.title) and pilot.says(card.body)
            for clause in card.clauses:
                await pilot.tap(pilot.by_key(f"summary.clause.{card.id}.{clause}"))
                assert done.pop() == f"read {clause}"
        for key, did in (("policy", "read"), ("choices", "choices")):
            await pilot.tap(pilot.by_key(f"summary.{key}"))
            assert done.pop() == did


async def test_behind_the_first_notice_there_is_nothing_to_choose(visit: MakeVisit) -> None:
    here = await visit()
    here.pilot.start(here.kit.start)
    await here.pilot.settle()
    await here.press("first-notice.summary")
    assert here.pilot.says(here.kit.texts.summary_title)
    assert not here.pilot.has_key("summary.choices")
    await here.press("summary.policy")
    assert here.pilot.has_key("reader.contents")
    await here.pilot.press_back()
    await here.pilot.press_back()
    assert here.pilot.has_key("first-notice.accept")
    assert not here.pilot.says(here.kit.texts.summary_title)
    assert here.kit.gate.notice_due


async def test_after_it_the_choices_are_one_tap_away(visit: MakeVisit) -> None:
    here = await visit()
    await here.accept_notice()
    here.pilot.start(here.kit.screens.summary)
    await here.pilot.settle()
    here.kit.speak("en")
    await here.pilot.settle()
    assert here.pilot.says(here.kit.texts.summary_title)
    await here.press("summary.choices")
    assert here.pilot.has_key("withdraw.notice")
