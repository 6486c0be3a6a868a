"""An app of another style is measured as it is: nothing of it was made for this."""

from __future__ import annotations

import asyncio
import inspect

import flet as ft
import pytest
from playwright.async_api import Browser

from components.fairness import Form, Part, Subject, judge
from components.fairness.adapters.chromium import ANDROID, measure, settled
from components.fairness.serving import served
from components.prototype.server import serve, web_app

from . import foreign_app

pytestmark = pytest.mark.anyio


async def test_a_foreign_app_is_measured_unchanged(chromium: Browser) -> None:
    async with served(foreign_app.main, "en") as (url, pages):
        context = await chromium.new_context(locale="en-GB", **ANDROID)
        page = await context.new_page()
        await page.goto(url)
        await settled(page)
        app: ft.Page = pages[-1]
        first = await measure(page, name="first walk", locale="en", app=app)
        larger = await measure(page, name="first walk", locale="en", app=app, text_scale=1.3)
        await measure(page, name="first walk", locale="en", app=app)
        await page.get_by_role("button", name="Weather on the way").dispatch_event("click")
        await page.get_by_role("button", name="Don't allow").wait_for(state="attached")
        over = await measure(page, name="weather", locale="en", app=app, question=True)
        from_outside = await measure(page, name="weather", locale="en", question=True)
        await context.close()
    assert {it.name: it.part for it in first.elements if it.part is not Part.OTHER} == {
        "Accept all": Part.ACCEPT_ALL,
        "No thanks": Part.REFUSE,
        "Count map openings: on": Part.OPTION,
    }
    report = judge(Subject("walks", (first, larger)))
    assert {"CS-02", "CS-03", "CS-04", "CS-08", "AX-01", "AX-04"} <= report.broken
    assert not {"CS-01", "CS-06", "CS-09", "LX-01", "LX-02", "LX-04"} & report.broken
    assert over.form is Form.DIALOG
    assert over.pair is not None
    assert [it.name for it in over.pair] == ["Allow", "Don't allow"]
    fair = judge(Subject("weather", (over,)))
    assert not {"CS-01", "CS-02", "CS-03", "CS-04", "CS-18", "LX-01"} & fair.broken
    # Without the app's tree, the pixels tell the same story.
    assert not judge(Subject("weather", (from_outside,))).broken_errors - fair.broken_errors


def test_the_foreign_app_knows_nothing_of_the_kit() -> None:
    source = inspect.getsource(foreign_app)
    assert "components" not in source and "identifier" not in source.partition('"""')[2][120:]


async def test_what_the_client_says_while_it_waits_is_no_screen(chromium: Browser) -> None:
    async def slow(_page: ft.Page) -> None:
        await asyncio.sleep(2)

    app = web_app(lambda page: page.add(ft.Text("Walks near you")), before_main=slow)
    async with serve(app) as url:
        context = await chromium.new_context(locale="en-GB", **ANDROID)
        page = await context.new_page()
        await page.goto(url)
        found = await settled(page)
        await context.close()
    assert [it["name"] for it in found] == ["Walks near you"]
