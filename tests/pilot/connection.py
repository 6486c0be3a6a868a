"""The client's end of the wire: real frames in, a shadow tree and answers out."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import msgpack
from flet.controls.base_control import BaseControl
from flet.messaging.connection import Connection
from flet.messaging.protocol import (
    Message,
    MessageAction,
    configure_encode_object_for_msgpack,
    decode_ext_from_msgpack,
)
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

from .lints import scalar_control_problem
from .problems import Problem
from .shadow import Node, PatchError, ShadowTree, UnknownControl, holds_control

_encode = configure_encode_object_for_msgpack(BaseControl)


@dataclass(frozen=True)
class Frame:
    """One message from the app to the client."""

    action: MessageAction
    body: Any
    size: int
    """Bytes on the wire."""


@dataclass(frozen=True)
class Invocation:
    """One call of a client method by the app."""

    control: str
    """Type of the control or service, such as `SharedPreferences`."""
    method: str
    arguments: dict[str, Any]


class PilotConnection(Connection):
    """Encodes what the app sends as production does, and keeps what the client would hold.

    `answer` is asked for the result of each client method; `report` gets every problem.
    """

    def __init__(
        self,
        hub: PubSubHub,
        executor: ThreadPoolExecutor,
        answer: Callable[[Invocation], Any],
        report: Callable[[Problem], None],
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop = asyncio.get_running_loop()
        self.executor = executor
        self.pubsubhub = hub
        self.page_url = "http://localhost"
        self.page_name = ""
        self.tree = ShadowTree(self._check_set)
        self.frames: list[Frame] = []
        self.invocations: list[Invocation] = []
        self.session: Session | None = None
        self._answer = answer
        self._report = report
        self._shown_dialogs: set[int] = set()
        self._tasks: set[asyncio.Task[Any]] = set()

    def send_message(self, message: Message) -> None:
        """Take one message of the app, as bytes, and act on it as the client would."""
        raw = msgpack.packb([message.action, message.body], default=self._encode)
        number, body = msgpack.unpackb(raw, ext_hook=decode_ext_from_msgpack, strict_map_key=False)
        action = MessageAction(number)
        # One byte in front tells messages from data channels.
        self.frames.append(Frame(action, body, len(raw) + 1))
        match action:
            case MessageAction.REGISTER_CLIENT:
                self.tree.reset(body["page_patch"])
            case MessageAction.PATCH_CONTROL:
                self._patch(body["id"], body["patch"])
            case MessageAction.INVOKE_METHOD:
                self.run(self._invoke(body))
            case MessageAction.SESSION_CRASHED:
                self._report(Problem("crash", body["message"]))
        self._notice_closed_dialogs()

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something on the client's side, whichever thread asks for it."""
        self.loop.call_soon_threadsafe(self._start, work)

    def cancel(self) -> None:
        """Drop whatever the client still had under way."""
        for task in list(self._tasks):
            task.cancel()

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report(Problem("client", repr(error)))

    def _encode(self, value: Any) -> Any:
        encoded = _encode(value)
        if isinstance(value, BaseControl) and isinstance(encoded, dict):
            for prop, inner in encoded.items():
                if _holds_live_control(inner):
                    self._check(type(value), prop)
        return encoded

    def _check(self, control: type[BaseControl], prop: str) -> None:
        if problem := scalar_control_problem(control, prop):
            self._report(problem)

    def _check_set(self, node: Node, prop: str) -> None:
        control = self.session.index.get(node.id) if self.session else None
        if control is not None:
            self._check(type(control), prop)

    def _patch(self, control_id: int, patch: list[Any]) -> None:
        try:
            self.tree.apply(control_id, patch)
        except UnknownControl as error:
            self._report(Problem("unknown-control", str(error)))
        except PatchError as error:
            self._report(Problem("broken-patch", f"patch for control {control_id}: {error}"))

    async def _invoke(self, body: dict[str, Any]) -> None:
        node = self.tree.find(body["control_id"])
        arguments = body.get("args") or {}
        call = Invocation(node.type if node is not None else "?", body["name"], arguments)
        self.invocations.append(call)
        result, error = None, None
        try:
            result = self._answer(call)
            if inspect.isawaitable(result):
                result = await _wait(result)
        except Exception as failure:  # the app is told, as by a real client
            error = f"{type(failure).__name__}: {failure}"
        if self.session is not None:
            self.session.handle_invoke_method_results(
                body["control_id"], body["call_id"], result, error
            )

    def _notice_closed_dialogs(self) -> None:
        """A dialog that the app closes tells so when it is gone, as one that the person closes."""
        dialogs = (self.tree.root.get("_dialogs") or {}).get("controls") or []
        for dialog in dialogs:
            if dialog.get("open"):
                self._shown_dialogs.add(dialog.id)
            elif dialog.id in self._shown_dialogs:
                self._shown_dialogs.discard(dialog.id)
                if self.session is not None:
                    self.run(self.session.dispatch_event(dialog.id, "dismiss", None))

    def forget_dialog(self, dialog: Node) -> None:
        """The person closed this dialog: the app need not be told twice."""
        self._shown_dialogs.discard(dialog.id)


def _holds_live_control(value: Any) -> bool:
    if isinstance(value, list):
        return any(_holds_live_control(item) for item in value)
    return isinstance(value, BaseControl) or holds_control(value)


async def _wait(result: Awaitable[Any]) -> Any:
    return await result
