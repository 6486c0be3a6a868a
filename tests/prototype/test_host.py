"""The shop around the kit, headless: from a film to a ticket, and the settings."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from components.consent.clock import ManualClock
from components.kit import ConsentKit
from components.places import data_folder
from components.policy import Pack, load_pack
from components.prototype.listings import cinema, film
from components.prototype.orders import Orders
from components.prototype.session import Settings, before_main, prototype
from components.prototype.showings import seats, showings_of
from tests.pilot import Device, Pilot, running

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


class App:
    """Opens the prototype, again and again on the same data."""

    def __init__(self, pack: Pack, data: Path) -> None:
        self.kits: list[ConsentKit] = []
        self.data = data
        self._settings = Settings(
            data=data, pack=pack, endpoint=None, clock=ManualClock(NOW), opened=self.kits.append
        )

    def open(self, **options: Any) -> AbstractAsyncContextManager[Pilot]:
        return self._open(options)

    @asynccontextmanager
    async def _open(self, options: dict[str, Any]) -> AsyncIterator[Pilot]:
        async with running(prototype(self._settings), before_main=before_main, **options) as pilot:
            yield pilot
            await self.kits[-1].close()

    @property
    def orders(self) -> Orders:
        return Orders(self.data / "orders.sqlite")


@pytest.fixture
def app(pack: Pack, tmp_path: Path) -> App:
    return App(pack, tmp_path)


async def press(pilot: Pilot, *keys: str) -> None:
    for key in keys:
        await pilot.tap(pilot.by_key(key))


async def to_checkout(pilot: Pilot) -> None:
    """From home to the order of one free seat in the first showing of the first film."""
    await press(pilot, "home.film.lighthouse")
    today = NOW.astimezone().date()
    showing = showings_of(film("lighthouse"), cinema("drum"), today)[0]
    free = next(it for it in seats() if it not in showing.taken())
    await press(pilot, f"showing.{showing.id}", f"seats.{free.row}.{free.number}", "seats.go-on")


async def test_an_order_needs_the_base_notice_and_nothing_else(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        await pilot.type(pilot.by_key("order.phone"), "+86 138-0013 8000")
        await press(pilot, "order.place")
        assert pilot.says("下单成功，已保存在这台设备上。")
        assert pilot.says("138 •••• 8000")
        kit = app.kits[0]
        assert [(str(it.target), it.status.value) for it in kit.record.events] == [
            ("notice:base", "given")
        ]
        called = {it.control for it in pilot.invocations}
        assert not called & {"PermissionHandler", "Geolocator", "FilePicker"}
    # It is there in the next session, and the whole number is nowhere on the disk.
    async with app.open() as pilot:
        await pilot.tap("我的")
        await press(pilot, "me.orders")
        assert pilot.says("灯塔以北")
        await press(pilot, f"tickets.{app.orders.all()[0].code}")
        assert pilot.says("138 •••• 8000")
    assert b"13800138000" not in b"".join(
        it.read_bytes() for it in app.data.rglob("*") if it.is_file()
    )


async def test_browsing_sees_everything_and_orders_nothing(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.refuse")
        await to_checkout(pilot)
        assert pilot.says("您正在浏览，我们不收手机号。")
        assert not pilot.has_key("order.phone")
        assert not pilot.has_key("order.place")
        await press(pilot, "order.notice", "first-notice.accept")
        assert pilot.has_key("order.place"), "the person is where they were"
    assert not (app.data / "orders.sqlite").exists()


async def test_taking_the_notice_back_while_ordering_takes_the_field_away(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        await pilot.call(app.kits[0].withdraw_notice)
        await pilot.settle()
        assert not pilot.has_key("order.phone")
        assert app.orders.all() == []


async def test_an_order_that_cannot_be_written_is_not_placed(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        (app.data / "orders.sqlite").mkdir()
        await pilot.type(pilot.by_key("order.phone"), "13800138000")
        await press(pilot, "order.place")
        assert pilot.says("没能保存到这台设备，订单没有生成。请再试一次。")
        (app.data / "orders.sqlite").rmdir()
        await press(pilot, "order.place")
        assert pilot.says("下单成功")


async def test_orders_that_cannot_be_read_are_said_to_be_there_still(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await pilot.tap("我的")
        (app.data / "orders.sqlite").write_bytes(b"no database at all" * 60)
        await press(pilot, "me.orders")
        assert pilot.says("没能读出订单")
        (app.data / "orders.sqlite").unlink()
        await press(pilot, "tickets.again")
        assert pilot.says("还没有订单")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "请填写手机号。"),
        ("1380013800", "手机号有11位，这里是10位。"),
        ("12000138000", "大陆手机号以13到19开头。"),
        ("138oo138ooo", "手机号只有数字。"),
    ],
)
async def test_a_number_that_is_none_is_told_how_it_would_be_one(
    app: App, typed: str, told: str
) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        await pilot.type(pilot.by_key("order.phone"), typed)
        await press(pilot, "order.place")
        assert pilot.says(told)
        await pilot.type(pilot.by_key("order.phone"), "13800138000")
        assert not pilot.says(told)
    assert app.orders.all() == []


async def test_the_clause_about_the_number_opens_over_the_order(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await to_checkout(pilot)
        await press(pilot, "order.clause")
        assert len(pilot.dialogs) == 1
        await pilot.press_back()
        assert pilot.has_key("order.place")


async def test_search_finds_in_any_language_and_says_when_it_finds_nothing(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.refuse")
        await pilot.type(pilot.by_key("home.search"), "whale")
        assert pilot.has_key("home.film.whale")
        assert not pilot.has_key("home.film.tea")
        await pilot.type(pilot.by_key("home.search"), "悬疑")
        assert pilot.has_key("home.film.train")
        await pilot.type(pilot.by_key("home.search"), "zzz")
        assert pilot.says("没有找到这部影片")


async def test_back_goes_one_screen_back_and_leaves_the_app_only_from_a_main_screen(
    app: App,
) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        view = pilot.one("View")
        assert view.get("can_pop") is not False
        await to_checkout(pilot)
        assert pilot.one("View")["can_pop"] is False
        await pilot.fire(pilot.one("View"), "confirm_pop")
        assert pilot.has_key("seats.go-on"), "the seats are as they were left"
        await press(pilot, "host.back", "host.back")
        assert pilot.has_key("home.film.lighthouse")
        assert pilot.one("View").get("can_pop") is not False


async def test_a_wider_window_gets_a_rail_and_keeps_where_the_person_is(app: App) -> None:
    async with app.open() as pilot:
        await press(pilot, "first-notice.accept")
        await pilot.tap("影院")
        await press(pilot, "city.choose.chengdu")
        assert pilot.all("NavigationBar") and not pilot.all("NavigationRail")
        for width, extended in ((820, False), (1280, True)):
            await pilot.resize(width, 800)
            assert not pilot.all("NavigationBar")
            assert bool(pilot.one("NavigationRail").get("extended")) is extended
            assert pilot.says("竹影剧场"), "the city chosen by hand is still chosen"
        await pilot.tap("影片")
        assert pilot.has_key("home.film.whale")


async def to_settings(pilot: Pilot) -> None:
    await pilot.tap("我的")
    await press(pilot, "me.settings")


async def test_settings_hold_at_once_in_place_and_in_the_next_session(app: App) -> None:
    device = Device()
    async with app.open(device=device) as pilot:
        await press(pilot, "first-notice.refuse")
        kept = dict(device.preferences)
        await to_settings(pilot)
        assert device.preferences == kept, "nothing is kept before a choice"
        await press(pilot, "settings.theme.dark", "settings.contrast.high")
        await press(pilot, "settings.text-size.largest", "settings.motion.reduced")
        assert pilot.page["theme_mode"] == "dark"
        assert pilot.page["dark_theme"]["color_scheme"]["on_surface"] == "#ffffff"
        assert pilot.page["theme"]["text_theme"]["body_large"]["size"] == 24
        assert pilot.page["theme"]["page_transitions"]["android"] == "none"
        assert pilot.has_key("settings.theme"), "the person is where they were"
    async with app.open(device=device) as pilot:
        assert pilot.page["theme_mode"] == "dark"
        assert pilot.page["theme"]["text_theme"]["body_large"]["size"] == 24


async def test_a_language_is_chosen_in_place_and_given_back_to_the_device(app: App) -> None:
    device = Device()
    async with app.open(device=device) as pilot:
        await press(pilot, "first-notice.refuse")
        await to_settings(pilot)
        await press(pilot, "language.en")
        assert pilot.says("Text size")
    async with app.open(device=device) as pilot:
        assert pilot.says("Now showing")
        await pilot.tap("Me")
        await press(pilot, "me.settings", "language.device")
        assert pilot.says("文字大小")
        assert "cn.mingshi.prototype.language" not in device.preferences
    async with app.open(device=device) as pilot:
        assert pilot.says("正在热映")


async def test_looks_that_are_not_understood_are_passed_over(app: App) -> None:
    device = Device(preferences={"cn.mingshi.prototype.appearance": '{"brightness": "plaid"}'})
    async with app.open(device=device) as pilot:
        assert pilot.page.get("theme_mode", "system") == "system"


def test_an_order_is_on_the_disk_when_it_is_confirmed(tmp_path: Path) -> None:
    from components.prototype.phone_number import PhoneNumber
    from components.prototype.samples import SEATS, SHOWING

    orders = Orders(tmp_path / "deep" / "orders.sqlite")
    placed = orders.place(SHOWING, SEATS, PhoneNumber("13800138000"))
    assert Orders(tmp_path / "deep" / "orders.sqlite").all() == [placed]
    with sqlite3.connect(tmp_path / "deep" / "orders.sqlite") as database:
        assert database.execute("SELECT count(*) FROM orders").fetchone() == (1,)
