"""What is typed into a field stays there, key by key, while the screen around it is drawn anew.

Flet draws a field with the value that the app gives it: a field whose value the app does not follow
is emptied by the next drawing. Filling it at once, as tests do elsewhere, does not show that.
"""

from __future__ import annotations

import pytest

from .layout import layout
from .person import Person
from .settled import wait_until
from .stage import Stage
from .typist import Typist

pytestmark = pytest.mark.anyio

FIELDS = {
    "checkout/ready": "138",
    "code-entry/code": "K4X",
    "debrief/writes": "abc",
    "guardian/age": "201",
    "guardian/check": "42",
    "home/browse-only": "tea",
    "lists/collected": "wifi",
    "reader/search": "x",
    "rights/form": "abc",
}
"""The first field of each component that has one, and what is typed after what stands there."""


@pytest.mark.parametrize("address", FIELDS)
async def test_what_is_typed_stays(stage: Stage, address: str) -> None:
    await stage.show(address, "en")
    page = stage.app.page
    await layout(page)
    field = page.locator("input, textarea").first
    # As somebody does who first brings the field into sight, and then taps it: a tap on what still
    # moves may give the focus to a node that the end of the movement replaces.
    await field.scroll_into_view_if_needed()
    await layout(page)
    await field.click(force=True)
    typist = Typist(Person(stage.app))
    before = await typist.value()

    async def has_focus() -> bool:
        return str(await page.evaluate("document.activeElement.tagName")) in ("INPUT", "TEXTAREA")

    await wait_until(has_focus, "the field to have the focus")
    await layout(page)
    await wait_until(has_focus, "the field to keep the focus")
    await typist.write(FIELDS[address])
    # What the last key set off is drawn by now, and took nothing back.
    await layout(page)
    assert await typist.value() == before + FIELDS[address]
