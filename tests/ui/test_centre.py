"""The consent centre over a real record: giving, withdrawing, and what is said when it fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from components.consent.event import IndicatedBy, Layer
from components.consent.opening import StoreCondition
from components.consent.permissions import SystemStatus
from components.kit import ConsentKit
from components.policy.notice import purpose_notice

from .conftest import MakeVisit, Visit

pytestmark = pytest.mark.anyio


class Person:
    """Somebody in the centre who counts their taps."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.taps = 0

    async def press(self, key: str) -> None:
        await self.visit.press(key)
        self.taps += 1

    async def close_front(self) -> None:
        pilot = self.visit.pilot
        [close] = [node for node in pilot.walk(pilot.front) if node.key == "page.close"]
        await pilot.tap(close)

    def sees(self, key: str) -> bool:
        return self.visit.pilot.has_key(key)


async def in_the_centre(visit: Visit) -> Person:
    await visit.accept_notice()
    visit.pilot.start(visit.kit.open_centre)
    await visit.pilot.settle()
    return Person(visit)


def agree_all(kit: ConsentKit) -> list[str]:
    """Agree to everything that consent is about, on the words of each purpose."""
    asked = [it.id for it in kit.pack.purposes.values() if it.asks_consent]
    for purpose_id in asked:
        kit.choices.give(
            purpose_id,
            purpose_notice(kit.pack, purpose_id, "zh_Hans"),
            layer=Layer.CONSENT_CENTRE,
            label="同意",
            gesture=None,
        )
    return asked


async def test_withdrawing_takes_no_more_taps_than_giving_for_every_purpose(
    visit: MakeVisit,
) -> None:
    it = await visit(answers={"location": SystemStatus.GRANTED})
    person = await in_the_centre(it)
    asked = [each.id for each in it.kit.pack.purposes.values() if each.asks_consent]
    given_here = 0
    for purpose_id in asked:
        person.taps = 0
        if person.sees(f"give.{purpose_id}"):
            given_here += 1
            await person.press(f"give.{purpose_id}")
            kinds = ("prompt", "separate", "purpose")
            await person.press(next(f"{it}.accept" for it in kinds if person.sees(f"{it}.accept")))
        else:
            # It is asked where it is needed; nothing can be agreed to with less than one tap.
            it.kit.choices.give(
                purpose_id,
                purpose_notice(it.kit.pack, purpose_id, "zh_Hans"),
                layer=Layer.JUST_IN_TIME,
                label="同意",
                gesture="test",
            )
            await it.pilot.settle()
            person.taps = 1
        giving, person.taps = person.taps, 0
        assert it.kit.permits(purpose_id)
        await person.press(f"withdraw.{purpose_id}")
        assert not it.kit.permits(purpose_id)
        assert len(it.pilot.dialogs) == 1, "a withdrawal asks nothing back"
        assert person.taps <= giving
    assert given_here > 10


async def test_a_withdrawal_says_at_once_that_it_holds_and_keeps_place_and_focus(
    visit: MakeVisit,
) -> None:
    it = await visit()
    await it.accept_notice()
    agree_all(it.kit)
    person = await in_centre_of(it)
    button = it.pilot.by_key("withdraw.usage-analytics")
    order = [node.key for node in it.pilot.walk() if str(node.key).startswith("act.")]
    await person.press("withdraw.usage-analytics")
    # The same control: a keyboard's focus stays on it.
    assert it.pilot.by_key("give.usage-analytics").id == button.id
    assert [node.key for node in it.pilot.walk() if str(node.key).startswith("act.")] == order
    assert it.pilot.says("已撤回，从现在起生效，没有网络也一样。")
    said = [node for node in it.pilot.all("Semantics", live_region=True) if node.get("content")]
    assert any(it.pilot.says("已撤回，从现在起生效", node) for node in said)
    assert it.pilot.says("已撤回，关闭")


async def in_centre_of(visit: Visit) -> Person:
    visit.pilot.start(visit.kit.open_centre)
    await visit.pilot.settle()
    return Person(visit)


