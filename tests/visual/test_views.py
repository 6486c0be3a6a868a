"""Every component looks as it did: in the dark, in other languages, on a desktop."""

from __future__ import annotations

from dataclasses import replace

import flet as ft
import pytest

from components.notices.first_notice import FirstNotice
from components.surface.example import Setting

from .comparing import compare
from .easel import Easel
from .pictures import faults
from .wanted import DARK, EN, ZH, View, compared

pytestmark = pytest.mark.anyio


@pytest.mark.timeout(900)
async def test_it_looks_as_it_did(easel: Easel) -> None:
    wanted = [it for it in compared() if it.view is not ZH]
    assert wanted
    seen = await faults(easel, wanted)
    assert not seen, "\n".join(seen)


@pytest.mark.parametrize("view", [ZH, EN, DARK], ids=lambda view: view.name)
async def test_another_word_on_a_button_is_seen(easel: Easel, view: View) -> None:
    """On a real screen, and in no other way than by one word."""

    def notice(setting: Setting, refuse: dict[str, str]) -> ft.Control:
        text = setting.pack.texts_for(setting.language.locale).first_notice
        titles = {card.clauses[0]: "" for card in text.cards}
        here = setting.does("")
        changed = replace(text, refuse=refuse.get(text.refuse, text.refuse))
        return FirstNotice(
            changed,
            titles,
            setting.language,
            on_choice=here,
            on_read=here,
            on_summary=here,
            on_language=here,
        )

    other = {
        "不同意，仅浏览": "不同意，只浏览",
        "Don’t agree, just browse": "Don’t agree, only browse",
    }
    await easel.put_on(view, lambda it: notice(it, {}))
    before = await easel.settled(2)
    await easel.put_on(view, lambda it: notice(it, {}))
    assert compare(before, await easel.settled(2)).same
    await easel.put_on(view, lambda it: notice(it, other))
    assert not compare(before, await easel.settled(2)).same
