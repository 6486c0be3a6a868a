"""The device of the pilot: services, settings, reconnecting, several sessions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import flet as ft
import flet_geolocator as fg
import flet_permission_handler as fph
import pytest

from tests.pilot import (
    Device,
    Pilot,
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