async def test_what_a_withdrawal_is_recorded_with_is_on_the_screen(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    for purpose_id in agree_all(it.kit):
        purpose = it.kit.pack.purposes[purpose_id]
        it.pilot.start(it.kit.open_centre)
        await it.pilot.settle()
        for words in (
            purpose.name["zh_Hans"],
            purpose.description["zh_Hans"],
            it.kit.texts.withdrawal.statement,
            it.kit.texts.withdrawal.label,
        ):
            assert it.pilot.says(words)
        await it.press("page.close")


async def test_all_consents_are_withdrawn_by_one_press_and_the_rest_stays(
    visit: MakeVisit,
) -> None:
    it = await visit()
    await it.accept_notice()
    asked = agree_all(it.kit)
    person = await in_centre_of(it)
    before = len(it.kit.record.events)
    await person.press("withdraw.all")
    fresh = it.kit.record.events[before:]
    assert sorted(event.target.id for event in fresh) == sorted(asked)
    assert {event.label for event in fresh} == {"撤回全部同意"}
    assert not any(it.kit.permits(purpose_id) for purpose_id in asked)
    assert it.kit.gate.notice_accepted
    assert it.kit.permits("ticket-order")
    assert it.pilot.says(f"已撤回{len(asked)}项同意，从现在起生效。")
    assert not person.sees("withdraw.all")


async def test_what_could_not_be_withdrawn_is_named_and_still_holds(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    asked = agree_all(it.kit)
    person = await in_centre_of(it)
    connection = it.kit.record.ledger._file.reading()
    assert connection is not None
    last = len(it.kit.record.events)
    connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON events"
        f" WHEN NEW.sequence > {last + 2} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    await person.press("withdraw.all")
    assert [it.kit.permits(purpose_id) for purpose_id in asked[:3]] == [False, False, True]
    assert it.pilot.says("已撤回2项同意，从现在起生效。没能保存、因此没有撤回的：")
    assert it.pilot.says(it.kit.pack.purposes[asked[2]].name["zh_Hans"])
    connection.execute("DROP TRIGGER full")
    await person.press("withdraw.all")
    assert not any(it.kit.permits(purpose_id) for purpose_id in asked)


async def test_one_withdrawal_that_cannot_be_saved_says_so_in_its_place(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    agree_all(it.kit)
    person = await in_centre_of(it)
    connection = it.kit.record.ledger._file.reading()
    assert connection is not None
    connection.execute("PRAGMA query_only = ON")
    await person.press("withdraw.usage-analytics")
    assert it.pilot.says("没能保存到这台设备上，一切照旧。")
    assert person.sees("withdraw.usage-analytics")
    assert it.kit.permits("usage-analytics")


async def test_more_opens_what_there_is_to_know_in_place(visit: MakeVisit) -> None:
    it = await visit()
    person = await in_the_centre(it)
    purpose = it.kit.pack.purposes["usage-analytics"]
    assert purpose.retention is not None
    assert purpose.refusing is not None
    retention, refusing = purpose.retention["zh_Hans"], purpose.refusing["zh_Hans"]
    assert not it.pilot.says(refusing)
    await person.press("more.usage-analytics")
    for words in (purpose.description["zh_Hans"], "极光统计SDK", retention, refusing):
        assert it.pilot.says(words)
    await person.press("clause.usage-analytics")
    assert len(it.pilot.dialogs) == 2
    await person.close_front()
    await person.press("more.usage-analytics")
    assert not it.pilot.says(refusing)


async def test_a_row_that_is_decided_about_stays_where_it_is_until_the_next_visit(
    visit: MakeVisit,
) -> None:
    it = await visit()
    person = await in_the_centre(it)
    assert it.pilot.says("还可以决定的")
    assert not it.pilot.says("您决定过的")
    await person.press("give.usage-analytics")
    await person.press("purpose.accept")
    assert not it.pilot.says("您决定过的")
    await person.press("page.close")
    await in_centre_of(it)
    assert it.pilot.says("您决定过的")


async def test_the_systems_word_is_looked_up_when_the_centre_opens(visit: MakeVisit) -> None:
    it = await visit(answers={"location": SystemStatus.GRANTED})
    await it.accept_notice()
    asking = it.pilot.start(lambda: it.kit.ask("location", gesture="city.locate"))
    await it.pilot.settle()
    await it.press("prompt.accept")
    await asking
    it.permissions.set_status("location", SystemStatus.DENIED_FOR_GOOD)
    person = await in_centre_of(it)
    assert it.pilot.says("已在系统设置里关闭")
    await person.press("centre.settings")
    assert it.pilot.says("这里打不开系统设置")
    assert not it.pilot.says("后台定位")
    await person.press("centre.never-asked")
    assert it.pilot.says("后台定位")


async def test_taking_back_the_notice_is_one_press_and_leads_to_browsing(visit: MakeVisit) -> None:
    it = await visit()
    await it.accept_notice()
    agree_all(it.kit)
    person = await in_centre_of(it)
    assert not it.pilot.says("先看隐私说明，再决定这些。")
    await person.press("withdraw.notice")
    assert not it.kit.gate.notice_accepted
    assert it.pilot.says("先看隐私说明，再决定这些。")
    assert person.sees("give.notice")
    assert not any(str(node.key).startswith("give.u") for node in it.pilot.walk())


async def test_a_child_can_withdraw_and_is_told_who_agrees(visit: MakeVisit) -> None:
    it = await visit()
    it.kit.declare_birth_date(date(2015, 1, 1))
    showing = it.pilot.start(lambda: it.kit.show_first_notice(indicated_by=IndicatedBy.GUARDIAN))
    await it.pilot.settle()
    await it.press("first-notice.accept")
    await showing
    it.kit.choices.give(
        "avatar-upload",
        purpose_notice(it.kit.pack, "avatar-upload", "zh_Hans"),
        layer=Layer.JUST_IN_TIME,
        label="同意",
        gesture="me.avatar",
        indicated_by=IndicatedBy.GUARDIAN,
    )
    person = await in_centre_of(it)
    assert it.pilot.says("由父母或其他监护人替您同意。")
    assert it.pilot.says("（监护人）")
    assert not person.sees("give.usage-analytics")
    await person.press("withdraw.avatar-upload")
    assert not it.kit.permits("avatar-upload")


async def test_a_store_that_was_damaged_or_cannot_be_read_is_told_of(
    visit: MakeVisit, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database" * 100)
    first = await visit(store=damaged)
    await in_centre_of(first)
    assert first.kit.store_condition is StoreCondition.SET_ASIDE
    assert first.pilot.says("您以前在这台设备上的选择已损坏")
    folder = tmp_path / "folder.sqlite"
    folder.mkdir()
    second = await visit(store=folder)
    await in_centre_of(second)
    assert second.pilot.says("现在读不出也存不了您在这台设备上的选择。")


@pytest.mark.parametrize(
    ("way", "title"),
    [
        ("centre.policy", "E票电影"),
        ("centre.history", "选择的历史"),
        ("centre.sending", "记录的送达"),
        ("centre.collected", "个人信息收集清单"),
        ("centre.shared", "第三方共享清单"),
        ("centre.sdks", "SDK目录"),
    ],
)
async def test_every_way_out_is_one_tap_and_comes_back(
    visit: MakeVisit, way: str, title: str
) -> None:
    it = await visit()
    person = await in_the_centre(it)
    await person.press(way)
    assert len(it.pilot.dialogs) == 2
    assert it.pilot.says(title, it.pilot.front)
    await person.close_front()
    assert len(it.pilot.dialogs) == 1


async def test_a_choice_is_sent_from_its_row_alone(visit: MakeVisit) -> None:
    """However long the centre is: neither what stands around the row nor other rows are sent."""
    it = await visit()
    person = await in_the_centre(it)
    agree_all(it.kit)
    await it.pilot.settle()
    with it.pilot.traffic() as traffic:
        await person.press("withdraw.nearby-cinema")
    assert it.pilot.says("已撤回，从现在起生效，没有网络也一样。")
    [row] = [str(frame.body) for frame in traffic.frames]
    assert "give.nearby-cinema" in row
    assert "更多" not in row and traffic.size < 520


async def test_what_is_open_stays_open_when_another_row_changes(visit: MakeVisit) -> None:
    it = await visit()
    person = await in_the_centre(it)
    agree_all(it.kit)
    await it.pilot.settle()
    await person.press("more.usage-analytics")
    refusing = it.kit.pack.purposes["usage-analytics"].refusing
    assert refusing is not None
    await person.press("withdraw.nearby-cinema")
    await person.press("withdraw.usage-analytics")
    assert it.pilot.says(refusing["zh_Hans"])
    await person.press("more.usage-analytics")
    assert not it.pilot.says(refusing["zh_Hans"])
