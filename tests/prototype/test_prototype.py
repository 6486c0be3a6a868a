"""The host around the kit, headless: what it does with each answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from components.kit import ConsentKit
from components.places import data_folder
from components.policy import Pack, load_pack
from components.prototype.listings import CINEMAS, Coordinates, by_distance
from components.prototype.session import Settings, before_main, prototype
from tests.pilot import Device, Pilot, running

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


class App:
    """Opens the prototype, again and again on the same data."""

    def __init__(self, pack: Pack, data: Path) -> None:
        self.kits: list[ConsentKit] = []
        self._settings = Settings(data=data, pack=pack, endpoint=None, opened=self.kits.append)

    def open(self, **options: Any) -> AbstractAsyncContextManager[Pilot]:
        return self._open(options)

    @asynccontextmanager
    async def _open(self, options: dict[str, Any]) -> AsyncIterator[Pilot]:
        async with running(prototype(self._settings), before_main=before_main, **options) as pilot:
            yield pilot
            await self.kits[-1].close()


@pytest.fixture
def app(pack: Pack, tmp_path: Path) -> App:
    return App(pack, tmp_path)


async def go(pilot: Pilot, tab: str) -> None:
    await pilot.tap(tab)


async def agree(pilot: Pilot) -> None:
    await pilot.tap(pilot.by_key("first-notice.accept"))


async def test_the_first_notice_stands_over_everything_and_no_service_is_called(app: App) -> None:
    async with app.open(platform="android") as pilot:
        assert len(pilot.dialogs) == 1
        called = {(it.control, it.method) for it in pilot.invocations}
        assert not {it for it in called if it[0] in ("PermissionHandler", "Geolocator")}
        assert not app.kits[0].record.ledger.path.exists()


async def test_an_android_phone_asks_its_own_system_and_takes_one_fix(app: App) -> None:
    device = Device(permission_answers={"locationWhenInUse": "granted"})
    device.position = {"latitude": 39.9123456, "longitude": 116.3987654, "accuracy": 12.0}
    async with app.open(platform="android", device=device) as pilot:
        await agree(pilot)
        await go(pilot, "影院")
        await pilot.tap(pilot.by_key("city.locate"))
        await pilot.tap(pilot.by_key("prompt.accept"))
        assert pilot.says("由近到远")
        assert pilot.says("3.4公里")
        fixes = [it for it in pilot.invocations if it.method == "get_current_position"]
        assert len(fixes) == 1
        await pilot.tap(pilot.by_key("city.locate"))
        fixes = [it for it in pilot.invocations if it.method == "get_current_position"]
        assert len(fixes) == 2, "one fix a gesture"


async def test_the_systems_no_leaves_the_choice_by_hand(app: App) -> None:
    device = Device(permission_answers={"locationWhenInUse": "denied"})
    async with app.open(platform="android", device=device) as pilot:
        await agree(pilot)
        await go(pilot, "影院")
        await pilot.tap(pilot.by_key("city.locate"))
        await pilot.tap(pilot.by_key("prompt.accept"))
        assert pilot.says("系统没有允许本应用定位")
        await pilot.tap(pilot.by_key("city.choose.chengdu"))
        assert pilot.says("竹影剧场")
        assert not pilot.says("系统没有允许本应用定位")


@pytest.mark.parametrize("system", ["permanentlyDenied", "restricted"])
async def test_where_the_system_bars_there_is_a_way_to_what_helps(app: App, system: str) -> None:
    device = Device(permission_answers={"locationWhenInUse": system})
    device.permissions["locationWhenInUse"] = system
    async with app.open(platform="android", device=device) as pilot:
        await agree(pilot)
        await go(pilot, "影院")
        for _ in range(2):
            await pilot.tap(pilot.by_key("city.locate"))
            if pilot.has_key("prompt.accept"):
                await pilot.tap(pilot.by_key("prompt.accept"))
            assert pilot.says("系统没有允许本应用定位")
        await pilot.tap(pilot.by_key("city.system"))
        assert pilot.has_key("system.close")
        assert pilot.has_key("system.settings") is (system == "permanentlyDenied")
        await pilot.tap(pilot.by_key("system.close"))
        assert not pilot.dialogs
        await pilot.tap(pilot.by_key("city.choose.chengdu"))
        assert not pilot.has_key("city.system")


async def test_the_systems_no_to_the_album_leads_to_what_helps(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    async with app.open(platform="linux", web=False) as pilot:
        await agree(pilot)
        await go(pilot, "我的")
        await pilot.tap(pilot.by_key("me.avatar"))
        await pilot.tap(pilot.by_key("prompt.accept"))
        await pilot.tap("不允许")
        await pilot.tap(pilot.by_key("me.system"))
        assert pilot.has_key("system.close")
        await pilot.press_back()
        assert pilot.has_key("me.system")


async def test_browsing_a_tap_on_locate_is_answered_in_place_and_leads_to_the_notice(
    app: App,
) -> None:
    async with app.open() as pilot:
        await pilot.tap(pilot.by_key("first-notice.refuse"))
        assert pilot.says("您正在浏览，我们不收集个人信息。")
        await go(pilot, "影院")
        await pilot.tap(pilot.by_key("city.locate"))
        assert not pilot.dialogs
        await pilot.tap(pilot.by_key("city.notice"))
        assert len(pilot.dialogs) == 1
        await agree(pilot)
        assert app.kits[0].gate.notice_accepted
        await go(pilot, "影片")
        assert not pilot.says("您正在浏览，我们不收集个人信息。")


async def test_a_picture_is_picked_shown_and_gone_with_the_consent(app: App) -> None:
    device = Device(files_to_pick=[{"id": 0, "name": "me.png", "size": 3, "bytes": b"png"}])
    async with app.open(platform="android", device=device) as pilot:
        await agree(pilot)
        await go(pilot, "我的")
        await pilot.tap(pilot.by_key("me.avatar"))
        await pilot.tap(pilot.by_key("prompt.accept"))
        assert pilot.has_key("avatar-picture")
        requests = [it for it in pilot.invocations if it.method == "request"]
        assert requests == [], "a picker needs no permission"
        await pilot.tap(pilot.by_key("me.centre"))
        await pilot.tap(pilot.by_key("withdraw.avatar-upload"))
        await pilot.tap(pilot.by_key("page.close"))
        assert not pilot.has_key("avatar-picture")


async def test_without_a_picker_the_album_is_explained_and_asked_for(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    async with app.open(platform="linux", web=False) as pilot:
        await agree(pilot)
        await go(pilot, "我的")
        await pilot.tap(pilot.by_key("me.avatar"))
        assert pilot.says("从相册选一张图片作头像？")
        await pilot.tap(pilot.by_key("prompt.accept"))
        assert pilot.says("这是模拟的系统对话框")
        await pilot.tap("允许")
        assert pilot.has_key("avatar-picture")
        assert [str(event.target) for event in app.kits[0].record.events] == [
            "notice:base",
            "purpose:avatar-upload",
            "permission:album",
        ]


async def test_refusing_the_avatar_keeps_the_default_one(app: App) -> None:
    async with app.open() as pilot:
        await agree(pilot)
        await go(pilot, "我的")
        await pilot.tap(pilot.by_key("me.avatar"))
        await pilot.tap(pilot.by_key("prompt.refuse"))
        assert pilot.says("保留默认头像。")
        await pilot.tap(pilot.by_key("me.avatar"))
        assert not pilot.dialogs
        await pilot.tap(pilot.by_key("in-place.refuse"))
        assert len(app.kits[0].record.events) == 3


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("zh-Hans-CN", "欢迎使用E票电影"),
        ("en-GB", "Welcome to Epiao Movies"),
        ("zh-Hant-TW", "欢迎使用E票电影"),
        ("fr-FR", "欢迎使用E票电影"),
    ],
)
async def test_it_speaks_the_language_of_the_device(app: App, tag: str, title: str) -> None:
    async with app.open(locale=tag) as pilot:
        assert pilot.says(title)


async def test_a_language_chosen_by_hand_is_kept(app: App) -> None:
    device = Device()
    async with app.open(device=device) as pilot:
        await pilot.tap(pilot.by_key("first-notice.language"))
        await pilot.choose(pilot.by_key("language.group"), "en")
        await pilot.tap(pilot.by_key("language.close"))
        assert pilot.says("Welcome to Epiao Movies")
    async with app.open(device=device) as pilot:
        assert pilot.says("Welcome to Epiao Movies")


async def test_choices_made_are_there_at_the_next_start(app: App) -> None:
    device = Device()
    async with app.open(device=device, web=True) as pilot:
        await agree(pilot)
    async with app.open(device=device, web=True) as pilot:
        assert not pilot.dialogs
    assert app.kits[0].record.ledger.path == app.kits[1].record.ledger.path


async def test_what_a_browser_sends_as_its_locator_cannot_leave_the_folder(app: App) -> None:
    device = Device(preferences={"cn.mingshi.prototype.store": "../../../etc"})
    async with app.open(device=device, web=True) as pilot:
        await agree(pilot)
        path = app.kits[0].record.ledger.path
    assert ".." not in path.parts
    assert path.parent.parent.name == "people"


async def test_two_windows_of_one_person_share_the_record(app: App) -> None:
    device = Device()
    async with app.open(device=device, web=True) as first:
        await agree(first)
        async with app.open(device=device, web=True, beside=first) as second:
            await go(second, "影院")
            await second.tap(second.by_key("city.locate"))
            await second.tap(second.by_key("prompt.refuse"))
        app.kits[0].refresh()
        assert len(app.kits[0].record.events) == 2
        # Away and back: what happened meanwhile is drawn.
        await first.disconnect()
        await first.reconnect()
        await go(first, "影院")
        await first.tap(first.by_key("city.locate"))
        assert not first.dialogs
        assert first.says("您之前没有同意。")
        app.kits[-1] = app.kits[0]


def test_distances_are_those_of_the_globe() -> None:
    pole, equator = Coordinates(90, 0), Coordinates(0, 0)
    assert pole.distance_to(equator) == pytest.approx(10_007_543, rel=1e-3)
    assert pole.distance_to(pole) == 0
    assert by_distance(CINEMAS[3].place)[0][0] is CINEMAS[3]
