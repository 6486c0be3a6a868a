"""The seam to Flet: what keeps a fault in one place, and what lets both kinds of host in.

Every name of Flet's that is not public is used here and nowhere else; ``tests/ui`` fails
when Flet changes one.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import flet as ft
from flet.components.component import Renderer
from flet.controls.context import _context_page

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Subscribe = Callable[[Callable[[], None]], Callable[[], None]]
"""Takes a listener, gives the function that ends the subscription."""

_NOT_SHOWN = (
    "这里没能显示出来，您的选择没有变。\nThis could not be shown. Your choices are as they were."
)


def kit_component(function: Callable[P, ft.Control]) -> Callable[P, ft.Control]:
    """Make a function a Flet component that a fault cannot take the whole session down with.

    Flet ends a session's updates when a component raises. Here the fault is logged and a sentence
    stands in its place, in both languages because the language may be what failed.
    """

    @functools.wraps(function)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> ft.Control:
        try:
            return function(*args, **kwargs)
        except Exception:
            logger.exception("%s could not be rendered", function.__name__)
            return ft.Text(_NOT_SHOWN, theme_style=ft.TextThemeStyle.BODY_MEDIUM)

    component: Callable[P, ft.Control] = ft.component(bounded)
    return component


def handler(
    act: Callable[..., Any], *args: Any, announce: Callable[[], None] | None = None
) -> Callable[[], Awaitable[None]]:
    """An event handler that calls ``act(*args)`` and survives its faults.

    Flet replaces the whole screen by an error when a handler raises. Here the fault is logged and
    ``announce`` is called, so that a person is told; nothing is granted by a handler that failed.
    """

    async def guarded() -> None:
        try:
            answer = act(*args)
            if inspect.isawaitable(answer):
                await answer
        except Exception:
            logger.exception("a handler failed")
            if announce is not None:
                announce()

    return guarded


def use_subscription(subscribe: Subscribe, listener: Callable[[], None]) -> None:
    """Have something called whenever a source says that it changed, while this component is there.

    Args:
        subscribe: Takes a listener, gives the function that ends the subscription.
        listener: Called at each change; that of the last rendering is.
    """
    # Lists, because what runs at the end, and what the source holds, was made in an earlier render.
    latest: list[Callable[[], None]] = ft.use_memo(lambda: [], [])
    latest[:] = [listener]
    ends: list[Callable[[], None]] = ft.use_memo(lambda: [], [])

    def start() -> None:
        ends.append(subscribe(lambda: latest[0]()))

    def stop() -> None:
        while ends:
            ends.pop()()

    ft.use_effect(start, [], cleanup=stop)


def use_changes(subscribe: Subscribe) -> None:
    """Render this component again whenever a source (see :func:`use_subscription`) changed."""
    _, set_tick = ft.use_state(0)
    use_subscription(subscribe, lambda: set_tick(lambda tick: tick + 1))


def use_part(subscribe: Subscribe, look: Callable[[], T]) -> T:
    """A part of what a source knows; this component is rendered again only when that part changes.

    Flet compares all of the component that is rendered, and sends what changed by its path from
    there. Where the rows of a long screen follow their own parts, that is a row.

    Args:
        subscribe: As in :func:`use_subscription`.
        look: Gives the part, which is compared with ``==``.
    """
    _, set_tick = ft.use_state(0)
    part = look()

    def changed() -> None:
        if look() != part:
            set_tick(lambda tick: tick + 1)

    use_subscription(subscribe, changed)
    # It may have changed before the subscription began.
    ft.use_effect(changed, [])
    return part


@ft.control("Column", isolated=True)  # type: ignore[arg-type]  # typed for functions only
class _Island(ft.Column):
    """Holds a component inside a host that updates its own page; the host leaves it alone."""

    def did_mount(self) -> None:
        super().did_mount()  # type: ignore[no-untyped-call]  # Flet leaves it untyped
        self.page.session.start_updates_scheduler()

    def update(self) -> None:
        """The component's own scheduler updates what is inside."""


