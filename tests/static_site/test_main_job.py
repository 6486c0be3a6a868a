"""The main job with nothing behind it but files, and no other host to be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, Route

from components.endpoint import EmbeddedEndpoint, Settings
from components.prototype.static_site.site import build_site
from tests.browser.harness import PHONE, AppPage, open_app
from tests.browser.person import Person, stored, story, until

from .serving import serving

pytestmark = pytest.mark.anyio

_START_MS = 120_000
CINEMAS, ME = "影院", "我的"
_CALL_ELSEWHERE = """() => new Promise((resolve) => {
  self.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
  const notThePolicy = () => setTimeout(resolve, 2000, "another reason");
  fetch("https://elsewhere.example/").then(() => resolve("none"), notThePolicy);
})"""
GIVEN = [
    ("notice:base", "refused"),
    ("notice:base", "given"),
    ("purpose:nearby-cinema", "given"),
    ("permission:location", "given"),
]


@asynccontextmanager
async def shut_in(chromium: Browser, *urls: str) -> AsyncIterator[BrowserContext]:
    """A new visitor's browser, which reaches these addresses and nothing else."""
    hosts = {urlsplit(url).netloc for url in urls}

    async def bar(route: Route) -> None:
        if urlsplit(route.request.url).netloc in hosts:
            await route.continue_()
        else:
            await route.abort("addressunreachable")

    context = await chromium.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")
    await context.route(lambda url: url.startswith("http"), bar)
    try:
        yield context
    finally:
        await context.close()


@asynccontextmanager
async def visit(
    context: BrowserContext, url: str, others: Collection[str] = ()
) -> AsyncIterator[Person]:
    """Open the site. Python takes its time to start, on a busy machine a long time."""
    async with open_app(context, url, others, wait_ms=_START_MS) as page:
        try:
            yield Person(page)
        except BaseException as error:
            error.add_note("The console:\n" + "\n".join(page.console))
            raise


async def test_the_main_job_without_a_server(chromium: Browser, site: Path, tmp_path: Path) -> None:
    database = tmp_path / "endpoint.sqlite"
    with serving(site) as served:
        settings = Settings(f"sqlite:///{database}", allowed_origins=(served.url,))
        async with (
            EmbeddedEndpoint(settings) as endpoint,
            shut_in(chromium, served.url, endpoint.url) as context,
        ):
            async with visit(context, served.url) as person:
                await decides(person)
                await calls_nobody_else(person.page)
                async with visit(context, served.url) as second:
                    await saves_nothing(second)
            # The same visitor comes back when the site has learned where the endpoint is.
            served.folder = tmp_path / "site"
            build_site(served.folder, endpoint=endpoint.url)
            async with visit(context, served.url, [endpoint.url]) as person:
                await finds_the_choices_and_withdraws(person, context)
                await until(lambda: len(stored(database)) == 5, "what was chosen without network")
                await person.page.see("您的选择都已保存在这台设备上，服务端也已收到。")
        events = stored(database)
        assert story(events) == [*GIVEN, ("purpose:nearby-cinema", "withdrawn")]
        assert len({event.subject for event in events}) == 1
        assert [event.sequence for event in events] == [1, 2, 3, 4, 5]


async def decides(person: Person) -> None:
    """Look at the policy, refuse, agree after all, and use the location."""
    await person.tap("first-notice.policy")
    await person.waits_for("page.close")
    await person.page.see("我们收集哪些信息")
    await person.page.screenshot("static-policy-zh")
    await person.tap("page.close")
    await person.tap("first-notice.refuse")
    await person.waits_for("home.notice")
    await person.page.see("灯塔以北")
    await person.tap("home.notice")
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")
    await person.go(CINEMAS)
    await person.tap("city.locate")
    await person.tap("prompt.accept")
    await person.tap("system.allow")
    await person.page.see("由近到远")
    await person.page.screenshot("static-nearby-zh")
    await person.go(ME)
    await person.page.see("您的选择只保存在这台设备上。")
    await person.tap("me.centre")
    await person.waits_for("withdraw.nearby-cinema")
    for _ in range(20):  # a list builds what is on the screen and no more
        if await person.sees("centre.sending"):
            break
        await person.page.wheel(600)
    await person.tap("centre.sending")
    await person.waits_for("sending.state")
    await person.page.see("本应用不把记录发到任何地方。")
    await person.page.screenshot("static-sending-zh")


async def calls_nobody_else(page: AppPage) -> None:
    """Python's own worker is held by the page's policy, before anything is asked of a network."""
    [worker] = [it for it in page.page.workers if await it.evaluate("'mingshiEarly' in self")]
    known = list(page.problems)
    assert await worker.evaluate(_CALL_ELSEWHERE) == "connect-src"
    # The browser says in its console what it did not do; it was asked for.
    assert all("elsewhere.example" in it for it in page.problems if it not in known)
    page.problems[:] = known


async def saves_nothing(person: Person) -> None:
    """In a second window, which may not write what the first one holds."""
    await person.page.see("您的记录由那个窗口保管")
    await person.page.screenshot("static-second-window-zh")
    await person.tap("not-kept.continue")
    await person.tap("first-notice.accept")
    await person.page.see("没能保存到这台设备上，一切照旧。")
    await person.page.screenshot("static-not-saved-zh")


async def finds_the_choices_and_withdraws(person: Person, context: BrowserContext) -> None:
    """After a reload, and then with the network gone and back."""
    await person.page.see("正在热映")
    assert not await person.sees("first-notice.accept")
    await person.go(ME)
    await person.page.see("您的选择都已保存在这台设备上，服务端也已收到。")
    await context.set_offline(True)
    await person.tap("me.centre")
    await person.tap("withdraw.nearby-cinema")
    await person.waits_for("give.nearby-cinema")
    await person.page.screenshot("static-centre-zh")
    await person.tap("page.close")
    await person.page.see("1项选择已保存在这台设备上，还没有发送。")
    await context.set_offline(False)
