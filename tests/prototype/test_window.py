"""The demo's window: where it stands, and what it says before it closes. Headless."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import flet as ft
import pytest

from components.places import data_folder
from components.policy import Pack, load_pack
from components.prototype.session import Settings, before_main, prototype
from components.prototype.window import DemoWindow
from components.prototype.window.place import Area, Place, keep_place, on_screen, read_place
from components.prototype.window.window import LEAST, LIKE_A_PHONE
from tests.pilot import Pilot, running

pytestmark = pytest.mark.anyio

SCREEN = Area(0, 0, 1600, 900)
BESIDE = Area(-1280, 0, 1280 + 1600, 900)
"""With a second monitor to the left."""


@pytest.mark.parametrize(
    ("place", "screen", "shown"),
    [
        (Place(420, 860, 100, 20), SCREEN, Place(420, 860, 100, 20)),
        (Place(420, 860), SCREEN, Place(420, 860)),
        # Half out of sight, as somebody may have put it.
        (Place(420, 860, -200, 0), SCREEN, Place(420, 860, -200, 0)),
        # Where a monitor was that is gone.
        (Place(420, 860, 2400, 40), SCREEN, Place(420, 860, 1180, 40)),
        (Place(420, 860, -1200, 40), SCREEN, Place(420, 860, 0, 40)),
        (Place(420, 860, -1200, 40), BESIDE, Place(420, 860, -1200, 40)),
        # A title bar above the screen or below it is out of reach.
        (Place(420, 860, 100, -300), SCREEN, Place(420, 860, 100, 0)),
        (Place(420, 860, 100, 880), SCREEN, Place(420, 860, 100, 40)),
        # Larger than the screen, smaller than a notice.
        (Place(3000, 2000, 0, 0), SCREEN, Place(1600, 900, 0, 0)),
        (Place(10, 10, 0, 0), SCREEN, Place(*LEAST, 0, 0)),
    ],
)
def test_a_window_is_brought_back_onto_the_screen(place: Place, screen: Area, shown: Place) -> None:
    assert on_screen(place, screen, LEAST) == shown


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"width": 420}',
        b'{"width": "wide", "height": 1, "left": 0, "top": 0, "maximized": false}',
        b'{"width": -1, "height": 1, "left": 0, "top": 0, "maximized": false}',
        b'{"width": NaN, "height": 1, "left": 0, "top": 0, "maximized": false}',
        b'{"width": 420, "height": 860, "left": Infinity, "top": 0, "maximized": false}',
        b'{"width": 420, "height": 860, "left": [], "top": 0, "maximized": false}',
    ],
)
def test_a_file_that_names_no_place_is_passed_over(
    kept: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(kept)
    assert read_place(file) is None
    assert "window.json" in caplog.text
    keep_place(file, LIKE_A_PHONE)
    assert read_place(file) == LIKE_A_PHONE


def test_a_place_that_cannot_be_kept_is_logged_and_no_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "window.json").mkdir()
    keep_place(tmp_path / "window.json", LIKE_A_PHONE)
    assert "could not be kept" in caplog.text
    assert read_place(tmp_path / "nowhere" / "window.json") is None


@dataclass
class Demo:
    """The prototype in a window, and the file that keeps the window's place."""

    pilot: Pilot
    window: DemoWindow
    file: Path

    def is_now(self, **values: object) -> None:
        """What the client tells about the window."""
        self.pilot.session.apply_patch(self.pilot.app_page.window._i, values)

    async def press_close(self) -> None:
        """Press the window's own button."""
        await self.pilot.fire(self.pilot.one("Window"), "event", {"type": "close"})

    @property
    def closed(self) -> bool:
        """Whether the client was told to close the window."""
        return bool(self.pilot.calls("Window", "destroy"))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


