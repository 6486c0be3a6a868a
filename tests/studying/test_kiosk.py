"""A device that nobody stands beside: it hands out places, and forgets who went away."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.prototype.studying.states import Kiosk, Showing
from components.prototype.studying.station import Station
from components.study.folder import StudyFolder
from components.study.record import read_record
from components.study.running.moments import Part
from components.study_room.code_entry import Trouble

from .stations import FIRST_LOOK, LAYERS, PACK, Recorded, folder_for, seated, station_for
from .tree_bot import Persona, TreeBot

pytestmark = pytest.mark.anyio

HASTY = Kiosk(idle_seconds=0.5, grace_seconds=1.5, self_service=True)
PATIENT = Kiosk(idle_seconds=600.0, grace_seconds=600.0, self_service=True)


async def test_who_goes_away_is_forgotten_by_the_app_and_ended_in_the_record(
    tmp_path: Path,
) -> None:
    patient = station_for(FIRST_LOOK, tmp_path, kiosk=PATIENT)
    async with seated(patient) as seat:
        await seat.study.tap(seat.study.by_key("code.begin"))
        bot = TreeBot(seat, Persona(grants=True))
        await bot.take_part()
        await bot.go_through(Part.SURENESS)
        assert (tmp_path / "app").exists(), "the app has kept something of its own"
    # The same session on a device that waits for nobody, and nobody touches anything.
    station = station_for(FIRST_LOOK, tmp_path, kiosk=HASTY)
    async with seated(station) as seat:
        await seat.study.until(lambda: seat.study.has_key("still.here"))
        await seat.study.until(lambda: seat.study.has_key("code.begin"))
        assert station.showing is Showing.ENTRY
    assert not (tmp_path / "app").exists()
    recorded = Recorded(tmp_path)
    assert recorded.data("study.session.ended") == [{"reason": "idle"}]


async def test_the_next_person_gets_the_next_place_and_an_app_that_knows_nobody(
    tmp_path: Path,
) -> None:
    station = station_for(FIRST_LOOK, tmp_path, kiosk=PATIENT)
    async with seated(station) as seat:
        for position in (1, 2):
            await seat.study.tap(seat.study.by_key("code.begin"))
            assert station.place is not None and station.place.position == position
            bot = TreeBot(seat, Persona(grants=True))
            await bot.take_part()
            await bot.go_through(Part.TASK)
            app = await seat.app()
            assert app.has_key("first-notice.accept"), "the app remembers who was here before"
            await app.tap(app.by_key("first-notice.accept"))
            await seat.study.tap(seat.study.by_key("task.give-up"))
            await seat.study.tap(seat.study.by_key("study.stop"))
            await seat.study.tap(seat.study.by_key("stop.keep"))
            await seat.study.tap(seat.study.by_key("end.next"))
    assert len(StudyFolder(tmp_path / "study").taken_part()) == 2


async def test_a_full_study_says_so(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path, kiosk=PATIENT)
    folder = StudyFolder(tmp_path / "study")
    for place in folder.places(FIRST_LOOK):
        if place.stratum == {"locale": "zh_Hans"}:
            folder.withdraw(place.code)
    station.enter("")
    assert station.trouble is Trouble.FULL
    await station.close()


async def test_the_next_place_is_one_of_the_own_device_and_language(tmp_path: Path) -> None:
    station = station_for(LAYERS, tmp_path, kiosk=PATIENT, locale="en")
    station.enter("")
    assert station.place is not None
    assert station.place.stratum == {"device": "phone", "locale": "en"}
    await station.close()


def test_the_app_keeps_nothing_in_the_studys_folder(tmp_path: Path) -> None:
    folder = folder_for(FIRST_LOOK, tmp_path)
    with pytest.raises(ValueError, match="--stimulus"):
        Station(FIRST_LOOK, folder, PACK, stimulus_folder=tmp_path / "study" / "app", locale="en")


async def test_after_a_crash_the_screen_is_the_one_before_it(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = folder_code(tmp_path)
    async with seated(station) as seat:
        bot = TreeBot(seat, Persona(grants=True))
        await bot.come(code)
        await bot.go_through(Part.SURENESS)
        # The process is gone: nothing of it is ended, closed or written.
    again = station_for(FIRST_LOOK, tmp_path)
    async with seated(again) as seat:
        assert again.sitting is not None and again.sitting.moment.part is Part.SURENESS
        bot = TreeBot(seat, Persona(grants=True))
        await bot.go_through(Part.TASK)
        app = await seat.app()
        assert not app.has_key("first-notice.accept"), "the app has forgotten what was chosen"
    recorded = Recorded(tmp_path)
    assert recorded.data("study.session.resumed") == [{"torn_bytes": 0}]


def folder_code(path: Path) -> str:
    """The first code."""
    return StudyFolder(path / "study").places(FIRST_LOOK)[0].code


async def test_who_goes_on_after_somebody_else_does_not_see_what_they_chose(
    tmp_path: Path,
) -> None:
    """Two sessions that nobody ended: the app is the second one's, and the first comes back."""
    folder = folder_for(FIRST_LOOK, tmp_path)
    first, second = [it.code for it in folder.places(FIRST_LOOK)][:2]
    for code in (first, second):
        station = Station(
            FIRST_LOOK, folder, PACK, stimulus_folder=tmp_path / "app", locale="zh_Hans"
        )
        async with seated(station) as seat:
            bot = TreeBot(seat, Persona(grants=True))
            await bot.come(code)
            await bot.go_through(Part.SURENESS)
    station = station_for(FIRST_LOOK, tmp_path)
    assert station.sitting is None, "there are two, and nobody has said who it is"
    async with seated(station) as seat:
        await seat.study.type(seat.study.by_key("code.field"), first)
        await seat.study.tap(seat.study.by_key("code.begin"))
        await TreeBot(seat, Persona(grants=True)).go_through(Part.TASK)
        app = await seat.app()
        assert app.has_key("first-notice.accept"), "the app shows what somebody else chose"
    (record,) = (tmp_path / "study" / "sessions" / first).glob("*/events.jsonl")
    names = [it.name for it in read_record(record.read_bytes()).events]
    assert names.count("study.app.renewed") == 1
