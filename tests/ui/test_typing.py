"""Somebody types the last letter and presses the button at once: that letter counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from components.consent.age import AgeBand
from components.endpoint import EmbeddedEndpoint, Settings
from components.policy import Pack
from tests.prototype.test_host import App, press, to_checkout

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio


async def test_a_phone_number(pack: Pack, tmp_path: Path) -> None:
    app = App(pack, tmp_path)
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        field, button = pilot.by_key("order.phone"), pilot.by_key("order.place")
        await pilot.type_and_tap(field, "13800138000", button)
        assert pilot.says("138 •••• 8000")


async def test_a_day_of_birth(visit: MakeVisit) -> None:
    it = await visit()
    asking = it.pilot.start(it.kit.screens.age)
    await it.pilot.settle()
    for key, value in (("age.year", "2015"), ("age.month", "6")):
        await it.pilot.type(it.pilot.by_key(key), value)
    await it.pilot.type_and_tap(it.pilot.by_key("age.day"), "21", it.pilot.by_key("age.accept"))
    await it.press("hand-over.accept")
    assert it.kit.record.birth_date == date(2015, 6, 21)
    words = next(text for text in it.pilot.texts() if "乘以" in text)
    first, second = (int(part) for part in words.rstrip("等于多少？").split("乘以"))
    await it.pilot.type_and_tap(
        it.pilot.by_key("guardian.result"),
        str(first * second),
        it.pilot.by_key("guardian.accept"),
    )
    await it.press("first-notice.accept")
    await it.press("separate.accept")
    await it.press("guardian.done")
    assert await asking is AgeBand.CHILD


async def test_a_request(visit: MakeVisit, tmp_path: Path) -> None:
    async with EmbeddedEndpoint(Settings(f"sqlite:///{tmp_path}/endpoint.sqlite")) as endpoint:
        it = await visit(endpoint=endpoint.url)
        await it.accept_notice()
        it.pilot.start(it.kit.screens.rights)
        await it.pilot.until(lambda: it.pilot.has_key("ask.copy"))
        await it.press("ask.copy")
        await it.pilot.type_and_tap(
            it.pilot.by_key("rights.message"), "只要订单记录", it.pilot.by_key("rights.review")
        )
        await it.press("rights.send")
        assert it.kit.travelling.requests.all()[0].request.message == "只要订单记录"
