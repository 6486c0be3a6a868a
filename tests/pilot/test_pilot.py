"""The pilot drives apps of every style, and each of its lints fires on the fault it is for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import flet as ft
import flet_geolocator as fg
import flet_permission_handler as fph
import pytest
from flet.messaging.protocol import Message as WireMessage
from flet.messaging.protocol import MessageAction, PatchControlBody

from tests.pilot import (
    Device,
    NeverStill,
    Pilot,
    PilotProblems,
    ProblemKind,
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


async def fails_with(kind: ProblemKind, main: Callable[[ft.Page], None], *taps: str) -> str:
    """Run an app, tap, and return the message of the problem that must come of it."""
    with pytest.raises(PilotProblems) as caught:
        async with running(main) as pilot:
            for name in taps:
                await pilot.tap(name)
    of_kind = [problem for problem in caught.value.problems if problem.kind == kind]
    assert of_kind, caught.value
    return of_kind[0].message


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


async def test_the_device_answers_and_remembers() -> None:
    device = Device(
        permission_answers={"camera": "permanentlyDenied", "locationWhenInUse": "granted"}
    )

    async def visit(pilot: Pilot) -> list[object]:
        async def services() -> list[object]:
            preferences, permissions = ft.SharedPreferences(), fph.PermissionHandler()
            visits = (await preferences.get("visits") or 0) + 1  # type: ignore[operator]
            await preferences.set("visits", visits)
            location = fg.Geolocator()
            await location.request_permission()
            await ft.FilePicker().save_file(file_name="receipt.json", src_bytes=b"{}")
            await ft.UrlLauncher().launch_url("https://rights.example/")
            await ft.SemanticsService().announce_message("saved")
            info = await ft.context.page.get_device_info()
            assert info is not None
            return [
                visits,
                await preferences.get_keys("vis"),
                await permissions.get_status(fph.Permission.CAMERA),
                await permissions.request(fph.Permission.CAMERA),
                (await location.get_current_position()).latitude,
                await ft.FilePicker().pick_files(),
                await ft.Connectivity().get_connectivity(),
                info.locales[0],
            ]

        result = await pilot.call(services)
        assert isinstance(result, list)
        return result

    english = ft.Locale("en", country_code="GB")
    async with running(lambda page: None, device=device, locale="en-GB") as pilot:
        assert await visit(pilot) == [
            1,
            ["visits"],
            fph.PermissionStatus.DENIED,
            fph.PermissionStatus.PERMANENTLY_DENIED,
            31.2304,
            [],
            [ft.ConnectivityType.WIFI],
            english,
        ]
        assert len(pilot.calls("PermissionHandler", "request")) == 1
    assert device.saved_files == {"receipt.json": b"{}"}
    assert device.launched_urls == ["https://rights.example/"]
    assert device.announcements == ["saved"]
    async with running(lambda page: None, device=device, platform="ios") as pilot:
        again = await visit(pilot)
        assert again[0] == 2 and again[2] == fph.PermissionStatus.PERMANENTLY_DENIED


@pytest.mark.parametrize(
    ("platform", "web"),
    [("android", False), ("ios", False), ("linux", False), ("macos", False), ("windows", True)],
)
async def test_every_platform_tells_its_locales(platform: str, web: bool) -> None:
    async with running(
        lambda page: None,
        platform=platform,  # type: ignore[arg-type]
        web=web,
        locale="zh-Hant-TW",
    ) as pilot:
        info = await pilot.call(pilot.app_page.get_device_info)
        assert info.locales == [ft.Locale("zh", script_code="Hant", country_code="TW")]
        assert pilot.app_page.platform == ft.PagePlatform(platform) and pilot.app_page.web is web


async def test_methods_given_by_the_test_come_first_and_may_fail() -> None:
    async def slow(arguments: dict[str, object]) -> str:
        await asyncio.sleep(0.01)
        return "granted"

    def broken(arguments: dict[str, object]) -> None:
        raise OSError("disk full")

    methods = {"PermissionHandler.request": slow, "SharedPreferences.set": broken, "get": "fixed"}
    async with running(lambda page: None, methods=methods) as pilot:

        async def use() -> object:
            assert await ft.SharedPreferences().get("anything") == "fixed"
            with pytest.raises(RuntimeError, match="OSError: disk full"):
                await ft.SharedPreferences().set("a", 1)
            return await fph.PermissionHandler().request(fph.Permission.CAMERA)

        assert await pilot.call(use) == fph.PermissionStatus.GRANTED


async def test_the_page_hears_of_size_theme_language_lifecycle_and_route() -> None:
    heard: list[object] = []

    def main(page: ft.Page) -> None:
        page.on_resize = lambda e: heard.append((e.width, page.height))
        page.on_platform_brightness_change = lambda e: heard.append(page.platform_brightness)
        page.on_locale_change = lambda e: heard.append(e.locales[0].language_code)
        page.on_app_lifecycle_state_change = lambda e: heard.append(e.state)
        page.on_route_change = lambda e: heard.append(e.route)
        page.add(ft.ListView([ft.Text("a")], on_scroll=lambda e: heard.append(e.pixels)))
        page.add(ft.Container(width=300, on_size_change=lambda e: heard.append(("box", e.width))))

    async with running(main) as pilot:
        assert heard == [("box", 300.0)]
        heard.clear()
        await pilot.resize(1280, 800)
        await pilot.set_brightness("dark")
        await pilot.set_locales("ar")
        await pilot.set_lifecycle("pause")
        await pilot.go("/policy")
        await pilot.call(pilot.app_page.push_route, "/centre")
        await pilot.scroll(pilot.one("ListView"), 120)
        assert heard == [
            (1280.0, 800.0),
            ("box", 300.0),
            ft.Brightness.DARK,
            "ar",
            ft.AppLifecycleState.PAUSE,
            "/policy",
            "/centre",
            120.0,
        ]


async def test_a_reconnected_client_gets_the_whole_page_again() -> None:
    events: list[str] = []
    bump: list[Callable[[], None]] = []

    @ft.component
    def App() -> ft.Control:
        count, set_count = ft.use_state(0)
        bump[:] = [lambda: set_count(lambda before: before + 1)]
        return ft.Column([ft.Text(f"count {count}"), ft.TextButton("more", on_click=bump[0])])

    def main(page: ft.Page) -> None:
        page.on_connect = lambda: events.append("connect")
        page.on_disconnect = lambda: events.append("disconnect")
        page.render(App)

    async with running(main) as pilot:
        await pilot.tap("more")
        await pilot.disconnect()
        with pilot.traffic() as offline:
            await pilot.call(bump[0])
        assert offline.frames == []
        await pilot.reconnect()
        assert events == ["disconnect", "connect"]
        # Flet drops what was set while offline; the pilot must show that, not hide it.
        assert pilot.says("count 1")
        await pilot.tap("more")
        assert pilot.says("count 3")


async def test_two_sessions_share_pubsub_and_nothing_else() -> None:
    def main(page: ft.Page) -> None:
        text = ft.Text("quiet")

        async def hear(message: str) -> None:
            text.value = message
            text.update()

        page.pubsub.subscribe(lambda message: page.run_task(hear, message))
        page.add(text, ft.TextButton("call", on_click=lambda: page.pubsub.send_others("hello")))

    async with running(main) as first, running(main, beside=first) as second:
        await first.tap("call")
        await second.settle()
        assert second.says("hello") and not first.says("hello")


async def test_settling_waits_for_threads_and_near_timers() -> None:
    def main(page: ft.Page) -> None:
        async def work() -> None:
            await asyncio.to_thread(time.sleep, 0.05)
            await asyncio.sleep(0.02)
            page.add(ft.Text("worked"))

        def late() -> None:
            page.add(ft.Text("at last"))
            page.update()

        page.add(
            ft.TextButton("work", on_click=work),
            ft.TextButton(
                "later", on_click=lambda: asyncio.get_running_loop().call_later(0.2, late)
            ),
        )

    async with running(main) as pilot:
        await pilot.tap("work")
        assert pilot.says("worked")
        await pilot.tap("later")
        assert not pilot.says("at last")
        await pilot.until(lambda: pilot.says("at last"))
        with pytest.raises(TimeoutError, match=r"on the screen: .*'worked'"):
            await pilot.until(lambda: False, within=0.05)


async def test_an_app_that_never_rests_is_named() -> None:
    stop = asyncio.Event()

    async def spin_for_ever() -> None:
        while not stop.is_set():  # noqa: ASYNC110 - to spin is the point
            await asyncio.sleep(0)

    async with running(lambda page: None, limit=0.2) as pilot:
        task = asyncio.create_task(spin_for_ever())
        with pytest.raises(NeverStill, match="spin_for_ever"):
            await pilot.settle()
        stop.set()
        await task
    with pytest.raises(PilotProblems, match=r"(?s)\[restless\].*spin_for_ever"):
        async with running(lambda page: None, limit=0.2):
            stop.clear()
            task = asyncio.create_task(spin_for_ever())
    stop.set()
    await task


async def test_lint_a_failing_handler() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("break", on_click=lambda: 1 / 0))

    assert "ZeroDivisionError" in await fails_with("crash", main, "break")
    assert "on_click" in await fails_with("log", main, "break")


async def test_lint_a_failing_main() -> None:
    def main(page: ft.Page) -> None:
        raise ValueError("no pack")

    assert "ValueError: no pack" in await fails_with("crash", main)


async def test_lint_a_failing_component_body() -> None:
    @ft.component
    def App() -> ft.Control:
        broken, set_broken = ft.use_state(False)
        if broken:
            raise ValueError("bad state")
        return ft.TextButton("break", on_click=lambda: set_broken(True))

    assert "bad state" in await fails_with("scheduler", declarative(App), "break")


async def test_lint_a_control_in_a_scalar_property_at_once_and_later() -> None:
    def at_once(page: ft.Page) -> None:
        page.add(ft.Semantics(ft.Text("x")))  # type: ignore[arg-type]

    def later(page: ft.Page) -> None:
        text = ft.TextField(label="field")

        def spoil() -> None:
            text.value = ft.Text("x")  # type: ignore[assignment]

        page.add(text, ft.TextButton("spoil", on_click=spoil))

    assert "Semantics.tooltip" in await fails_with("scalar-control", at_once)
    assert "TextField.value" in await fails_with("scalar-control", later, "spoil")


async def test_lint_a_patch_for_another_session() -> None:
    @ft.observable
    class Shared:
        count = 0

    shared = Shared()

    @ft.component
    def App() -> ft.Control:
        state, _ = ft.use_state(shared)
        return ft.Column([ft.Text(f"count {state.count}"), ft.TextButton("more", on_click=more)])

    def more() -> None:
        shared.count += 1

    with pytest.raises(PilotProblems, match="unknown-control"):
        async with (
            running(declarative(App)) as first,
            running(declarative(App), beside=first),
        ):
            await first.tap("more")


async def test_lint_a_patch_that_does_not_fit() -> None:
    with pytest.raises(PilotProblems, match=r"\[broken-patch\].*index 9"):
        async with running(lambda page: page.add(ft.Column([ft.Text("a")]))) as pilot:
            column = pilot.one("Column")
            patch = [[0, {"controls": [1]}], [0, 1, 9, "x"]]
            pilot.connection.send_message(
                WireMessage(MessageAction.PATCH_CONTROL, PatchControlBody(column.id, patch))
            )


async def test_lint_an_exception_that_nobody_looked_at() -> None:
    def main(page: ft.Page) -> None:
        async def fail() -> None:
            raise KeyError("unseen")

        async def start() -> None:
            # Kept only as long as the handler runs, so that the loop is what reports it.
            task = asyncio.create_task(fail())
            await asyncio.sleep(0)
            del task

        page.add(ft.TextButton("start", on_click=start))

    assert "KeyError('unseen')" in await fails_with("unretrieved", main, "start")


async def test_lint_hooks_under_a_condition() -> None:
    @ft.component
    def App() -> ft.Control:
        more, set_more = ft.use_state(False)
        if more:
            ft.use_ref(None)
        return ft.TextButton("other", on_click=lambda: set_more(not more))

    assert "RefHook" in await fails_with("hooks", declarative(App), "other")
    message = await fails_with("hooks", declarative(App), "other", "other")
    assert message.startswith("App called")


async def test_lint_an_answer_the_client_could_not_give() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("go", on_click=lambda: None))

    with pytest.raises(PilotProblems, match=r"\[client\]"):
        async with running(main) as pilot:

            async def lose_the_way() -> None:
                raise RuntimeError("lost")

            pilot.connection.run(lose_the_way())


async def test_expected_problems_can_be_taken_and_a_failed_test_keeps_its_own_error() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("break", on_click=lambda: 1 / 0))

    async with running(main) as pilot:
        await pilot.tap("break")
        assert len(pilot.crashes) == 1
        assert {problem.kind for problem in pilot.take_problems("crash", "log")} == {"crash", "log"}
        assert pilot.problems == []
    with pytest.raises(ValueError, match="the test's own") as caught:
        async with running(main) as pilot:
            await pilot.tap("break")
            raise ValueError("the test's own")
    assert "ZeroDivisionError" in caught.value.__notes__[0]


async def test_the_loop_is_left_as_it_was() -> None:
    loop = asyncio.get_running_loop()
    before = (loop.get_exception_handler(), loop.run_in_executor)
    async with running(lambda page: None) as first:
        async with running(lambda page: None, beside=first):
            assert "run_in_executor" in vars(loop)
        assert "run_in_executor" in vars(loop)
    assert (loop.get_exception_handler(), loop.run_in_executor) == before
