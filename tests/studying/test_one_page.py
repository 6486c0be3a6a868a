"""A study on one page: a phone's own app, headless, with the app under test at a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgpack
import pytest

from components.prototype.studying.on_device import InSocket, station_on_device
from components.prototype.studying.one_page import app_page, one_page
from components.prototype.studying.room import Where
from components.prototype.studying.station import Station
from components.study.carrying import collect, zip_of
from components.study.folder import StudyFolder
from components.study.running.moments import Part
from components.study_room.code_entry import Trouble
from tests.browser.settled import wait_until
from tests.pilot import Pilot
from tests.pilot.device import device_info

from .stations import (
    FIRST_LOOK,
    READY,
    Pages,
    Recorded,
    Seat,
    begun,
    code_for,
    folder_for,
    seated,
    station_for,
)
from .test_whole_study import (
    assert_the_app_is_told_right,
    assert_the_tables_are_made,
    assert_two_consents_have_nothing_in_common,
)
from .tree_bot import Persona, TreeBot, press

pytestmark = pytest.mark.anyio

PHONE = frozenset({Where.ENTRY})
REGISTER, INVOKE = 1, 5
ANSWERS = {
    "get_keys": [],
    "get_device_info": device_info("android", web=False, locales=["zh-Hans-CN"]),
}
"""What a client of a new phone says of it."""


@asynccontextmanager
async def on_one_page(
    station: Station, folder: Path, saves_at: frozenset[Where] = PHONE
) -> AsyncIterator[Seat]:
    """A participant before one page, headless; the app's page is opened as its client would."""
    inside = InSocket(folder)
    study = one_page(station, inside, saves_at)
    try:
        async with seated(station, Pages(study, app_page(station))) as seat:
            yield seat
    finally:
        await inside.close()


def addresses(study: Pilot) -> list[str]:
    """Where the study's page opens another app."""
    return [str(it["url"]) for it in study.all("FletApp")]


