"""Two host apps with folders named as the kit's, on an installed kit and on a vendored one.

Each runs as a process of its own, as its author would start it, and is driven in Chromium through
the main job; its record is then checked by the ``mingshi`` command.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser

from components.consent.event import Event
from tests.browser.harness import PHONE, browser, open_app
from tests.browser.person import Person, story
from tests.project.installing import (
    DATA,
    Environment,
    build_wheel,
    clean_environment,
    copy_source,
    run,
)

pytestmark = pytest.mark.anyio

HOSTS = Path(__file__).resolve().parent
_WAIT_SECONDS = 60.0


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """As for all tests, for as long as the browser lives."""
    return "asyncio"


@pytest.fixture(scope="module")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    """The running browser."""
    async with browser() as running:
        yield running


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, to build from and to copy from."""
    return copy_source(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the kit's wheel in it."""
    folder = tmp_path_factory.mktemp("installed")
    environment = Environment(folder / "venv")
    environment.install(build_wheel(source, folder))
    return environment


@pytest.fixture
def vendored(source: Path, installed: Environment, tmp_path: Path) -> Path:
    """The imperative host with a copy of the kit under a name of the host's own."""
    folder = shutil.copytree(HOSTS / "imperative", tmp_path / "host")
    kit = folder / "consent_kit"
    shutil.copytree(source / "components", kit)
    for name in DATA:
        shutil.copytree(source / name, kit / name)
    for path in (folder / "main.py", *(folder / "components").glob("*.py")):
        path.write_text(
            path.read_text("utf-8").replace("from mingshi", "from consent_kit"), "utf-8"
        )
    return folder


@asynccontextmanager
async def running(environment: Environment, folder: Path) -> AsyncIterator[str]:
    """``python main.py`` in a host's folder, shown to browsers; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    as_a_page = {
        "FLET_FORCE_WEB_SERVER": "true",
        "FLET_SERVER_IP": "127.0.0.1",
        "FLET_SERVER_PORT": str(port),
    }
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220 - it goes on beside this
            [environment.python, "main.py"],
            cwd=folder,
            env=clean_environment(as_a_page),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            await answers(url, process, folder / "log.txt")
            yield url
        except BaseException as error:
            error.add_note(f"Meanwhile, the host:\n{(folder / 'log.txt').read_text('utf-8')}")
            raise
        finally:
            process.terminate()
            process.wait(_WAIT_SECONDS)
    assert "Traceback" not in (folder / "log.txt").read_text("utf-8")


async def answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a host serves its page."""
    deadline = asyncio.get_running_loop().time() + _WAIT_SECONDS
    async with httpx.AsyncClient() as client:
        while True:
            try:
                assert (await client.get(url)).status_code == 200
                return
            except httpx.TransportError:
                assert process.poll() is None, log.read_text("utf-8")
                assert asyncio.get_running_loop().time() < deadline, log.read_text("utf-8")
                await asyncio.sleep(0.05)


@asynccontextmanager
async def someone(chromium: Browser, url: str, locale: str) -> AsyncIterator[Person]:
    """Somebody who opens the host in a browser of their own."""
    context = await chromium.new_context(viewport=PHONE, locale=locale, reduced_motion="reduce")
    try:
        async with open_app(context, url) as page:
            yield Person(page)
    finally:
        await context.close()


def recorded(folder: Path) -> list[Event]:
    """What a host's record holds, straight from its file."""
    connection = sqlite3.connect(f"file:{folder / 'data' / 'consent.sqlite'}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT body FROM events ORDER BY sequence").fetchall()
    finally:
        connection.close()
    return [Event.from_json(json.loads(body)) for (body,) in rows]


async def test_a_declarative_host_on_the_wheel(
    installed: Environment, chromium: Browser, tmp_path: Path
) -> None:
    folder = shutil.copytree(HOSTS / "declarative", tmp_path / "host")
    async with running(installed, folder) as url, someone(chromium, url, "en-GB") as person:
        await person.tap("first-notice.refuse")
        await person.page.click("Nearest first")
        await person.page.see("You are browsing.")
        await person.page.click("See the notice")
        await person.tap("first-notice.accept")
        await person.no_longer_sees("first-notice.accept")
        await person.page.click("Nearest first")
        await person.tap("prompt.accept")
        await person.page.see("Bamboo · 1.2 km")
        await person.page.screenshot("host-declarative")
        await from_menu(person, "Privacy policy")
        await person.tap("page.close")
        await person.no_longer_sees("page.close")
        await from_menu(person, "Privacy choices")
        await person.tap("withdraw.nearby-cinema")
        await person.waits_for("give.nearby-cinema")
        await person.tap("page.close")
        await person.page.see("Cinemas by name")
        assert not await person.page.page.get_by_text("km").count()
    assert story(recorded(folder)) == [
        ("notice:base", "refused"),
        ("notice:base", "given"),
        ("purpose:nearby-cinema", "given"),
        ("permission:location", "given"),
        ("purpose:nearby-cinema", "withdrawn"),
    ]
    verify(installed, folder)


async def from_menu(person: Person, name: str) -> None:
    """Open the declarative host's menu and choose something."""
    # Flutter says "Show menu" before it.
    await person.page.find("Privacy", exact=False).dispatch_event("click")
    await person.page.page.get_by_role("menuitem", name=name).dispatch_event("click")


async def test_an_imperative_host_on_the_wheel(
    installed: Environment, chromium: Browser, tmp_path: Path
) -> None:
    folder = shutil.copytree(HOSTS / "imperative", tmp_path / "host")
    await the_diary(installed, folder, chromium)
    verify(installed, folder)


async def test_the_same_host_on_a_vendored_kit(
    installed: Environment, vendored: Path, chromium: Browser, tmp_path: Path
) -> None:
    bare = Environment(tmp_path / "venv")
    await the_diary(bare, vendored, chromium)
    verify(installed, vendored)


async def the_diary(environment: Environment, folder: Path, chromium: Browser) -> None:
    """The main job in the imperative host, and what it leaves in the record."""
    async with running(environment, folder) as url, someone(chromium, url, "zh-CN") as person:
        await person.tap("first-notice.accept")
        await person.no_longer_sees("first-notice.accept")
        await person.page.click("开场前提醒我")
        await person.tap("prompt.refuse")
        await person.page.see("没有打开提醒，手记照常可用。")
        await person.page.click("隐私政策")
        await person.tap("page.close")
        await person.no_longer_sees("page.close")
        await person.page.click("隐私选择")
        await person.tap("give.push-delivery")
        await person.tap("prompt.accept")
        await person.waits_for("withdraw.push-delivery")
        await person.tap("page.close")
        await person.page.see("开场前会提醒您。")
        await person.page.click("开场前提醒我")  # agreed to already: only the system is asked
        await person.page.screenshot("host-imperative")
        await person.page.click("隐私选择")
        await person.tap("withdraw.push-delivery")
        await person.waits_for("give.push-delivery")
        await person.tap("page.close")
        await person.page.see("没有打开提醒，手记照常可用。")
    assert story(recorded(folder)) == [
        ("notice:base", "given"),
        ("purpose:push-delivery", "refused"),
        ("purpose:push-delivery", "given"),
        ("permission:notifications", "given"),
        ("purpose:push-delivery", "withdrawn"),
    ]


def verify(environment: Environment, folder: Path) -> None:
    """Hold a host's record against the words of the delivered packs."""
    told = run(environment.scripts / "mingshi", "verify", "data/consent.sqlite", cwd=folder)
    assert "Everything passed." in told.stdout
