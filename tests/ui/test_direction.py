"""Text on a screen that runs the other way, in the parts that every screen is put together from."""

from __future__ import annotations

import flet as ft
import pytest

from components.surface import parts
from components.surface.direction import indented, own_side, runs_against
from components.surface.runtime import kit_component
from tests.pilot import running

pytestmark = pytest.mark.anyio

CHINESE = "我们收集您的信息。"
ARABIC = "نجمع معلوماتك."


@kit_component
def Screen() -> ft.Control:
    return ft.Column(
        [
            parts.heading(CHINESE, 1),
            parts.body(CHINESE),
            parts.note(CHINESE),
            parts.link(CHINESE, lambda: None, identifier="link"),
            parts.action(CHINESE, lambda: None, identifier="action"),
            parts.point("place", CHINESE, ARABIC),
            ft.Container(padding=indented(20), key="own"),
            ft.Container(padding=indented(20, CHINESE), key="other"),
            ft.Text(str(runs_against(CHINESE)), text_align=own_side(CHINESE), key="side"),
        ]
    )


@pytest.mark.parametrize("rtl", [True, False])
async def test_every_part_keeps_the_order_of_what_it_shows(rtl: bool) -> None:
    def main(page: ft.Page) -> None:
        page.rtl = rtl
        page.render(Screen)

    async with running(main) as pilot:
        values = [str(it["value"]) for it in pilot.all("Text")]
        # The words of a quiet button may be its content as they are.
        values += [it["content"] for it in pilot.all("TextButton") if type(it["content"]) is str]
        marked = f"\u2066{CHINESE}\u2069" if rtl else CHINESE
        assert values.count(marked) == 6
        assert values.count(ARABIC) == 1
        # Marks are neither read nor spoken, so tests find words without them.
        assert pilot.texts().count(CHINESE) == 6
        own, other = (pilot.by_key(it)["padding"] for it in ("own", "other"))
        assert dict(own) == ({"right": 20} if rtl else {"left": 20})
        assert dict(other) == {"left": 20}
        side = pilot.by_key("side")
        assert (side["value"], side.get("text_align", "start")) == (
            (str(rtl), "left" if rtl else "start")
        )


def test_outside_of_a_page_nothing_is_turned() -> None:
    assert parts.body(CHINESE).value == CHINESE
    assert not runs_against(CHINESE)
