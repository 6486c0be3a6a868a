"""The pilot drives apps of every style."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import flet as ft
import pytest
from flet.messaging.protocol import MessageAction

from tests.pilot import (
    running,
)

pytestmark = pytest.mark.anyio


@ft.component
def Counter() -> ft.Control:
    count, set_count = ft.use_state(0)
    return ft.Column(
        [
            ft.Text(f"count {count}", key="count"),
            ft.FilledButton("more", on_click=lambda: set_count(count + 1)),
            ft.FilledButton("never", disabled=True, on_click=lambda: set_count(-1)),
            ft.Text("plain"),
        ]
    )


def declarative(component: Callable[[], ft.Control]) -> Callable[[ft.Page], None]:
    def main(page: ft.Page) -> None:
        page.render(component)

    return main


async def test_a_component_renders_and_answers_to_taps() -> None:
    async with running(declarative(Counter)) as pilot:
        assert pilot.texts() == ["count 0", "more", "never", "plain"]
        with pilot.traffic() as traffic:
            await pilot.tap("more")
        assert pilot.by_key("count")["value"] == "count 1"
        assert [frame.action for frame in traffic.frames] == [MessageAction.PATCH_CONTROL]
        assert 20 < traffic.size < 80


async def test_an_imperative_app_updates_after_its_handlers() -> None:
    def main(page: ft.Page) -> None:
        text = ft.Text("cold")

        def heat() -> None:
            text.value = "hot"

        page.add(text, ft.TextButton("heat", on_click=heat))

    async with running(main) as pilot:
        await pilot.tap("heat")
        assert pilot.says("hot") and not pilot.says("cold")


async def test_before_main_is_in_the_first_frame_and_main_may_wait_for_the_person() -> None:
    def before(page: ft.Page) -> None:
        page.title = "明示"

    async def main(page: ft.Page) -> None:
        answered = asyncio.Event()
        page.add(ft.TextButton("go on", on_click=answered.set))
        await answered.wait()
        page.add(ft.Text("done"))

    async with running(main, before_main=before) as pilot:
        assert pilot.frames[0].body["page_patch"]["title"] == "明示"
        assert not pilot.says("done")
        await pilot.tap("go on")
        assert pilot.says("done")


async def test_taps_that_no_person_could_make_are_refused() -> None:
    async with running(declarative(Counter)) as pilot:
        with pytest.raises(AssertionError, match="is disabled"):
            await pilot.tap("never")
        with pytest.raises(LookupError, match=r"named 'nothing'; there: .*'more'"):
            await pilot.tap("nothing")
        with pytest.raises(AssertionError, match="ignores taps"):
            await pilot.tap(pilot.one("Text", value="plain"))
        with pytest.raises(AssertionError, match="does not listen to 'change'"):
            await pilot.fire(pilot.by_key("count"), "change")
        old = pilot.by_key("count")
        pilot.page["views"][0]["controls"].clear()
        with pytest.raises(AssertionError, match="no longer on the screen"):
            await pilot.tap(old)


async def test_inputs_of_every_kind() -> None:
    seen: dict[str, object] = {}

    def note(name: str) -> Callable[[ft.Event[Any]], None]:
        def handler(event: ft.Event[Any]) -> None:
            seen[name] = getattr(event.control, name.split()[-1])

        return handler

    def main(page: ft.Page) -> None:
        page.navigation_bar = ft.NavigationBar(
            [
                ft.NavigationBarDestination(icon=ft.Icons.HOME, label="Home"),
                ft.NavigationBarDestination(icon=ft.Icons.PERSON, label="Me"),
            ],
            on_change=note("bar selected_index"),
        )
        page.add(
            ft.Switch(label="ads", on_change=note("switch value")),
            ft.Checkbox(label="read", on_change=note("checkbox value")),
            ft.TextField(label="city", on_change=note("field value"), on_submit=note("sent value")),
            ft.RadioGroup(
                ft.Column([ft.Radio("A", value="a"), ft.Radio("B", value="b")]),
                on_change=note("radio value"),
            ),
            ft.SegmentedButton(
                [ft.Segment("zh", label="中文"), ft.Segment("en", label="English")],
                selected=["zh"],
                on_change=note("segments selected"),
            ),
            ft.ExpansionTile("more", controls=[ft.Text("inner")], on_change=note("tile expanded")),
            ft.Chip(ft.Text("drama"), on_select=note("chip selected")),
            ft.Container(ft.Text("card"), data=1, on_click=note("card data")),
            ft.IconButton(ft.Icon(ft.Icons.ADD, semantics_label="add"), on_click=note("icon key")),
        )

    async with running(main) as pilot:
        for name in ("ads", "read", "B", "English", "more", "drama", "card", "add", "Me"):
            await pilot.tap(name)
        await pilot.type("city", "上海", submit=True)
        assert seen == {
            "switch value": True,
            "checkbox value": True,
            "radio value": "b",
            "segments selected": ["en"],
            "tile expanded": True,
            "chip selected": True,
            "card data": 1,
            "icon key": None,
            "bar selected_index": 1,
            "field value": "上海",
            "sent value": "上海",
        }
        await pilot.toggle("ads", False)
        assert seen["switch value"] is False


async def test_queries_by_role_identifier_and_words() -> None:
    def main(page: ft.Page) -> None:
        page.add(
            ft.Semantics(content=ft.Text("Title"), heading_level=1, identifier="top"),
            ft.Text("See ", spans=[ft.TextSpan("the terms", on_click=lambda: None)]),
            ft.Text("hidden", visible=False),
            ft.TextField(label="name"),
            ft.Text("twice"),
            ft.Text("twice"),
        )

    async with running(main) as pilot:
        assert pilot.by_role("heading", "Title") is pilot.by_identifier("top")
        assert pilot.by_role("link")["text"] == "the terms"
        assert "See the terms" in pilot.texts() and not pilot.says("hidden")
        assert pilot.by_role("textbox", "name")["_c"] == "TextField"
        assert not pilot.has_key("nothing") and pilot.enabled(pilot.by_role("textbox"))
        with pytest.raises(LookupError, match="2 of Text"):
            pilot.one("Text", value="twice")


async def test_links_and_client_actions_are_opened_by_the_client() -> None:
    def main(page: ft.Page) -> None:
        page.add(
            ft.Text(spans=[ft.TextSpan("law", url="https://law.example/")]),
            ft.Button("shop", action=ft.OpenUrl("https://shop.example/")),
            ft.Button("copy", action=ft.CopyToClipboard("words")),
        )

    async with running(main) as pilot:
        await pilot.tap("law")
        await pilot.tap("shop")
        await pilot.tap("copy")
        assert pilot.opened_urls == ["https://law.example/", "https://shop.example/"]
        assert pilot.device.clipboard == "words"
        assert not pilot.calls("UrlLauncher", "launch_url")


@pytest.mark.parametrize("kind", [ft.AlertDialog, ft.BottomSheet])
async def test_an_awaited_dialog_is_answered_or_dismissed(
    kind: type[ft.AlertDialog] | type[ft.BottomSheet],
) -> None:
    async def ask(page: ft.Page) -> str:
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def finish(value: str) -> None:
            if not answer.done():
                answer.set_result(value)
            dialog.open = False
            dialog.update()

        dialog = kind(
            content=ft.Column(
                [ft.Text("May we?"), ft.TextButton("Yes", on_click=lambda: finish("yes"))]
            ),
            on_dismiss=lambda: None if answer.done() else answer.set_result("dismissed"),
        )
        page.show_dialog(dialog)
        ft.context.reset_update_called()
        return await answer

    def main(page: ft.Page) -> None:
        async def go() -> None:
            page.add(ft.Text(f"answer {await ask(page)}"))

        page.add(ft.TextButton("ask", on_click=go))

    async with running(main) as pilot:
        await pilot.tap("ask")
        assert [dialog.type for dialog in pilot.dialogs] == [kind.__name__]
        with pytest.raises(AssertionError, match="is behind"):
            await pilot.tap(pilot.one("TextButton", content="ask"))
        await pilot.tap("Yes")
        assert pilot.says("answer yes") and not pilot.dialogs and not pilot.says("May we?")
        await pilot.tap("ask")
        await pilot.dismiss_dialog()
        assert pilot.says("answer dismissed") and not pilot.dialogs
        task = pilot.start(ask, pilot.app_page)
        await pilot.settle()
        await pilot.press_back()
        assert await task == "dismissed"
        with pytest.raises(LookupError, match="no dialog is open"):
            await pilot.dismiss_dialog()


async def test_a_modal_dialog_is_closed_by_back_but_not_from_outside() -> None:
    def main(page: ft.Page) -> None:
        page.show_dialog(ft.AlertDialog(modal=True, title=ft.Text("Terms")))

    async with running(main) as pilot:
        with pytest.raises(AssertionError, match="does not close it"):
            await pilot.dismiss_dialog()
        assert pilot.by_role("dialog", "Terms") is pilot.front
        await pilot.dismiss_dialog(by="back")
        assert not pilot.dialogs


async def test_use_dialog_survives_renders_and_reopening() -> None:
    @ft.component
    def App() -> ft.Control:
        shown, show = ft.use_state(False)
        count, set_count = ft.use_state(0)
        ft.use_dialog(
            ft.AlertDialog(
                title=ft.Text(f"seen {count}"),
                actions=[
                    ft.TextButton("again", on_click=lambda: set_count(count + 1)),
                    ft.TextButton("close", on_click=lambda: show(False)),
                ],
                on_dismiss=lambda: show(False),
            )
            if shown
            else None
        )
        return ft.TextButton("open", on_click=lambda: show(True))

    async with running(declarative(App)) as pilot:
        for count in range(1, 4):
            await pilot.tap("open")
            await pilot.tap("again")
            assert pilot.says(f"seen {count}") and len(pilot.dialogs) == 1
            if count % 2:
                await pilot.tap("close")
            else:
                await pilot.dismiss_dialog()
            assert not pilot.dialogs
