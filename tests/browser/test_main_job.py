"""The main job, end to end, in Chromium against the running prototype and its endpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from components.consent.event import Cause, Layer
from components.prototype.avatar import SimulatedAlbum

from .person import Demo, assert_provable, demo, story, until

pytestmark = pytest.mark.anyio

FILMS, CINEMAS, ME = "影片", "影院", "我的"


@pytest.fixture
async def running(chromium: Browser, tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo(chromium, tmp_path) as it:
        yield it


async def test_not_agreeing_leads_to_browsing_and_leaves_no_trace_at_the_endpoint(
    running: Demo,
) -> None:
    person = await running.visit()
    await person.waits_for("first-notice.refuse")
    await person.page.screenshot("first-notice-zh")
    await person.tap("first-notice.refuse")
    await person.waits_for("home.notice")
    await person.page.see("您正在浏览，我们不收集个人信息。")
    await person.page.see("灯塔以北")

    await person.go(CINEMAS)
    await person.page.see("鼓楼影院")
    await person.tap("city.choose.shanghai")
    await person.page.see("江畔影院")
    await person.tap("city.locate")
    await person.page.see("要定位，请先看隐私说明")
    await person.page.screenshot("browse-only-city-zh")
    assert not await person.sees("prompt.accept")
    assert not await person.sees("system.allow")

    await person.go(ME)
    await person.page.see("您的选择只保存在这台设备上")
    kit = running.kits[0]
    assert story(list(kit.record.events)) == [("notice:base", "refused")]
    await kit.travelling.synchroniser.drain()
    assert running.received() == []
    assert person.page.hosts == {urlsplit(running.url).netloc}


async def test_agreeing_locating_and_being_located(running: Demo) -> None:
    person = await running.visit()
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    await person.go(CINEMAS)
    await person.page.see("北京的影院")
    await person.tap("city.locate")
    await person.waits_for("prompt.accept")
    await person.page.see("算完距离就删除，我们不保存。")
    await person.page.screenshot("prompt-zh")
    await person.tap("prompt.accept")
    await person.waits_for("system.allow")
    # The explanation stays in sight while the system asks.
    await person.page.screenshot("system-zh")
    await person.tap("system.allow")
    await person.page.see("由近到远")
    for distance in ("3.4公里", "7.6公里", "14.1公里"):
        await person.page.see(distance)
    await person.page.screenshot("nearby-zh")

    events = await running.has_received(3)
    assert story(events) == [
        ("notice:base", "given"),
        ("purpose:nearby-cinema", "given"),
        ("permission:location", "given"),
    ]
    base, purpose, permission = events
    assert base.label == "同意"
    assert base.notice is not None
    assert (base.notice.notice, base.notice.locale, base.notice.layer) == (
        "epiao/first-notice",
        "zh_Hans",
        Layer.FIRST_NOTICE,
    )
    assert purpose.label == "同意使用位置"
    assert purpose.gesture == "city.locate"
    assert purpose.notice is not None
    assert purpose.notice.layer is Layer.JUST_IN_TIME
    assert permission.cause is Cause.OPERATING_SYSTEM
    assert_provable(events, running.pack)
    assert person.page.hosts == {urlsplit(running.url).netloc}


async def test_refusing_location_leaves_the_choice_by_hand_and_no_second_modal(
    running: Demo,
) -> None:
    person = await running.visit()
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    await person.go(CINEMAS)
    await person.tap("city.locate")
    await person.tap("prompt.refuse")
    await person.no_longer_sees("prompt.refuse")
    await person.page.see("没有使用您的位置。请在下面选城市。")
    await person.tap("city.choose.chengdu")
    await person.page.see("竹影剧场")

    await person.tap("city.locate")
    await person.waits_for("in-place.accept")
    await person.page.see("您之前没有同意。")
    assert not await person.sees("prompt.accept")
    await person.page.screenshot("in-place-zh")
    await person.tap("in-place.refuse")
    await person.no_longer_sees("in-place.refuse")

    events = await running.has_received(3)
    assert story(events) == [
        ("notice:base", "given"),
        ("purpose:nearby-cinema", "refused"),
        ("purpose:nearby-cinema", "refused"),
    ]
    assert [event.notice.layer for event in events if event.notice] == [
        Layer.FIRST_NOTICE,
        Layer.JUST_IN_TIME,
        Layer.IN_PLACE,
    ]
    assert_provable(events, running.pack)


async def test_an_avatar_is_picked_without_a_permission(running: Demo) -> None:
    picture = await SimulatedAlbum().pick()
    person = await running.visit()
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    await person.go(ME)
    await person.tap("me.avatar")
    await person.waits_for("prompt.accept")
    await person.page.screenshot("avatar-zh")
    async with person.page.page.expect_file_chooser() as choosing:
        await person.tap("prompt.accept")
    chooser = await choosing.value
    await chooser.set_files({"name": "me.png", "mimeType": "image/png", "buffer": picture})
    kit = running.kits[0]
    await until(lambda: kit.permits("avatar-upload"), "the choice")
    events = await running.has_received(2)
    assert story(events) == [("notice:base", "given"), ("purpose:avatar-upload", "given")]
    assert_provable(events, running.pack)
    await person.page.screenshot("avatar-set-zh")


async def test_withdrawing_takes_no_more_taps_than_granting_and_acts_at_once(
    running: Demo,
) -> None:
    person = await running.visit()
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    person.taps = 0
    await person.go(CINEMAS)
    await person.tap("city.locate")
    await person.tap("prompt.accept")
    await person.tap("system.allow")
    await person.page.see("由近到远")
    granting = person.taps
    await person.go(FILMS)

    person.taps = 0
    await person.go(ME)
    await person.tap("me.centre")
    await person.tap("withdraw.nearby-cinema")
    await person.waits_for("give.nearby-cinema")
    withdrawing = person.taps
    await person.page.screenshot("centre-zh")
    assert withdrawing <= granting
    assert not running.kits[0].permits("nearby-cinema")

    # Inside the centre: one tap to withdraw, two to give again.
    person.taps = 0
    await person.tap("give.nearby-cinema")
    await person.tap("prompt.accept")
    await person.waits_for("withdraw.nearby-cinema")
    giving_again = person.taps
    person.taps = 0
    await person.tap("withdraw.nearby-cinema")
    await person.waits_for("give.nearby-cinema")
    assert person.taps <= giving_again
    await person.tap("page.close")
    await person.no_longer_sees("page.close")

    await person.go(CINEMAS)
    await person.page.see("北京的影院")
    assert not await person.page.page.get_by_text("由近到远").count()

    events = await running.has_received(6)
    assert story(events)[3:] == [
        ("purpose:nearby-cinema", "withdrawn"),
        ("purpose:nearby-cinema", "given"),
        ("purpose:nearby-cinema", "withdrawn"),
    ]
    assert events[3].notice is not None
    assert events[3].notice.layer is Layer.CONSENT_CENTRE
    assert_provable(events, running.pack)


async def test_a_reload_and_a_new_window_keep_identity_and_choices(running: Demo) -> None:
    person = await running.visit()
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    await person.page.reload()
    await person.page.see("正在热映")
    assert not await person.sees("first-notice.accept")

    again = await running.visit()
    await again.page.see("正在热映")
    assert not await again.sees("first-notice.accept")
    await again.go(CINEMAS)
    await again.tap("city.locate")
    await again.tap("prompt.refuse")
    await again.no_longer_sees("prompt.refuse")
    events = await running.has_received(2)
    assert len({event.subject for event in events}) == 1
    assert story(events) == [("notice:base", "given"), ("purpose:nearby-cinema", "refused")]


async def test_two_people_have_nothing_of_each_other(
    running: Demo, chromium: Browser, tmp_path: Path
) -> None:
    first = await running.visit()
    await first.tap("first-notice.accept")
    await first.no_longer_sees("first-notice.accept")
    other = await chromium.new_context(locale="zh-CN")
    running.stack.push_async_callback(other.close)
    running.context = other
    second = await running.visit()
    await second.waits_for("first-notice.accept")
    assert running.kits[0].record.ledger.path != running.kits[1].record.ledger.path


async def test_choices_go_on_while_the_endpoint_is_away_and_arrive_once_in_order(
    running: Demo,
) -> None:
    person = await running.visit()
    await person.tap("first-notice.accept")
    await running.has_received(1)
    await running.endpoint.stop()
    await person.go(CINEMAS)
    await person.tap("city.locate")
    await person.tap("prompt.accept")
    await person.tap("system.allow")
    await person.page.see("由近到远")
    await person.go(ME)
    await person.page.see("2项选择已保存在这台设备上，还没有发送。")
    await person.tap("me.centre")
    await person.tap("withdraw.nearby-cinema")
    await person.waits_for("give.nearby-cinema")
    await person.tap("page.close")
    await person.no_longer_sees("page.close")
    await person.page.see("3项选择已保存在这台设备上，还没有发送。")
    await person.page.screenshot("not-yet-sent-zh")
    assert len(running.received()) == 1

    await running.endpoint.start()
    running.kits[0].travelling.wake()
    await person.page.see("您的选择都已保存在这台设备上，服务端也已收到。")
    events = running.received()
    assert story(events) == [
        ("notice:base", "given"),
        ("purpose:nearby-cinema", "given"),
        ("permission:location", "given"),
        ("purpose:nearby-cinema", "withdrawn"),
    ]
    assert [event.sequence for event in events] == [1, 2, 3, 4]
    assert events == list(running.kits[0].record.events)


async def test_a_refusal_before_the_notice_travels_only_after_a_later_acceptance(
    running: Demo,
) -> None:
    person = await running.visit()
    await person.tap("first-notice.refuse")
    await person.tap("home.notice")
    await person.tap("first-notice.accept")
    events = await running.has_received(2)
    assert story(events) == [("notice:base", "refused"), ("notice:base", "given")]
    assert_provable(events, running.pack)