def embed(component: Callable[P, ft.Control], *args: P.args, **kwargs: P.kwargs) -> ft.Control:
    """A component as an ordinary control, for hosts that build their page imperatively.

    ``page.add(embed(LiveCentre, kit, on_close=close))``. Works in ``page.add``, in
    views, and in the content of dialogs and sheets.
    """
    rendered = Renderer().render(component, *args, **kwargs)
    return _Island([rendered], tight=True, expand=True)


@contextmanager
def on_page(page: ft.Page) -> Iterator[None]:
    """Run what changes a page's components, whoever sets it off.

    Flet finds the page to update in the running task's context. A change that comes from another
    session, a timer or a test has none, or the wrong one.
    """
    before = _context_page.set(page)  # type: ignore[arg-type]  # Flet types it by its default
    try:
        yield
    finally:
        _context_page.reset(before)


def session_has_ended(error: Exception) -> bool:
    """Whether a call of the client failed only because the session was closed meanwhile.

    Flet answers whatever is still asked of a window that closes with an error of no class of its
    own.
    """
    return isinstance(error, RuntimeError) and str(error) in _ENDED


_ENDED = ("Session closed", "An attempt to fetch destroyed session.")


def follow_events(page: ft.Page, heard: Callable[[ft.BaseControl, str], None]) -> None:
    """Call ``heard`` with the control and the name of everything that a person does on a page.

    It comes before what the control itself makes of it. What it raises is logged, and disturbs
    nothing.
    """
    session = page.session
    dispatch = session.dispatch_event

    async def dispatched(control_id: int, event_name: str, event_data: Any) -> None:
        control = session.index.get(control_id)
        if control is not None:
            try:
                heard(control, event_name)
            except Exception:
                logger.exception("who looks on could not take %s", event_name)
        await dispatch(control_id, event_name, event_data)

    session.dispatch_event = dispatched  # type: ignore[method-assign]  # the one place to hear all


def after_dialog() -> None:
    """Let the handler that opened a dialog still update its page automatically.

    ``show_dialog`` tells Flet that the running handler has updated by itself; an imperative host
    that changes a control after ``await kit.ask(...)`` would then never see the change.
    """
    ft.context.reset_update_called()


PageMain = Callable[[ft.Page], Awaitable[None]]
"""An app: a function to call with each new page."""


@asynccontextmanager
async def app_at_socket(
    path: Path, main: PageMain, before_main: Callable[[ft.Page], None]
) -> AsyncIterator[str]:
    """Serve an app at a socket in a file, to a ``FletApp`` of this program's own client.

    One client at a time; whoever comes gets a new page, and the page before is closed.

    Args:
        path: The socket's file. A system takes about a hundred bytes for its whole name.
        main: The app.
        before_main: Called before the first frame.

    Yields:
        The address for ``FletApp``.
    """
    # Imported here: only a study on a phone has two pages in one client.
    from concurrent.futures import ThreadPoolExecutor

    from flet.messaging.flet_socket_server import FletSocketServer

    server = FletSocketServer(
        loop=asyncio.get_running_loop(),
        uds_path=str(path),
        on_session_created=_begun(main),
        before_main=before_main,
        executor=ThreadPoolExecutor(max_workers=2),
    )
    await server.start()
    try:
        yield str(server.page_url)
    finally:
        await server.close()


def name_messages_only() -> None:
    """Let Flet's log name a message by its kind alone, in the whole process.

    Flet writes each message out for that log before it knows whether anybody keeps it, which takes
    a quarter of the time of an update. Besides, a log is no place for what somebody has chosen.
    """
    from flet.messaging.protocol import Message

    def named(message: Message) -> str:
        return f"<{message.action.name}>"

    # Flet asks nobody else how to write a message, and mypy lets no class be changed so.
    Message.__repr__ = named  # type: ignore[method-assign, assignment]


async def app_in_same_worker(main: PageMain, before_main: Callable[[ft.Page], None]) -> None:
    """Serve an app to a ``FletApp`` where Python runs in the browser, from the same Python.

    The page's scripts bring the messages of the second page; see ``static_site/second_page.py``.
    """
    import flet_js  # type: ignore[import-not-found]  # of the browser's own runtime
    from flet.messaging.pyodide_connection import PyodideConnection

    # A connection takes the one place that there is for messages; the first one gets it back.
    first, start = flet_js.send, flet_js.start_connection
    connection = PyodideConnection(_begun(main), before_main)
    await connection.connect(flet_js.second_callback)
    flet_js.send_second = connection.send_from_js
    flet_js.send, flet_js.start_connection = first, start


