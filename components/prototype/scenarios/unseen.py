"""A page that nobody looks at: the client's end of the wire, without a screen.

It takes every message of the app, answers what the app asks of the device, and tells it when a
dialog is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import flet as ft
import msgpack  # type: ignore[import-untyped]
from flet.messaging.connection import Connection
from flet.messaging.protocol import (
    Message,
    MessageAction,
    RegisterClientResponseBody,
    configure_encode_object_for_msgpack,
    decode_ext_from_msgpack,
)
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

from ...surface.runtime import on_page

_encode = configure_encode_object_for_msgpack(ft.BaseControl)
_PHONE = (390.0, 844.0)


class UnseenClient(Connection):
    """A client without a screen."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop = asyncio.get_running_loop()
        self.executor = executor
        self.pubsubhub = PubSubHub(loop=self.loop, executor=executor)
        self.page_url = "http://localhost"
        self.session: Session | None = None
        self.crash = ""
        """Why the app was replaced by an error screen; empty if it was not."""
        self._open: set[int] = set()
        self._tasks: set[asyncio.Task[Any]] = set()

    def send_message(self, message: Message) -> None:
        """Take one message, as bytes: what was sent is from then on what the client knows."""
        raw = msgpack.packb([message.action, message.body], default=_encode)
        number, body = msgpack.unpackb(raw, ext_hook=decode_ext_from_msgpack, strict_map_key=False)
        match MessageAction(number):
            case MessageAction.INVOKE_METHOD:
                self._later(self._answer(body))
            case MessageAction.SESSION_CRASHED:
                self.crash = body["message"]
            case _:
                pass
        self._later(self._tell_what_closed())

    def run(self, work: Awaitable[Any]) -> None:
        """Do something on the client's side."""
        self._later(work)

    def end(self) -> None:
        """Give up what is under way."""
        for task in tuple(self._tasks):
            task.cancel()

    def _later(self, work: Awaitable[Any]) -> None:
        def start() -> None:
            task = asyncio.ensure_future(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self.loop.call_soon_threadsafe(start)

    async def _answer(self, body: dict[str, Any]) -> None:
        if self.session is None or body["control_id"] not in self.session.index:
            return
        answer: Any = None
        if body["name"] == "get_device_info":
            answer = _device_info()
        self.session.handle_invoke_method_results(body["control_id"], body["call_id"], answer, None)

    async def _tell_what_closed(self) -> None:
        if self.session is None:
            return
        for number, control in list(self.session.index.items()):
            if not isinstance(control, ft.DialogControl):
                continue
            if control.open:
                self._open.add(number)
            elif number in self._open:
                self._open.discard(number)
                await asyncio.create_task(self.session.dispatch_event(number, "dismiss", None))


@asynccontextmanager
async def unseen_page(
    main: Callable[[ft.Page], Awaitable[None]],
    before_main: Callable[[ft.Page], None],
) -> AsyncIterator[ft.Page]:
    """Run a Flet app on a phone that nobody looks at; gives its page.

    Raises:
        RuntimeError: The app was replaced by an error screen; says why.
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        client = UnseenClient(executor)
        session = Session(client)
        client.session = session
        page: ft.Page = session.page
        width, height = _PHONE
        session.apply_page_patch(
            {
                "route": "/",
                "web": True,
                "platform": "android",
                "platform_brightness": "light",
                "width": width,
                "height": height,
            }
        )

        async def register() -> None:
            before_main(page)
            body = RegisterClientResponseBody(session.id, session.get_page_patch(), "")
            client.send_message(Message(MessageAction.REGISTER_CLIENT, body))

        try:
            await asyncio.create_task(register())
            await asyncio.create_task(_call(session, main))
            yield page
            session.close()
            await asyncio.sleep(0)
        finally:
            client.end()
        if client.crash:
            raise RuntimeError(client.crash)


async def _call(session: Session, main: Callable[[ft.Page], Awaitable[None]]) -> None:
    with on_page(session.page):
        await main(session.page)
        await session.after_event(session.page)


def _device_info() -> dict[str, Any]:
    language = {"language_code": "zh", "script_code": "Hans", "country_code": "CN"}
    return {"browser_name": "chrome", "locales": [language]}