async def test_a_bot_goes_through_a_whole_study(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = code_for(FIRST_LOOK, tmp_path)
    async with on_one_page(station, tmp_path) as seat:
        bot = TreeBot(seat, Persona(grants=True))
        await bot.come(code)
        await bot.go_through(Part.CARD)
        assert addresses(seat.study) == [], "the app is open before its task"
        await press(seat.study, "task.start")
        (address,) = addresses(seat.study)
        assert address.startswith(str(tmp_path)) and Path(address).is_socket()
        await bot.go_through()
        assert seat.study.says(code)
        kit = station.stimulus.kit
        assert kit is not None
        theirs = {it.event_id for it in kit.record.events} | {kit.record.events[0].subject}
        await press(seat.study, "end.next")
        assert addresses(seat.study) == [], "the app is open for the next participant"
    recorded = Recorded(tmp_path)
    assert recorded.data("study.session.ended") == [{"reason": "finished"}]
    assert_the_app_is_told_right(recorded)
    assert_the_tables_are_made(tmp_path)
    assert_two_consents_have_nothing_in_common(tmp_path, recorded, theirs)


async def test_between_tasks_nothing_of_the_app_is_there_and_nothing_is_granted(
    tmp_path: Path,
) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    async with on_one_page(station, tmp_path) as seat:
        sitting = await begun(station, tmp_path)
        app = await seat.app()
        await press(app, "first-notice.accept")
        await app.tap(app.all("NavigationBarDestination")[1])
        await press(app, "city.locate")
        await press(app, "prompt.accept")
        assert app.has_key("system.allow")
        await press(seat.study, "task.give-up")
        assert sitting.moment.part is Part.CARD
        await app.settle()
        assert app.dialogs == [] and not app.all("NavigationBarDestination")
        kit = station.stimulus.kit
        assert kit is not None and not kit.permits("location")
        await press(seat.study, "task.start")
        # It is the same app, at the place where it was left.
        assert len(seat.apps) == 1 and app.has_key("city.locate")
        assert app.dialogs == [] and not app.has_key("first-notice.accept")


async def test_after_the_process_was_gone_it_goes_on_in_its_task(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    async with on_one_page(station, tmp_path) as seat:
        await begun(station, tmp_path)
        await press(await seat.app(), "first-notice.accept")
    station = station_for(FIRST_LOOK, tmp_path)
    async with on_one_page(station, tmp_path) as seat:
        assert station.sitting is not None and station.sitting.moment.part is Part.TASK
        assert len(addresses(seat.study)) == 1 and seat.study.has_key("task.done")
        app = await seat.app()
        assert not app.has_key("first-notice.accept"), "the app forgot what was chosen in it"
    assert len(Recorded(tmp_path).named("study.session.resumed")) == 1


async def test_the_moderator_saves_the_records_as_one_file(tmp_path: Path) -> None:
    station = station_for(FIRST_LOOK, tmp_path)
    code = code_for(FIRST_LOOK, tmp_path)
    station.folder.put_study(READY / "first-look.toml")
    async with on_one_page(station, tmp_path) as seat:
        assert not seat.study.has_key("records.save"), "there is nothing to save yet"
        bot = TreeBot(seat, Persona(grants=False, reads=False, answers=False))
        await bot.come(code)
        await bot.go_through()
        assert not seat.study.has_key("records.save"), "a participant would save it"
        await press(seat.study, "end.next")
        assert seat.study.says("这台设备上有1场记录")
        await press(seat.study, "records.save")
        (saved,) = [it for it in seat.study.invocations if it.method == "save_file"]
        assert seat.study.says("已存成文件")
    assert saved.arguments["file_name"].startswith(f"{FIRST_LOOK.id}-20")
    home = folder_for(FIRST_LOOK, tmp_path / "home", StudyFolder(tmp_path / "study"))
    assert len(collect(saved.arguments["src_bytes"], home).new) == 1
    assert home.taken_part() == {code}


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    """What ``mingshi study allocate`` makes, to lie beside ``app.py``."""
    folder = folder_for(FIRST_LOOK, tmp_path / "carried")
    folder.put_study(READY / "first-look.toml")
    return folder.path


async def test_what_a_phone_carries_becomes_a_station_of_its_own(
    tmp_path: Path, carried: Path
) -> None:
    station = station_on_device(carried, tmp_path / "data")()
    code = StudyFolder(carried).places(FIRST_LOOK)[0].code
    station.enter(code)
    await station.agree(frozenset({"behaviour", "answers"}))
    assert station.folder.path.is_relative_to(tmp_path / "data")
    assert StudyFolder(carried).sessions() == ()
    await station.close()
    again = station_on_device(carried, tmp_path / "data")()
    assert again.sitting is not None and again.code == code
    await again.close()
    assert len(collect(zip_of(again.folder), StudyFolder(carried)).new) == 1


async def test_where_nothing_can_be_kept_nobody_takes_part(tmp_path: Path, carried: Path) -> None:
    station = station_on_device(carried, tmp_path / "data", shut=Trouble.OPEN_ELSEWHERE)()
    async with on_one_page(station, tmp_path) as seat:
        assert seat.study.says("记录由那个窗口保管")
        code = StudyFolder(carried).places(FIRST_LOOK)[0].code
        await seat.study.type(seat.study.by_key("code.field"), code)
        await press(seat.study, "code.begin")
        assert seat.study.says("记录由那个窗口保管") and seat.study.has_key("code.begin")
    assert not (tmp_path / "data").exists()


class Client:
    """What a client says over the socket, as Flet's own does (``FletSocketBackendChannel``)."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def register(self) -> dict[str, Any]:
        """Come as a new page; what the page holds at first."""
        page = {"route": "/", "width": 412.0, "height": 700.0, "platform": "android", "web": False}
        body = {"session_id": None, "page_name": "", "page": page}
        self._send([REGISTER, body])
        action, answer = await self.next()
        assert action == REGISTER
        return answer

    async def next(self) -> tuple[int, dict[str, Any]]:
        """The next message."""
        size = int.from_bytes(await self._reader.readexactly(4), "little")
        packet = await self._reader.readexactly(size)
        assert packet[0] == 0
        action, body = msgpack.unpackb(packet[1:], ext_hook=msgpack.ExtType, strict_map_key=False)
        if action == INVOKE:
            # It keeps nothing from another time.
            call = {it: body[it] for it in ("control_id", "call_id")}
            self._send([INVOKE, {**call, "result": ANSWERS.get(body["name"]), "error": None}])
        return action, body

    def _send(self, message: list[Any]) -> None:
        packet = b"\0" + msgpack.packb(message)
        self._writer.write(len(packet).to_bytes(4, "little") + packet)

    async def gone(self) -> None:
        """Go away."""
        self._writer.close()
        await self._writer.wait_closed()


async def test_a_client_of_the_same_phone_opens_the_app_at_its_socket(tmp_path: Path) -> None:
    """And one that comes later, as after the study's page was made anew, gets it as it was left."""
    station = station_for(FIRST_LOOK, tmp_path)
    await begun(station, tmp_path)

    async def closed() -> bool:
        return station.stimulus.kit is None

    inside = InSocket(tmp_path)
    await inside.ready(app_page(station))
    address = inside.address(None, 1)  # type: ignore[arg-type]  # it is the same on every page
    try:
        for _ in range(2):
            client = Client(*await asyncio.open_unix_connection(address))
            answer = await client.register()
            assert answer["error"] == ""
            # Kit and screens come with the patches that follow.
            async with asyncio.timeout(30):
                while b"first-notice" not in str((await client.next())[1]).encode():
                    pass
            assert station.stimulus.kit is not None
            await client.gone()
            await wait_until(closed, "the app to be closed")
    finally:
        await inside.close()
        await station.close()
    assert not Path(address).exists()
