"""A whole study, pressed through on its real screens by bots that see what they press."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.study.exporting.tables import read_sessions, tables_of
from components.study.folder import StudyFolder
from components.study.measures.decisions import decisions_of
from components.study.measures.screens import before_at
from components.study.measures.tasks import attempts_of
from components.study.record import by_condition
from components.study.running.moments import Part
from tests.study.within import study_within

from .stations import FIRST_LOOK, LAYERS, Recorded, code_for, seated, station_for
from .tree_bot import Persona, TreeBot, press

pytestmark = pytest.mark.anyio

ACCEPTS = Persona(grants=True)


async def test_a_bot_goes_through_from_code_to_thanks(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = code_for(FIRST_LOOK, tmp_path)
    async with seated(station) as seat:
        bot = TreeBot(seat, ACCEPTS)
        await bot.come(code.lower())
        await bot.go_through()
        assert seat.study.says(code), "the code to keep is not shown"
        kit = station.stimulus.kit
        assert kit is not None
        theirs = {it.event_id for it in kit.record.events} | {kit.record.events[0].subject}
    recorded = Recorded(tmp_path)
    assert recorded.session.pid == code
    assert recorded.session.ui["locale"] == "zh_Hans"
    assert recorded.data("study.session.ended") == [{"reason": "finished"}]
    finished = [it["step"] for it in recorded.data("study.step.finished")]
    assert finished == [str(it) for it in FIRST_LOOK.steps]
    # One on the passage, ten of SUS, fifteen and a check in each form, two of each of four
    # purposes, one on the only choice that was made, three on oneself.
    assert len(bot.asked) == len(set(bot.asked)) == 1 + 10 + 2 * 16 + 2 * 4 + 1 + 3
    assert len(recorded.data("study.item.answered")) == len(bot.asked)
    assert_the_app_is_told_right(recorded)
    assert_the_record_tells_the_screen(recorded)
    assert_the_tables_are_made(tmp_path)
    assert_two_consents_have_nothing_in_common(tmp_path, recorded, theirs)


async def test_a_bot_that_passes_over_everything_comes_through_too(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = code_for(FIRST_LOOK, tmp_path, "en")
    async with seated(station) as seat:
        bot = TreeBot(seat, Persona(grants=False, reads=False, answers=False))
        await bot.come(code)
        await bot.go_through()
        assert seat.study.says("Thank you, that was all")
    recorded = Recorded(tmp_path)
    assert recorded.session.ui["locale"] == "en"
    assert recorded.named("study.item.answered") == []
    assert len(recorded.named("study.item.shown")) >= len(bot.asked) > 50
    attempts = {it.task: it.outcome for it in attempts_of(recorded.events)}
    assert attempts == dict.fromkeys(FIRST_LOOK.tasks, "gave_up")


def assert_the_record_tells_the_screen(recorded: Recorded) -> None:
    """What a picture for the report is chosen by."""
    found = {
        it.data["control"]: before_at(recorded.events, it.seq)
        for it in recorded.named("stim.tap")
        if it.data["control"] != "navigationbar"
    }
    assert {name: None if it is None else it.screen for name, it in found.items()} == {
        "city.locate": "city",
        "system.allow": "system",
        "me.policy": "me",
        "reader.contents": "policy",
        "reader.to.retention": "policy",
        "me.centre": "me",
        "act.nearby-cinema": "centre",
        "page.close": "centre",
    }
    decided = {
        it.target: before_at(recorded.events, it.seq - 1)
        for it in recorded.named("stim.decision.made")
        if it.target != "probe"
    }
    assert {target: it and it.screen for target, it in decided.items()} == {
        "notice:base": "first-notice",
        "purpose:nearby-cinema": "question:location",
    }


def assert_the_app_is_told_right(recorded: Recorded) -> None:
    attempts = {it.task: it.outcome for it in attempts_of(recorded.events)}
    assert attempts == dict.fromkeys(FIRST_LOOK.tasks, "direct")
    (withdrawn,) = recorded.named("stim.decision.withdrawn")
    assert (withdrawn.target, withdrawn.phase) == (
        "purpose:nearby-cinema",
        "task:take_back_location",
    )
    (requested,) = recorded.data("stim.os_prompt.requested")
    (returned,) = recorded.data("stim.os_prompt.returned")
    assert requested == {"permission": "location", "simulated": "yes"}
    assert returned == {"permission": "location", "state": "granted"}
    decided = {it.target: it for it in decisions_of(recorded.events)}
    assert set(decided) == {"notice:base", "purpose:nearby-cinema", "probe"}
    decision = decided["purpose:nearby-cinema"]
    assert (decision.choice, decision.taps, decision.exposure) == ("grant", 1, 1)
    (jit,) = recorded.data("stim.jit.triggered")
    assert (jit["feature"], jit["permission"]) == ("city.locate", "location")
    layers = [it["opened"] for it in recorded.data("stim.layer.opened")]
    assert layers == ["full", "centre"]
    entered = [it for it in recorded.named("stim.section.entered") if it.layer == "full"]
    assert "retention" in {it.data["section"] for it in entered}
    left = [it.data["section"] for it in recorded.named("stim.section.left")]
    assert sorted(left) == sorted(it.data["section"] for it in entered)


def assert_the_tables_are_made(path: Path) -> None:
    sessions = read_sessions(StudyFolder(path / "study").sessions())
    (row,) = tables_of(FIRST_LOOK, sessions)["sessions"]
    assert (row["ended"], row["steps_finished"]) == ("finished", len(FIRST_LOOK.steps))
    assert row["tasks_alone"] == row["tasks_tried"] == 3
    assert row["sus"] is not None and row["comprehension_A"] is not None
    assert list(sessions[0].texts.values()) == ["=1+1"]


def assert_two_consents_have_nothing_in_common(
    path: Path, recorded: Recorded, theirs: set[str]
) -> None:
    """Two stores in two folders, and no id of one in the other."""
    ours = {recorded.session.pid, recorded.session.sid, FIRST_LOOK.id}
    for file in (it for it in (path / "app").rglob("*") if it.is_file()):
        assert not any(it.encode() in file.read_bytes() for it in ours), file
        assert not any(it in str(file.relative_to(path)) for it in ours)
    for file in (it for it in (path / "study").rglob("*") if it.is_file()):
        assert not any(it.encode() in file.read_bytes() for it in theirs), file


async def test_nothing_is_kept_before_the_consent_or_without_it(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = code_for(FIRST_LOOK, tmp_path)
    before = {it: it.read_bytes() for it in tmp_path.rglob("*") if it.is_file()}
    async with seated(station) as seat:
        await seat.study.type(seat.study.by_key("code.field"), code)
        await seat.study.tap(seat.study.by_key("code.begin"))
        await seat.study.tap(seat.study.by_key("welcome.next"))
        await seat.study.tap(seat.study.by_key("research.refuse"))
        assert seat.study.says("什么都没有记")
    assert {it: it.read_bytes() for it in tmp_path.rglob("*") if it.is_file()} == before


async def test_who_stops_has_everything_deleted_if_they_wish(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = code_for(FIRST_LOOK, tmp_path)
    async with seated(station) as seat:
        await TreeBot(seat, ACCEPTS).come(code)
        await seat.study.tap(seat.study.by_key("study.stop"))
        await seat.study.tap(seat.study.by_key("stop.back"))
        await seat.study.tap(seat.study.by_key("study.stop"))
        await seat.study.tap(seat.study.by_key("stop.delete"))
        assert seat.study.says("已删除")
        await seat.study.tap(seat.study.by_key("end.next"))
        await seat.study.type(seat.study.by_key("code.field"), code)
        await seat.study.tap(seat.study.by_key("code.begin"))
        assert seat.study.says("已经撤回")
    folder = StudyFolder(tmp_path / "study")
    assert folder.sessions() == ()
    assert folder.withdrawn() == {code}
    named = [it for it in (tmp_path / "study").rglob("*") if it.is_file() and it.name != code]
    assert not any(code.encode() in it.read_bytes() for it in named)


@pytest.mark.parametrize("opening", ["summary", "full"])
async def test_a_condition_changes_what_comes_first(tmp_path: Path, opening: str) -> None:
    station = station_for(LAYERS, tmp_path)
    async with seated(station) as seat:
        station.enter(code_for(LAYERS, tmp_path, opening=opening))
        assert station.condition == {"opening": opening}
        await station.agree(frozenset({"behaviour", "answers"}))
        sitting = station.sitting
        assert sitting is not None
        sitting.passage_read()
        sitting.answer("false")
        sitting.start_task()
        app = await seat.app()
        await app.tap(app.by_key("first-notice.accept"))
        await app.tap(app.all("NavigationBarDestination")[2])
        await app.tap(app.by_key("me.policy"))
        opened = Recorded(tmp_path).data("stim.layer.opened")
        assert [it["opened"] for it in opened] == [opening]
        if opening == "summary":
            await app.tap(app.by_key("summary.policy"))
            opened = Recorded(tmp_path).data("stim.layer.opened")
            assert [it["opened"] for it in opened] == ["summary", "full"]


async def test_who_sees_all_conditions_gets_a_new_app_for_each(tmp_path: Path) -> None:
    study = study_within(tmp_path / "file", "see_nearby")
    station = station_for(study, tmp_path)
    async with seated(station) as seat:
        bot = TreeBot(seat, ACCEPTS)
        await bot.come(code_for(study, tmp_path, opening="full"))
        assert station.condition == {"opening": "full"}
        await bot.go_through(Part.CHANGE)
        assert seat.study.says("另一个版本") and (tmp_path / "app").exists()
        # The process is gone, in the midst of the change.
    station = station_for(study, tmp_path)
    async with seated(station) as seat:
        assert station.sitting is not None and station.sitting.moment.part is Part.CHANGE
        await press(seat.study, "another.next")
        assert not (tmp_path / "app").exists(), "the app remembers the first condition"
        bot = TreeBot(seat, ACCEPTS)
        await bot.go_through(Part.TASK)
        app = await seat.app()
        assert app.has_key("first-notice.accept"), "the app remembers the first condition"
        assert station.condition == {"opening": "summary"}
        await bot.go_through()
        assert seat.study.says("谢谢")
    recorded = Recorded(tmp_path)
    parts = by_condition(recorded.session, recorded.events)
    assert [it["opening"] for it, _ in parts] == ["full", "summary"]
    for _, events in parts:
        (attempt,) = attempts_of(events)
        assert attempt.outcome == "direct"
        decided = [(it.target, it.exposure) for it in decisions_of(events)]
        assert decided == [("notice:base", 1), ("purpose:nearby-cinema", 1)]
