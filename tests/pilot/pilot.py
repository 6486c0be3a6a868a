"""A person at a device, without a device: taps, types, turns the phone, and looks."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import inspect
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import flet as ft
from flet.controls.context import _context_page, context
from flet.controls.exceptions import FletPageDisconnectedException
from flet.messaging.protocol import Message, MessageAction, RegisterClientResponseBody
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

from .connection import Frame, Invocation, PilotConnection
from .device import Answer, Device, device_info
from .gestures import Gestures
from .lints import HookOrder, scheduler_problem
from .problems import PilotProblems, Problem, ProblemKind
from .shadow import ShadowTree
from .stillness import LoopWatch, NeverStill

Result = TypeVar("Result")
Main = Callable[[ft.Page], Awaitable[None] | None]
"""An app's `main` or `before_main`."""
Platform = Literal["android", "ios", "linux", "macos", "windows"]

_NO_PADDING = {"left": 0.0, "top": 0.0, "right": 0.0, "bottom": 0.0}


@dataclass
class Traffic:
    """What the app sent while a `with pilot.traffic()` block ran."""

    frames: list[Frame] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return sum(frame.size for frame in self.frames)


class Pilot(Gestures):
    """One session of an app, seen and used from the client's side; made by `running`."""

    def __init__(
        self,
        device: Device,
        *,
        platform: Platform,
        web: bool,
        locales: list[str],
        limit: float,
        beside: Pilot | None,
    ) -> None:
        self.device = device
        self.platform = platform
        self.web = web
        self.locales = locales
        self.frames: list[Frame] = []
        """Every message of the app, over all connections of this session."""
        self.invocations: list[Invocation] = []
        """Every call of a client method by the app."""
        self.problems: list[Problem] = []
        """What will fail the test when the pilot ends."""
        self.opened_urls: list[str] = []
        """Addresses that the client opened by itself, from links and client actions."""
        self._limit = limit
        self._watch = LoopWatch.join()
        self._executor: ThreadPoolExecutor = (
            beside._executor if beside else ThreadPoolExecutor(max_workers=2)
        )
        self._owns_executor = beside is None
        self._froze = False
        self._hub: PubSubHub = (
            beside._hub
            if beside
            else PubSubHub(loop=asyncio.get_running_loop(), executor=self._executor)
        )
        self._hooks = HookOrder()
        self._sizes: dict[int, tuple[float, float]] = {}
        self._online = True
        self.connection = self._connect()
        self.session = Session(self.connection)
        self.connection.session = self.session

    # The app's own side

    @property
    def app_page(self) -> ft.Page:
        """The app's page object, to look at what the server side believes."""
        page: ft.Page = self.session.page
        return page

    async def call(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Run a function as an event handler of the app would run, and return its result.

        It may be a coroutine function. For one that waits for the person, use `start`.
        """
        task = self.start(work, *arguments)
        await self.until(task.done, within=self._limit)
        return await task

    def start(self, work: Callable[..., Any], *arguments: Any) -> asyncio.Task[Any]:
        """Like `call`, without waiting: the task's result is the function's."""

        async def handler() -> Any:
            _context_page.set(self.session.page)
            context.reset_auto_update()
            result = work(*arguments)
            if inspect.isawaitable(result):
                result = await result
            await self.session.after_event(self.session.page)
            return result

        return asyncio.get_running_loop().create_task(handler())

    # Waiting

    async def settle(self, horizon: float = 0.05) -> None:
        """Wait until the app is at rest; timers due within `horizon` seconds are waited for.

        Raises:
            NeverStill: the app was busy for the whole time limit of this pilot.
        """
        await self._watch.still(limit=self._limit, horizon=horizon)
        while self._online and self._measure():
            await self._watch.still(limit=self._limit, horizon=horizon)
        self.problems += self._hooks.check(self.session)

    async def until(self, condition: Callable[[], object], within: float = 60.0) -> None:
        """Wait for something that a clock or a socket brings about.

        Raises:
            TimeoutError: the condition was still false after `within` seconds.
        """
        deadline = time.monotonic() + within
        await self.settle()
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"not true within {within:g} s; on the screen: {self.texts()};"
                    f" problems so far: {[str(problem) for problem in self.problems]}"
                )
            await asyncio.sleep(0.005)
            await self.settle()

    # The wire

    @contextlib.contextmanager
    def traffic(self) -> Iterator[Traffic]:
        """Record what the app sends while the block runs."""
        start, record = len(self.frames), Traffic()
        try:
            yield record
        finally:
            record.frames += self.frames[start:]

    @property
    def crashes(self) -> list[str]:
        """Messages with which the app was replaced by an error screen."""
        return [problem.message for problem in self.problems if problem.kind == "crash"]

    def calls(self, control: str, method: str) -> list[Invocation]:
        """The app's calls of one client method, such as `PermissionHandler` `request`."""
        return [
            call for call in self.invocations if (call.control, call.method) == (control, method)
        ]

    def take_problems(self, *kinds: ProblemKind) -> list[Problem]:
        """Take out the problems that a test expects (all kinds, if none is named)."""
        self.problems += self._watch.take_problems()
        taken = [problem for problem in self.problems if not kinds or problem.kind in kinds]
        self.problems[:] = [problem for problem in self.problems if problem not in taken]
        return taken

    async def disconnect(self) -> None:
        """Lose the network: what the app renders from now on does not arrive."""
        self._online = False
        self.connection.cancel()
        await asyncio.create_task(self.session.disconnect(session_timeout_seconds=3600))
        await self.settle()

    async def reconnect(self) -> None:
        """Come back to the same session (losing the network first, if need be)."""
        if self._online:
            await self.disconnect()
        self.connection = self._connect()
        self.connection.session = self.session
        self._sizes.clear()
        self._register(self.session.page)
        self._online = True

        async def attach() -> None:
            self.session.attach_connection(self.connection)
            await self.session.dispatch_connect_event()

        self.connection.run(attach())
        await self.settle()

    # Start and end, for `running`

    async def begin(self, main: Main, before_main: Main | None, page: dict[str, Any]) -> None:
        """Register with the app, as a client that has just been opened."""
        # What is there already is none of this session's: looking through it at the end, for what
        # can be thrown away, would take longer than most tests do.
        self._froze = gc.get_freeze_count() == 0
        if self._froze:
            gc.freeze()
        self.session.apply_page_patch(page)

        async def register() -> None:
            _context_page.set(self.session.page)
            if before_main is not None:
                await _maybe(before_main(self.session.page))
            self._register(self.session.get_page_patch())

        # In a task of its own, so that Flet's context does not leak into the test.
        await asyncio.create_task(register())
        self.connection.run(self._main(main))
        await self.settle()

    async def end(self) -> None:
        """Close the session and report everything that went wrong.

        Raises:
            PilotProblems: something did.
        """
        try:
            await self._end()
        finally:
            self.connection.cancel()
            if self._owns_executor:
                self._executor.shutdown(wait=False)
        # Failed tasks tell so only when they are thrown away.
        gc.collect()
        if self._froze:
            gc.unfreeze()
        self.problems += self._watch.take_problems()
        self._watch.leave()
        if self.problems:
            raise PilotProblems(dict.fromkeys(self.problems))

    async def _end(self) -> None:
        try:
            await self.settle()
            if problem := scheduler_problem(self.session):
                self.problems.append(problem)
            self.session.close()
            await self._watch.still(limit=self._limit, horizon=0.0)
        except NeverStill as error:
            self.problems.append(Problem("restless", str(error)))

    # Details

    async def _main(self, main: Main) -> None:
        page = self.session.page
        _context_page.set(page)
        context.reset_auto_update()
        try:
            await _maybe(main(page))
            await self.session.after_event(page)
        except FletPageDisconnectedException:
            pass
        except Exception:
            # As the server does, with the traceback that a test wants to see.
            self.session.error(traceback.format_exc())

    def _connect(self) -> PilotConnection:
        connection = PilotConnection(self._hub, self._executor, self._answer, self.problems.append)
        connection.frames = self.frames
        connection.invocations = self.invocations
        self.tree: ShadowTree = connection.tree
        return connection

    def _register(self, page: Any) -> None:
        body = RegisterClientResponseBody(session_id=self.session.id, page_patch=page, error="")
        self.connection.send_message(Message(MessageAction.REGISTER_CLIENT, body))

    def _answer(self, call: Invocation) -> Any:
        custom = {f"{call.control}.{call.method}", call.method} & self.device.methods.keys()
        if not custom and call.control == "Page":
            if call.method == "get_device_info":
                return device_info(self.platform, web=self.web, locales=self.locales)
            if call.method == "push_route":
                return self._push_route(call.arguments["route"])
        return self.device.answer(call.control, call.method, call.arguments)

    async def _push_route(self, route: str) -> None:
        self._set(self.page, route=route)
        if self.page.get("on_route_change"):
            await asyncio.create_task(
                self.session.dispatch_event(self.page.id, "route_change", {"route": route})
            )

    def _measure(self) -> bool:
        """Tell size listeners how large they are: as large as the page, or as they ask to be."""
        told = False
        for node in self.walk():
            if node.get("on_size_change"):
                size = (
                    float(node.get("width") or self.page["width"]),
                    float(node.get("height") or self.page["height"]),
                )
                if self._sizes.get(node.id) != size:
                    self._sizes[node.id] = size
                    data = {"w": size[0], "h": size[1]}
                    self.connection.run(self.session.dispatch_event(node.id, "size_change", data))
                    told = True
        return told


async def _maybe(result: Awaitable[None] | None) -> None:
    if inspect.isawaitable(result):
        await result


@contextlib.asynccontextmanager
async def running(
    main: Main,
    *,
    before_main: Main | None = None,
    methods: dict[str, Answer] | None = None,
    device: Device | None = None,
    platform: Platform = "android",
    web: bool = False,
    width: float = 412.0,
    height: float = 892.0,
    locale: str = "zh-Hans-CN",
    brightness: Literal["light", "dark"] = "light",
    route: str = "/",
    beside: Pilot | None = None,
    limit: float = 30.0,
) -> AsyncIterator[Pilot]:
    """Run a Flet app headless and hand over the person who uses it.

    Args:
        main: the app; it may still be waiting for the person when this returns.
        before_main: as for `flet.run`.
        methods: answers to client methods, by `Type.method` or `method`; see `Device.methods`.
        device: what outlives the app; the same device again means the app is opened again.
        platform: what the app runs on (in a browser: what the browser runs on).
        web: whether the app runs in a browser.
        width: of the window, in logical pixels.
        height: of the window, in logical pixels.
        locale: the system's language, as a language tag.
        brightness: the system's theme.
        route: the address with which the app is opened.
        beside: another pilot of the same app: both then share publish and subscribe, as two
            browser tabs do. Give both the same device for the same stored preferences.
        limit: seconds after which an app that does not come to rest fails the test.

    Raises:
        PilotProblems: at the end, if the app did anything that a person would suffer from.
            If the test has failed already, the problems are added to its error as a note.
    """
    device = device or Device()
    device.methods.update(methods or {})
    pilot = Pilot(device, platform=platform, web=web, locales=[locale], limit=limit, beside=beside)
    page = {
        "route": route,
        "web": web,
        "pwa": False,
        "debug": False,
        "wasm": False,
        "pyodide": False,
        "platform": platform,
        "platform_brightness": brightness,
        "width": float(width),
        "height": float(height),
        "media": {
            "padding": _NO_PADDING,
            "view_padding": _NO_PADDING,
            "view_insets": _NO_PADDING,
            "device_pixel_ratio": 2.0,
            "orientation": "portrait" if height >= width else "landscape",
        },
    }
    try:
        await pilot.begin(main, before_main, page)
        yield pilot
    except BaseException as error:
        try:
            await pilot.end()
        except PilotProblems as problems:
            error.add_note(f"Meanwhile, the pilot noticed:\n{problems}")
        raise
    await pilot.end()
