"""What a person does to a screen: taps, types, scrolls, turns the device, goes back."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Literal

from flet.messaging.session import Session

from .connection import Invocation, PilotConnection
from .device import Device, locale_parts
from .queries import Queries
from .shadow import Node
from .words import TOGGLES


class Gestures(Queries):
    """What a person may do; every gesture returns when the app is at rest again.

    A gesture that a person could not make fails the test: on a control that is disabled, gone,
    or behind a dialog, or for an event that the app does not listen to.
    """

    session: Session
    connection: PilotConnection
    device: Device
    locales: list[str]
    opened_urls: list[str]

    @abstractmethod
    async def settle(self, horizon: float = 0.05) -> None:
        """Wait until the app is at rest."""

    async def tap(self, target: Node | str) -> None:
        """Tap a control, given as a node or by its name.

        Switches are toggled, radio buttons and destinations chosen.

        Raises:
            LookupError: there is not exactly one control of that name in front of the person.
            AssertionError: the control is disabled, behind a dialog, or ignores taps.
        """
        node = self.by_text(target) if isinstance(target, str) else target
        self._require_reachable(node)
        if node.type in TOGGLES:
            await self.toggle(node)
        elif node.type in {"Radio", "CupertinoRadio"}:
            await self.choose(self.parent(node, "RadioGroup"), node["value"])
        elif node.type == "Segment":
            await self._tap_segment(self.parent(node, "SegmentedButton"), node["value"])
        elif node.type.endswith("Destination") or node.type == "Tab":
            await self._tap_destination(node)
        elif node.type == "ExpansionTile":
            await self._change(node, "expanded", not node.get("expanded", False))
        elif node.type == "Chip" and node.get("on_select"):
            await self._change(node, "selected", not node.get("selected", False), event="select")
        else:
            self._open_links(node)
            if node.get("on_click"):
                await self.fire(node, "click")
            elif not (node.get("action") or node.get("url")):
                raise AssertionError(f"{node!r} ignores taps")

    async def toggle(self, target: Node | str, value: bool | None = None) -> None:
        """Turn a switch or checkbox to `value`, or to the other side."""
        node = self.by_text(target) if isinstance(target, str) else target
        await self._change(
            node, "value", (not node.get("value", False)) if value is None else value
        )

    async def choose(self, node: Node, value: str) -> None:
        """Choose one option of a radio group or dropdown by its value."""
        event = "select" if node.type == "Dropdown" else "change"
        await self._change(node, "value", value, event=event)

    async def type(self, target: Node | str, text: str, *, submit: bool = False) -> None:
        """Replace the text of a field, given as a node or by its label."""
        node = target if isinstance(target, Node) else self.by_role("textbox", target)
        await self._change(node, "value", text, must_listen=False)
        if submit:
            await self.fire(node, "submit", text)

    async def type_and_tap(self, field: Node, value: Any, button: Node) -> None:
        """Type or choose, and tap so soon after it that the app hears of both before it draws."""
        for node in (field, button):
            self._require_reachable(node)
        self._set(field, value=value)
        self.connection.run(self.session.dispatch_event(field.id, "change", value))
        self.connection.run(self.session.dispatch_event(button.id, "click", None))
        await self.settle()

    async def scroll(
        self,
        node: Node,
        pixels: float,
        *,
        extent: float = 10_000.0,
        viewport: float | None = None,
    ) -> None:
        """Scroll a list to an offset in logical pixels, out of `extent` that it can be scrolled.

        The pilot knows no layout: the extent is what the test says it is.
        """
        self._require_reachable(node)
        seen = viewport if viewport is not None else float(self.page["height"])
        await self.fire(
            node,
            "scroll",
            {
                "event_type": "update",
                "pixels": float(pixels),
                "min_scroll_extent": 0.0,
                "max_scroll_extent": float(extent),
                "viewport_dimension": seen,
                "scroll_delta": float(pixels),
                "direction": None,
                "overscroll": None,
                "velocity": None,
            },
        )

    async def dismiss_dialog(self, by: Literal["outside", "back"] = "outside") -> None:
        """Close the topmost dialog without answering it: tap beside it, or the system's back.

        Raises:
            LookupError: no dialog is open.
            AssertionError: tapping beside this dialog does not close it.
        """
        if not self.dialogs:
            raise LookupError("no dialog is open")
        dialog = self.dialogs[-1]
        blocked = dialog.get("modal") or dialog.get("dismissible") is False
        if by == "outside" and blocked:
            raise AssertionError(f"a tap beside {dialog!r} does not close it")
        self.connection.forget_dialog(dialog)
        self._set(dialog, open=False)
        await self.fire(dialog, "dismiss")

    async def resize(self, width: float, height: float) -> None:
        """Turn or resize the window, in logical pixels."""
        self._set(self.page, width=float(width), height=float(height))
        if self.page.get("on_resize"):
            await self.fire(self.page, "resize", {"width": width, "height": height})
        await self.settle()

    async def set_brightness(self, brightness: Literal["light", "dark"]) -> None:
        """Switch the system between light and dark."""
        self._set(self.page, platform_brightness=brightness)
        await self._fire_if_heard("platform_brightness_change", {"brightness": brightness})

    async def set_locales(self, *tags: str) -> None:
        """Change the system's languages, most preferred first."""
        self.locales = list(tags)
        locales = [locale_parts(tag) for tag in tags]
        await self._fire_if_heard("locale_change", {"locales": locales})

    async def set_lifecycle(
        self, state: Literal["show", "resume", "hide", "inactive", "pause", "detach"]
    ) -> None:
        """Send the app to the background or bring it back."""
        await self._fire_if_heard("app_lifecycle_state_change", {"state": state})

    async def go(self, route: str) -> None:
        """Enter an address, as in a browser's address bar or by a deep link."""
        self._set(self.page, route=route)
        await self._fire_if_heard("route_change", {"route": route})

    async def press_back(self) -> None:
        """The system's back: it closes a dialog first, else leaves the top view."""
        if self.front is not None:
            await self.dismiss_dialog(by="back")
        else:
            await self._fire_if_heard("view_pop", {"route": self.page["views"][-1]["route"]})

    async def fire(self, node: Node, event: str, data: Any = None) -> None:
        """Send any other event of a node that the app listens to, and settle.

        Raises:
            AssertionError: the app does not listen to it, so the client would not send it.
        """
        if not node.get(f"on_{event}"):
            raise AssertionError(f"the app does not listen to {event!r} of {node!r}")
        self.connection.run(self.session.dispatch_event(node.id, event, data))
        await self.settle()

    def _set(self, node: Node, **props: Any) -> None:
        node.update(props)
        self.session.apply_patch(node.id, props)

    async def _change(
        self, node: Node, prop: str, value: Any, *, event: str = "change", must_listen: bool = True
    ) -> None:
        self._require_reachable(node)
        self._set(node, **{prop: value})
        if must_listen or node.get(f"on_{event}"):
            await self.fire(node, event, value)

    async def _fire_if_heard(self, event: str, data: dict[str, Any]) -> None:
        if self.page.get(f"on_{event}"):
            await self.fire(self.page, event, data)

    async def _tap_segment(self, button: Node, value: str) -> None:
        before = list(button.get("selected") or [])
        if not button.get("allow_multiple_selection"):
            chosen = [value]
        else:
            chosen = [v for v in before if v != value] if value in before else [*before, value]
        if chosen or button.get("allow_empty_selection"):
            await self._change(button, "selected", chosen)

    async def _tap_destination(self, node: Node) -> None:
        bar = self.parent(node, "NavigationBar", "NavigationRail", "NavigationDrawer", "Tabs")
        siblings = [other for other in self.walk(bar) if other.type == node.type]
        await self._change(bar, "selected_index", siblings.index(node))

    def _open_links(self, node: Node) -> None:
        url = node.get("url")
        if url:
            self.opened_urls.append(url["url"] if isinstance(url, dict) else url)
        actions = node.get("action") or []
        for action in actions if isinstance(actions, list) else [actions]:
            service = self.tree.find(action["service_id"])
            call = Invocation(
                service.type if service is not None else "?",
                action["method"],
                action.get("args") or {},
            )
            if call.method == "launch_url":
                target = call.arguments["url"]
                self.opened_urls.append(target["url"] if isinstance(target, dict) else target)
            self.device.answer(call.control, call.method, call.arguments)

    def _require_reachable(self, node: Node) -> None:
        path = self.tree.path_to(node)
        if not path:
            raise AssertionError(f"{node!r} is no longer on the screen; look it up again")
        if not self.enabled(node):
            raise AssertionError(f"{node!r} is disabled")
        if self.front is not None and not any(step is self.front for step in path):
            raise AssertionError(f"{node!r} is behind {self.front!r}")
