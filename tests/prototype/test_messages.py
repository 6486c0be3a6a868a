"""Flet's log of what goes to the browser: what kind it is, and nothing that a person is shown."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack

import flet as ft
import pytest

from components.prototype.server import serve, web_app
from tests.browser.harness import browser, open_app

pytestmark = pytest.mark.anyio


class _Shown(ft.Text):
    written_out = 0

    def __repr__(self) -> str:
        type(self).written_out += 1
        return super().__repr__()


def _main(page: ft.Page) -> None:
    page.add(_Shown("明示"))


async def test_a_message_is_logged_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="flet_transport")
    async with AsyncExitStack() as stack:
        chromium = await stack.enter_async_context(browser())
        url = await stack.enter_async_context(serve(web_app(_main)))
        app = await stack.enter_async_context(open_app(await chromium.new_context(), url))
        await app.see("明示")
    sent = [it.getMessage() for it in caplog.records if "send_message" in it.getMessage()]
    assert "send_message: <PATCH_CONTROL>" in sent
    assert not any("明示" in it for it in sent)
    assert _Shown.written_out == 0
