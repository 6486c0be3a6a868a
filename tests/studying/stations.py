"""A station to test at, and what its record holds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.places import data_folder
from components.prototype.session import before_main
from components.prototype.studying.conditions import pack_of
from components.prototype.studying.serving import station_pages
from components.prototype.studying.states import Kiosk
from components.prototype.studying.station import Station
from components.study.allocation import allocate
from components.study.folder import StudyFolder
from components.study.model import Study
from components.study.reading import load_study
from components.study.record import Event, Session, read_record
from components.study.running.sitting import Sitting
from components.surface.runtime import PageMain
from tests.pilot import Device, Pilot, running

READY = data_folder("policy_content") / "epiao" / "study"
FIRST_LOOK = load_study(READY / "first-look.toml")
LAYERS = load_study(READY / "layers.toml")
PACK = pack_of(FIRST_LOOK)


def folder_for(study: Study, path: Path, like: StudyFolder | None = None) -> StudyFolder:
    """The study's folder with its places: new ones, or those of another folder."""
    folder = StudyFolder(path / "study")
    folder.put_places(study, allocate(study) if like is None else like.places(study))
    return folder


def station_for(
    study: Study, path: Path, *, kiosk: Kiosk | None = None, locale: str = "zh_Hans"
) -> Station:
    """A station on a folder that there may be already."""
    folder = StudyFolder(path / "study")
    if not (path / "study").exists():
        folder = folder_for(study, path)
    station = Station(study, folder, PACK, stimulus_folder=path / "app", locale=locale, kiosk=kiosk)
    station.resume()
    return station


def code_for(study: Study, path: Path, locale: str = "zh_Hans", **condition: str) -> str:
    """The code of the first place in a language and a condition."""
    return next(
        it.code
        for it in StudyFolder(path / "study").places(study)
        if locale in it.stratum.values() and condition.items() <= it.conditions[0].items()
    )


async def begun(station: Station, path: Path) -> Sitting:
    """A participant who is at the first task."""
    station.enter(code_for(FIRST_LOOK, path))
    await station.agree(frozenset({"behaviour", "answers"}))
    sitting = station.sitting
    assert sitting is not None
    sitting.passage_read()
    sitting.skip()
    sitting.start_task()
    return sitting


class Recorded:
    """The one session of a folder."""

    def __init__(self, path: Path) -> None:
        (folder,) = StudyFolder(path / "study").sessions()
        read = read_record((folder / "events.jsonl").read_bytes())
        self.session: Session = read.session
        self.events: tuple[Event, ...] = read.events

    def named(self, name: str) -> list[Event]:
        """The events of a name."""
        return [it for it in self.events if it.name == name]

    def data(self, name: str) -> list[dict[str, Any]]:
        """What they say."""
        return [it.data for it in self.named(name)]


@asynccontextmanager
async def seated(station: Station, pages: Pages | None = None) -> AsyncIterator[Seat]:
    """A participant at a station, headless: in the two pages of a browser's frame, or in others."""
    async with AsyncExitStack() as stack:
        both = pages or Pages(station_pages(station), station_pages(station))
        pilot = await stack.enter_async_context(
            running(both.study, before_main=before_main, route="/study", web=True)
        )
        yield Seat(station, pilot, stack, both)
        await station.close()


@dataclass(frozen=True)
class Pages:
    """The study's page and the app's, as Flet apps."""

    study: PageMain
    app: PageMain


class Seat:
    """The participant's two pages: the study's, and the app's once it is wanted."""

    def __init__(self, station: Station, study: Pilot, stack: AsyncExitStack, pages: Pages) -> None:
        self._pages = pages
        self.station = station
        self.study = study
        self._stack = stack
        self._apps: dict[int, Pilot] = {}

    @property
    def apps(self) -> tuple[Pilot, ...]:
        """The app's pages that were opened."""
        return tuple(self._apps.values())

    async def app(self) -> Pilot:
        """The app's page, which the frame opens while the app is to be seen."""
        assert self.station.over_the_app, "the app is not before the participant"
        number = self.station.stimulus_number
        if number not in self._apps:
            self._apps[number] = await self._stack.enter_async_context(
                running(
                    self._pages.app,
                    before_main=before_main,
                    route=f"/app?n={number}",
                    web=True,
                    device=Device(),
                    beside=self.study,
                )
            )
        return self._apps[number]
