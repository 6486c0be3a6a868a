"""History, copies to keep and the state of sending, over a real record and a real endpoint."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from components.centre.history.live import PAGE
from components.centre.history.view import history_days
from components.consent.clock import ManualClock
from components.consent.event import Cause, Layer
from components.consent.gate import purpose_target
from components.consent.ledger import Draft
from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint, Settings
from components.policy.notice import purpose_notice
from tests.pilot import Device

from .conftest import MakeVisit, Visit

pytestmark = pytest.mark.anyio
PURPOSE = "usage-analytics"


@pytest.fixture
async def endpoint(tmp_path: Path) -> AsyncIterator[EmbeddedEndpoint]:
    settings = Settings(f"sqlite:///{tmp_path}/endpoint.sqlite", signing_keys=tmp_path / "keys")
    async with EmbeddedEndpoint(settings) as running:
        yield running


def give(visit: Visit, purpose_id: str = PURPOSE) -> str:
    event = visit.kit.choices.give(
        purpose_id,
        purpose_notice(visit.kit.pack, purpose_id, "zh_Hans"),
        layer=Layer.CONSENT_CENTRE,
        label="同意",
        gesture="test",
    )
    return event.event_id


async def open_history(visit: Visit) -> None:
    visit.pilot.start(visit.kit.screens.history)
    await visit.pilot.settle()


def copies(visit: Visit) -> int:
    return len([it for it in visit.pilot.walk() if str(it.key).startswith("copy.")])


async def test_an_empty_history_says_what_will_stand_there(visit: MakeVisit) -> None:
    it = await visit()
    await open_history(it)
    assert it.pilot.says("还没有记录。您的每次选择都会列在这里")
    assert not it.kit.record.ledger.path.exists()


async def test_an_entry_tells_what_how_on_which_words_and_how_far_it_came(
    visit: MakeVisit,
) -> None:
    it = await visit()
    await it.accept_notice()
    give(it)
    await open_history(it)
    for words in (
        "统计分析：已同意",
        "“同意”",
        "看到的文字：2021年11月1日版，",
        "已保存在这台设备上，还没有发送",
        "隐私说明：已同意",
    ):
        assert it.pilot.says(words), words
    it.kit.speak("en")
    await it.pilot.settle()
    assert it.pilot.says("Usage analytics: Agreed")


async def test_days_are_those_of_the_persons_time_zone(visit: MakeVisit) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 15, 30, tzinfo=UTC))
    it = await visit(clock=clock)
    await it.accept_notice()
    clock.advance(timedelta(hours=1))
    give(it)
    events = it.kit.record.events[::-1]

    def days(zone: str) -> list[int]:
        made = history_days(it.kit.pack, events, {}, "zh_Hans", zone=ZoneInfo(zone))
        return [day.day.day for day in made]

    assert days("Asia/Shanghai") == [2, 1]
    assert days("UTC") == [1]


async def test_a_long_history_comes_in_pages_and_can_be_narrowed(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    for _ in range(PAGE):
        it.kit.record.ledger.append(
            Draft(purpose_target("push-delivery"), ConsentStatus.DEFERRED, Cause.DISMISSED)
        )
    give(it)
    await it.pilot.call(it.kit.refresh)
    await open_history(it)
    assert copies(it) == PAGE
    assert not it.pilot.says("隐私说明：已同意")
    await it.press("history.earlier")
    assert copies(it) == PAGE + 2
    assert it.pilot.says("隐私说明：已同意")
    assert not it.pilot.has_key("history.earlier")
    await it.press("history.filter")
    await it.press(f"history.show.purpose:{PURPOSE}")
    assert copies(it) == 1
    await it.press("history.filter")
    await it.press("history.show.everything")
    assert copies(it) == PAGE


async def test_copies_are_saved_in_each_form(visit: MakeVisit, endpoint: EmbeddedEndpoint) -> None:
    device = Device()
    it = await visit(endpoint=endpoint.url, device=device)
    await it.accept_notice()
    event_id = give(it)
    await it.kit.travelling.synchroniser.drain()
    await open_history(it)
    await it.press(f"copy.{event_id}")
    await it.pilot.until(lambda: it.pilot.has_key("copy.save.signed"))
    for form in ("text", "record", "kantara", "signed"):
        await it.press(f"copy.save.{form}")
        assert it.pilot.says("已保存。")
    name = f"epiao-2026-03-02-{event_id[-8:]}"
    saved = device.saved_files
    assert set(saved) == {f"{name}.{ending}" for ending in ("txt", "jsonld", "json", "jws")}
    assert "统计分析" in saved[f"{name}.txt"].decode()
    record = json.loads(saved[f"{name}.jsonld"])
    assert record["dct:identifier"] == event_id
    assert json.loads(saved[f"{name}.json"])
    assert saved[f"{name}.jws"].count(b".") == 2


async def test_without_a_connection_the_unsigned_copies_can_be_saved(
    visit: MakeVisit, endpoint: EmbeddedEndpoint
) -> None:
    device = Device(methods={"FilePicker.save_file": None})
    it = await visit(endpoint=endpoint.url, device=device)
    await it.accept_notice()
    event_id = give(it)
    await it.kit.travelling.synchroniser.drain()
    await endpoint.stop()
    it.pilot.start(lambda: it.kit.screens.receipt(event_id))
    await it.pilot.until(lambda: it.pilot.says("有网络以后就有签名副本"))
    await it.press("copy.save.text")
    assert it.pilot.says("没有保存：没有选择位置。")
    await endpoint.start()
    await it.press("copy.try-again")
    await it.pilot.until(lambda: it.pilot.has_key("copy.save.signed"))


async def test_a_kit_without_a_service_says_that_nobody_signs(visit: MakeVisit) -> None:
    def full(_arguments: object) -> None:
        raise OSError("no space left")

    it = await visit(device=Device(methods={"FilePicker.save_file": full}))
    await it.accept_notice()
    event_id = give(it)
    it.pilot.start(lambda: it.kit.screens.receipt(event_id))
    await it.pilot.until(lambda: it.pilot.says("所以没有别人来签名"))
    await it.press("copy.save.record")
    assert it.pilot.says("文件没能保存。")


async def test_sending_tells_how_it_stands_and_can_be_set_going(
    visit: MakeVisit, endpoint: EmbeddedEndpoint
) -> None:
    url = endpoint.url
    await endpoint.stop()
    it = await visit(endpoint=url)
    await it.accept_notice()
    it.pilot.start(it.kit.screens.sending)
    await it.pilot.until(lambda: it.pilot.says("连不上服务端。"))
    assert it.pilot.says("1项选择已保存在这台设备上，还没有发送。")
    assert it.pilot.says("服务端上次收到：还没有")
    await endpoint.start()
    await it.press("sending.now")
    await it.pilot.until(lambda: it.pilot.says("您的选择都已保存在这台设备上，服务端也已收到。"))
    assert not it.pilot.says("服务端上次收到：还没有")
    assert not it.pilot.has_key("sending.now")


async def test_what_the_service_would_not_take_is_told_with_a_remedy(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    event = it.kit.record.events[0]
    it.kit.record.ledger.outbox.reject(event, "event 1 is stored with another hash", "other-body")
    it.pilot.start(it.kit.screens.sending)
    await it.pilot.settle()
    assert it.pilot.says("这份记录在两个地方各自续写了")
    assert it.pilot.says("服务端给的原因：event 1 is stored with another hash")
    await it.press(f"rejected.copy.{event.event_id}")
    assert len(it.pilot.dialogs) == 2