@asynccontextmanager
async def opened(
    pack: Pack, data: Path, endpoint: str | None = None, locale: str = "en-GB"
) -> AsyncIterator[Demo]:
    file = data / "window.json"
    window = DemoWindow(file, screen=lambda: SCREEN)
    settings = Settings(data=data, pack=pack, endpoint=endpoint, opened=window.follow)

    def prepare(page: ft.Page) -> None:
        before_main(page)
        window.prepare(page)

    async with running(
        prototype(settings),
        before_main=prepare,
        platform="linux",
        width=1280,
        height=720,
        locale=locale,
    ) as pilot:
        yield Demo(pilot, window, file)
        assert window._kit is not None
        await window._kit.close()


async def test_the_window_begins_like_a_phone_and_comes_back_where_it_was(
    pack: Pack, tmp_path: Path
) -> None:
    async with opened(pack, tmp_path) as demo:
        window = demo.pilot.one("Window")
        assert (window["width"], window["height"]) == (LIKE_A_PHONE.width, LIKE_A_PHONE.height)
        assert (window["min_width"], window["min_height"]) == LEAST
        assert window["prevent_close"] is True
        assert demo.pilot.all("NavigationBar"), "laid out for the window, not for the screen"
        demo.is_now(left=300.0, top=40.0, width=700.0, height=640.0)
        # The client says so before it knows that somebody listens for the page's own event.
        demo.pilot.session.apply_patch(demo.pilot.app_page._i, {"width": 700.0, "height": 640.0})
        await demo.pilot.fire(window, "event", {"type": "resized"})
        assert demo.pilot.all("NavigationRail")
        await demo.press_close()
        assert demo.closed and not demo.pilot.has_key("closing.close")
    async with opened(pack, tmp_path) as demo:
        window = demo.pilot.one("Window")
        assert [window[it] for it in ("left", "top", "width", "height")] == [300, 40, 700, 640]
        # Full of the screen it has a size, but not one to come back to.
        demo.is_now(maximized=True, left=0.0, top=0.0, width=1600.0, height=900.0)
        await demo.press_close()
    assert read_place(demo.file) == Place(700, 640, 300, 40, maximized=True)


async def test_what_is_unsent_is_said_before_the_window_closes(pack: Pack, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        nobody = f"http://127.0.0.1:{found.getsockname()[1]}"
    async with opened(pack, tmp_path, nobody) as demo:
        pilot = demo.pilot
        await pilot.tap(pilot.by_key("first-notice.accept"))
        await demo.press_close()
        assert pilot.says("1 choice is still to be sent.")
        assert pilot.says("it stays on this device and goes out at the next start")
        await demo.press_close()
        assert len(pilot.dialogs) == 1, "one question is enough"
        await pilot.tap(pilot.by_key("closing.stay"))
        assert not demo.closed and not pilot.dialogs
        await demo.press_close()
        await pilot.press_back()
        assert not demo.closed, "going away is not closing"
        await demo.press_close()
        await pilot.tap(pilot.by_key("closing.close"))
        assert demo.closed
        assert json.loads(demo.file.read_text("utf-8"))["width"] == LIKE_A_PHONE.width
    async with opened(pack, tmp_path, nobody, "zh-Hans-CN") as demo:
        await demo.press_close()
        assert demo.pilot.says("还有1项选择没有发送。")
        await demo.pilot.tap(demo.pilot.by_key("closing.close"))
        assert demo.closed


async def test_what_stays_on_the_device_anyway_is_no_reason_to_ask(
    pack: Pack, tmp_path: Path
) -> None:
    async with opened(pack, tmp_path, "http://127.0.0.1:9") as demo:
        await demo.pilot.tap(demo.pilot.by_key("first-notice.refuse"))
        await demo.press_close()
        assert demo.closed


async def test_a_window_that_cannot_ask_closes_all_the_same(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(pack, tmp_path, "http://127.0.0.1:9") as demo:
        await demo.pilot.tap(demo.pilot.by_key("first-notice.accept"))
        monkeypatch.setattr(demo.pilot.app_page, "show_dialog", None)
        await demo.press_close()
        assert demo.closed
    assert "what is unsent could not be told" in caplog.text
