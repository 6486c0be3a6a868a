"""The whole main job through the semantics tree alone: what is heard, and pressed by its name.

Nothing here knows an identifier or a place on the screen: only roles, names, and announcements.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from .harness import AppPage, Role
from .heard import Heard
from .layout import layout
from .person import assert_provable, demo, story

pytestmark = pytest.mark.anyio

NUMBER = "13800138000"


class Listener:
    """Somebody with a screen reader: finds by role and name, and is told what is new.

    Args:
        app: The page that is read out.
    """

    def __init__(self, app: AppPage) -> None:
        self._app = app
        self.heard = Heard(app.page)

    async def press(self, name: str | re.Pattern[str], role: Role = "button") -> None:
        """Press what has this role and name, once it is there."""
        exact = isinstance(name, str)
        found = self._app.page.get_by_role(role, name=name, exact=exact)
        await found.first.dispatch_event("click")

    async def press_below(self, heading: str, name: re.Pattern[str]) -> None:
        """Go to a heading, on to the next button of this name, and press that."""
        found = self._app.page.get_by_role("heading", name=heading, exact=True).first
        below = found.locator("xpath=following::*[@role='button']").filter(has_text=name)
        await below.first.dispatch_event("click")

    async def reads_on_to(self, name: str) -> None:
        """Read on until a button is met; a list has in the tree only what is near the screen."""
        wanted = self._app.page.get_by_role("button", name=name, exact=True)
        while not await wanted.count():
            await self._app.page.evaluate(_READ_ON)
            await layout(self._app.page)

    async def finds_heading(self, name: str, level: int) -> None:
        """Wait for a heading, as somebody does who goes from heading to heading."""
        found = self._app.page.get_by_role("heading", name=name, level=level, exact=True)
        await found.first.wait_for(state="attached")

    async def no_longer_finds(self, name: str, role: Role = "button") -> None:
        """Wait until nothing has this role and name."""
        found = self._app.page.get_by_role(role, name=name, exact=True)
        await found.first.wait_for(state="detached")


# As a screen reader does: the last list is the one in front.
_READ_ON = """\
() => {
  const lists = [...document.querySelectorAll('flt-semantics')]
    .filter((it) => getComputedStyle(it).overflowY === 'scroll');
  const list = lists[lists.length - 1];
  list.scrollTop += list.clientHeight / 2;
}"""


@pytest.mark.timeout(600)
async def test_the_main_job(chromium: Browser, tmp_path: Path) -> None:
    async with demo(chromium, tmp_path) as running:
        app = (await running.visit()).page
        it = Listener(app)
        heard = it.heard
        await heard.listen()

        await it.finds_heading("欢迎使用E票电影", 1)
        kit = running.kits[0]
        await it.press("阅读完整的隐私政策")
        await it.finds_heading("E票电影隐私政策", 1)
        await it.press("关闭")
        await it.no_longer_finds("目录")
        await it.press("同意")
        await it.finds_heading("正在热映", 1)

        await it.press("影院", "tab")
        await it.finds_heading("影院", 1)
        await it.finds_heading("北京的影院", 2)
        await it.press("定位")
        await it.finds_heading("用您的位置查看附近影院？", 2)
        await it.press("暂不使用位置")
        await heard.waits_for("没有使用您的位置。请在下面选城市。")
        assert not kit.permits("nearby-cinema")
        await it.press("定位")
        await it.press("同意使用位置")
        # The system's own dialog: announced as one by its role.
        await app.page.get_by_role("alertdialog").first.wait_for(state="attached")
        await heard.forget()
        await it.press("允许")
        await it.finds_heading("由近到远", 2)
        await heard.waits_for("由近到远")
        assert kit.permits("nearby-cinema")

        await it.press("影片", "tab")
        await it.press(re.compile("^一壶春茶"))
        await it.finds_heading("放映时间", 2)
        await it.press(re.compile(r"\d\d:\d\d"))
        await it.finds_heading("选座", 1)
        await it.press(re.compile(r"^1排\d座，可选$"))
        await heard.waits_for("座，共")
        await it.press("去下单")
        await it.finds_heading("确认订单", 1)
        # Refused in words, heard where they are needed; then mended.
        await it.press(re.compile("^下单，"))
        await heard.waits_for("请填写手机号")
        await app.fill("手机号", NUMBER)
        await it.press(re.compile("^下单，"))
        await it.finds_heading("电子影票", 1)
        await app.see("8000")
        await heard.waits_for("下单成功，已保存在这台设备上。")

        await it.press("返回")
        await it.finds_heading("我的订单", 1)
        await it.press("返回")
        await it.press("我的", "tab")
        await it.finds_heading("隐私", 2)
        await it.press("隐私选择")
        await it.finds_heading("附近影院", 3)
        await heard.forget()
        await it.press_below("附近影院", re.compile("^撤回"))
        await heard.waits_for("已撤回，从现在起生效，没有网络也一样。")
        assert not kit.permits("nearby-cinema")
        await it.reads_on_to("选择的历史")
        await it.press("选择的历史")
        await it.finds_heading("选择的历史", 1)
        await it.finds_heading("附近影院：已撤回", 3)
        await it.press("关闭")
        await it.no_longer_finds("选择的历史", "heading")

        events = await running.has_received(5)
        assert story(events) == [
            ("notice:base", "given"),
            ("purpose:nearby-cinema", "refused"),
            ("purpose:nearby-cinema", "given"),
            ("permission:location", "given"),
            ("purpose:nearby-cinema", "withdrawn"),
        ]
        assert_provable(events, running.pack)