def _begun(main: PageMain) -> Callable[[Any], Awaitable[None]]:
    """What Flet does with an app when a session of it begins."""

    async def begun(session: Any) -> None:
        _context_page.set(session.page)
        ft.context.reset_auto_update()
        try:
            await main(session.page)
            await session.after_event(session.page)
        except Exception as error:
            logger.exception("the app did not start")
            session.error(str(error))

    return begun


@asynccontextmanager
async def unseen_page(
    properties: Mapping[str, Any], device_info: Mapping[str, Any]
) -> AsyncIterator[UnseenPage]:
    """A page that nobody looks at: for demos that are played with nobody watching.

    What a client does, without a screen: it takes every message of the app, as bytes, so that what
    was sent is from then on what it knows; answers what the app asks of the device; and tells when
    a dialog is gone.

    Args:
        properties: What a client says about itself when it registers: size, platform, route.
        device_info: What it answers to ``page.get_device_info()``.
    """
    # Imported here: an app that is looked at has no use for it.
    from concurrent.futures import ThreadPoolExecutor

    import msgpack
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

    encode = configure_encode_object_for_msgpack(ft.BaseControl)
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Future[Any]] = set()
    shown: set[int] = set()

    class Client(Connection):
        def send_message(self, message: Message) -> None:
            raw = msgpack.packb([message.action, message.body], default=encode)
            number, body = msgpack.unpackb(
                raw, ext_hook=decode_ext_from_msgpack, strict_map_key=False
            )
            action = MessageAction(number)
            if action is MessageAction.INVOKE_METHOD:
                self.later(self.answer(body))
            elif action is MessageAction.SESSION_CRASHED:
                unseen.crash = body["message"]
            self.later(self.tell_what_closed())

        def later(self, work: Awaitable[None]) -> None:
            def start() -> None:
                task = asyncio.ensure_future(work)
                tasks.add(task)
                task.add_done_callback(tasks.discard)

            loop.call_soon_threadsafe(start)

        async def answer(self, body: dict[str, Any]) -> None:
            number = body["control_id"]
            result = dict(device_info) if body["name"] == "get_device_info" else None
            if number in session.index:
                session.handle_invoke_method_results(number, body["call_id"], result, None)

        async def tell_what_closed(self) -> None:
            for number, control in list(session.index.items()):
                if not isinstance(control, ft.DialogControl):
                    continue
                if control.open:
                    shown.add(number)
                elif number in shown:
                    shown.discard(number)
                    await asyncio.create_task(session.dispatch_event(number, "dismiss", None))

    with ThreadPoolExecutor(max_workers=1) as executor:
        client = Client()  # type: ignore[no-untyped-call]
        client.loop, client.executor = loop, executor
        client.pubsubhub = PubSubHub(loop=loop, executor=executor)
        client.page_url = "http://localhost"
        session = Session(client)
        session.apply_page_patch(dict(properties))

        def register() -> None:
            body = RegisterClientResponseBody(session.id, session.get_page_patch(), "")
            client.send_message(Message(MessageAction.REGISTER_CLIENT, body))

        unseen = UnseenPage(session.page, register, session.after_event)
        try:
            yield unseen
            session.close()
            # Closing tells the app by an event, which runs in a task of its own.
            await asyncio.sleep(0)
        finally:
            for task in tuple(tasks):
                task.cancel()


@dataclass
class UnseenPage:
    """A page that nobody looks at.

    Attributes:
        page: The page.
        register: Sends the client what the page holds so far; what comes later is sent as it comes.
        after_event: To be awaited after the app's main function.
        crash: Why the app was replaced by an error screen; empty if it was not.
    """

    page: ft.Page
    register: Callable[[], None]
    after_event: Callable[[ft.Page], Awaitable[None]]
    crash: str = ""
