"""The observer's page beside a participant's, headless: keys, notes, and who may open it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from components.prototype.session import before_main
from components.prototype.studying.observing import Observing
from components.prototype.studying.serving import station_pages
from components.study.exporting.tables import read_sessions
from components.study.folder import StudyFolder
from components.study.measures.tasks import attempts_of
from components.study.observing.desk import Desk
from components.study.observing.entry import standing
from components.study.running.admission import CannotRun, check_observable
from components.study.running.moments import Part
from tests.pilot import Device, Pilot, running

from .stations import FIRST_LOOK, LAYERS, PACK, Recorded, Seat, code_for, seated, station_for
from .tree_bot import Persona, TreeBot, press


@asynccontextmanager
async def beside(
    seat: Seat, folder: Path, *, route: str = ""
) -> AsyncIterator[tuple[Observing, Pilot]]:
    """An observer of a participant at a station."""
    station = seat.station
    desk = Desk(station.study, StudyFolder(folder / "study"), lambda: station.sitting)
    observing = Observing(station, desk, PACK, "en")
    async with running(
        station_pages(station, observing),
        before_main=before_main,
        route=route or observing.path,
        web=True,
        device=Device(),
        beside=seat.study,
    ) as pilot:
        yield observing, pilot


async def key(pilot: Pilot, pressed: str, **held: bool) -> None:
    """Press a key while no field has it."""
    data = {"key": pressed, "shift": False, "ctrl": False, "alt": False, "meta": False, **held}
    await pilot.session.dispatch_event(pilot.page.id, "keyboard_event", data)
    await pilot.settle()


async def at_the_first_task(seat: Seat, path: Path, *, observed: bool = True) -> TreeBot:
    bot = TreeBot(seat, Persona(grants=True))
    scopes = ("behaviour", "answers", *(["observed"] if observed else []))
    await bot.come(code_for(FIRST_LOOK, path, "en"), scopes)
    await bot.go_through(Part.TASK)
    return bot


def entries(path: Path) -> list[tuple[str, dict[str, object]]]:
    (recorded,) = read_sessions(StudyFolder(path / "study").sessions())
    return [(it.name, dict(it.data)) for it in standing(recorded.entries)]


@pytest.mark.anyio
async def test_with_the_keyboard_alone(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path, locale="en")
    async with seated(station) as seat, beside(seat, tmp_path) as (_, desk):
        assert desk.says("Nobody is taking part")
        bot = await at_the_first_task(seat, tmp_path)
        await desk.until(lambda: desk.says("Is at the task"))
        assert desk.says("Done when “Nearby cinemas” is decided, either way")
        # A code, the words, how grave: three keys and a text.
        await key(desk, "1")
        assert entries(tmp_path) == [], "it is kept before it is whole"
        field = desk.by_key("note.text")
        assert field["autofocus"]
        for letter in ("M", "3", "U", "Q"):
            await key(desk, letter)
        assert entries(tmp_path) == [], "a key acted while words are written"
        await desk.type(field, "looks under “me”", submit=True)
        assert not desk.has_key("note.text"), "the field still takes the digits"
        await key(desk, "3")
        note = ("study.note.added", {"code": "cannot-find", "severity": 3})
        assert entries(tmp_path) == [(note[0], {**note[1], "text": "looks under “me”"})]
        assert desk.says("Saved: Can’t find it") and desk.says("Can’t find it · 3 Major")
        # Marks; a quote has two ends; what is held with Ctrl is the browser's own.
        await key(desk, "Q")
        await key(desk, "Q")
        await key(desk, "M", ctrl=True)
        kinds = [data.get("kind") for _, data in entries(tmp_path)[1:]]
        assert kinds == ["quote_start", "quote_end"]
        await key(desk, "U")
        assert [data.get("kind") for _, data in entries(tmp_path)[1:]] == ["quote_start"]
        # A note that is dropped was never there.
        await key(desk, "N")
        await key(desk, "Escape")
        assert len(entries(tmp_path)) == 2 and desk.says("The note was discarded.")
        # Switched off, no key does anything; the buttons do.
        await press(desk, "observer.keys")
        await key(desk, "C")
        assert len(entries(tmp_path)) == 2
        await press(desk, "observer.clap")
        assert len(entries(tmp_path)) == 3
        # Help: the task counts otherwise, and the participant goes on as before.
        await press(desk, "observer.hint")
        await bot.go_through(Part.SURENESS)
        await bot.go_through(Part.CARD)
        await desk.until(lambda: desk.says("Reads the task"))
        (attempt,) = attempts_of(Recorded(tmp_path).events)
        assert (attempt.outcome, attempt.help) == ("assisted", "hint")
        assert seat.study.says("Task 2 of 3")
        # Whoever withdraws takes the notes along, before the observer's eyes.
        await press(seat.study, "study.stop")
        await press(seat.study, "stop.delete")
        await desk.until(lambda: desk.says("Your notes on them are deleted too."))
        assert not desk.says("looks under")
    files = [it for it in (tmp_path / "study").rglob("*") if it.is_file()]
    assert not [it for it in files if "looks under" in it.read_text(encoding="utf-8")]


@pytest.mark.anyio
async def test_of_somebody_who_did_not_agree_nothing_is_told(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path, locale="en")
    async with seated(station) as seat, beside(seat, tmp_path) as (_, desk):
        await at_the_first_task(seat, tmp_path, observed=False)
        await desk.until(lambda: desk.says("has not agreed to be observed"))
        assert not desk.says("What has happened") and not desk.has_key("observer.note-other")
        await key(desk, "N")
        await key(desk, "C")
        assert desk.says("Not kept: this participant has not agreed to be observed.")
        assert not desk.has_key("note.text") and entries(tmp_path) == []
        await key(desk, "W")
        assert desk.says("Saved. The task counts as done with help.")


@pytest.mark.anyio
async def test_what_is_looked_at_is_as_it_would_be(tmp_path: Path) -> None:
    """The same bot, alone and observed: the same events and the same screens."""
    told: list[list[tuple[str, object]]] = []
    sent: list[list[str]] = []
    for name in ("alone", "observed"):
        path = tmp_path / name
        station = station_for(FIRST_LOOK, path, locale="en")
        async with seated(station) as seat:
            if name == "alone":
                bot = await at_the_first_task(seat, path)
                await bot.go_through(Part.SURENESS)
            else:
                async with beside(seat, path) as (_, desk):
                    bot = await at_the_first_task(seat, path)
                    await key(desk, "2")
                    await bot.go_through(Part.SURENESS)
                    await key(desk, "C")
            app = next(iter(seat.apps))
            sent.append(app.texts())
        events = Recorded(path).events
        told.append([(it.name, timeless(it.data)) for it in events])
    assert told[0] == told[1]
    assert sent[0] == sent[1]


def timeless(data: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key != "rt"}


@pytest.mark.anyio
async def test_nobody_comes_by_chance(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path, locale="en")
    async with seated(station) as seat:
        for route in ("/observe", "/observe-", "/observe-AAAAAAAAAAAAAAAAAAAAAA", "/observe-é"):
            async with beside(seat, tmp_path, route=route) as (observing, page):
                assert page.has_key("code.field") and not page.says("Observing")
                assert len(observing.path) > 24 and not observing.is_at(route)
                assert observing.is_at(f"{observing.path}?x=1")


def test_nobody_is_observed_in_a_study_that_does_not_ask() -> None:
    check_observable(FIRST_LOOK)
    with pytest.raises(CannotRun, match='add "observed" to `scopes`'):
        check_observable(LAYERS)
