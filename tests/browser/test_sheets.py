"""How much of the host's screen a sheet that asks leaves in sight."""

from __future__ import annotations

import flet as ft
import pytest

from components.surface import parts, tokens
from components.surface.runtime import embed, kit_component
from components.surface.sheets import Sheet, SheetForm, asked_in_sheet

from .conftest import Visit
from .harness import PHONE, AppPage
from .layout import layout

pytestmark = pytest.mark.anyio

_WORDS = "What is used, what for, and how long it is kept, in words that take two lines."


@kit_component
def _Asked(paragraphs: int, words: str) -> ft.Control:
    return asked_in_sheet(
        [
            parts.heading("May we?", 2),
            *(parts.body(words) for _ in range(paragraphs)),
        ],
        parts.action("Yes", lambda: None, identifier="asked.yes"),
    )


async def asked(visit: Visit, paragraphs: int, words: str = _WORDS) -> AppPage:
    """A page over which a sheet with so many paragraphs asks something."""

    async def main(page: ft.Page) -> None:
        page.add(ft.Text("The host"))
        Sheet(page, lambda _answer: embed(_Asked, paragraphs, words), SheetForm.PROMPT)

    app = await visit(main)
    await app.find(identifier="asked.yes").wait_for(state="attached")
    await layout(app.page)
    return app


async def span(app: AppPage) -> tuple[float, float, float]:
    """Where the heading begins, where the last words in sight end, and where the choice begins."""
    heading = await app.find("May we?", role="heading").bounding_box()
    words = await app.page.get_by_text(_WORDS).all()
    choice = await app.find(identifier="asked.yes").bounding_box()
    assert heading is not None and choice is not None
    ends = []
    for it in words:
        box = await it.bounding_box()
        assert box is not None
        ends.append(box["y"] + box["height"])
    return heading["y"], max(ends), choice["y"]


async def test_with_few_words_it_is_no_higher_than_they_are(visit: Visit) -> None:
    app = await asked(visit, 2)
    top, end, choice = await span(app)
    assert top > PHONE["height"] / 2
    assert 0 < choice - end <= tokens.GAP_LARGE
    await app.wheel(600)
    await layout(app.page)
    assert (await span(app))[0] == top, "there is something to scroll"


async def test_it_grows_with_its_text(visit: Visit) -> None:
    app = await asked(visit, 2)
    before, _, _ = await span(app)
    await app.text_scale(2)
    await layout(app.page)
    after, end, choice = await span(app)
    assert after < before - 50
    assert 0 < choice - end <= tokens.GAP_LARGE


async def test_with_many_words_the_choice_stays_in_sight(visit: Visit) -> None:
    app = await asked(visit, 60)
    box = await app.find(identifier="asked.yes").bounding_box()
    assert box is not None and box["y"] + box["height"] <= PHONE["height"]
    top, _, _ = await span(app)
    assert top < 60
    await app.wheel(6000)
    await layout(app.page)
    _, end, choice = await span(app)
    assert 0 < choice - end <= tokens.GAP_LARGE


async def test_a_thumb_beside_short_lines_moves_them(visit: Visit) -> None:
    app = await asked(visit, 60, "A short one.")
    heading = app.find("May we?", role="heading")
    before = await heading.bounding_box()
    assert before is not None
    await app.page.mouse.move(PHONE["width"] - 2 * tokens.EDGE, PHONE["height"] / 2)
    await app.page.mouse.wheel(0, 30)
    await layout(app.page)
    after = await heading.bounding_box()
    assert after is not None and after["y"] < before["y"]
