"""What happens in the app under test, told in the closed words of a study's record.

Nothing of the app knows of it: its screens tell whoever looks on (``surface/watching``), its record
of consent tells whoever listens, its permissions go through a port.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import flet as ft

from ...consent.event import Cause, Event, Layer, TargetKind
from ...consent.permissions import PermissionPort, SystemStatus
from ...consent.status import ConsentStatus
from ...kit import ConsentKit
from ...policy.pack import Permission
from ...study.progress import PROBE
from ...study.running.looking import NO_SECTION
from ...study.running.sitting import Sitting
from ...study.vocabulary import is_word
from ...surface.watching import Moved, Screen, ScreenName, TextPosition

_LAYERS = {
    ScreenName.POLICY: "full",
    ScreenName.SUMMARY: "summary",
    ScreenName.CENTRE: "centre",
}
_PLACES = {
    Layer.FIRST_NOTICE: "summary",
    Layer.JUST_IN_TIME: "jit",
    Layer.IN_PLACE: "jit",
    Layer.CONSENT_CENTRE: "centre",
}
_CHOICES = {
    ConsentStatus.GIVEN: "grant",
    ConsentStatus.RENEWED: "grant",
    ConsentStatus.REFUSED: "decline",
}
_STATES = {
    SystemStatus.GRANTED: "granted",
    SystemStatus.NOT_GRANTED: "denied",
    SystemStatus.DENIED_FOR_GOOD: "permanently_denied",
    SystemStatus.RESTRICTED: "permanently_denied",
    SystemStatus.UNSUPPORTED: "unknown",
}
_TAPS = {"click", "change", "select", "tap", "submit"}
_DECIDES = re.compile(r"\.(accept|refuse)$")
"""A tap that is told as the decision that it is."""
_SCROLL_SECONDS = 0.25
_LAID_OUT_AGAIN_PX = 1.0


class Telling:
    """Tells one participant's session what happens in the app.

    Args:
        sitting: Gives the session that is going on; None if none is.
        kit: The app's kit.
        seconds: A clock that only says how often scrolling is told.
    """

    def __init__(
        self, sitting: Callable[[], Sitting | None], kit: ConsentKit, seconds: Callable[[], float]
    ) -> None:
        self._sitting = sitting
        self._kit = kit
        self._seconds = seconds
        now = sitting()
        before = () if now is None else now.of_this_app
        # The app may have been opened before, also by a process that is gone.
        self._shown = Counter(it.notice for it in before if it.name == "stim.notice.shown")
        self._told_before = sum(
            it.name.startswith("stim.decision.") and it.target != PROBE for it in before
        )
        self._told = 0
        self._choices: dict[str, str] = {}
        self._scrolled_at = 0.0
        self._top = 0.0

    # --- who looks on

    def opened(self, screen: Screen) -> None:
        """See :class:`~...surface.watching.Watcher`."""
        if (layer := _LAYERS.get(screen.name)) is not None:
            self._tell("stim.layer.opened", opened=layer, how="button", layer=layer)
            return
        notice = self._notice(screen)
        self._shown[notice] += 1
        asked_for = screen.gesture is not None
        blocking = screen.name is ScreenName.FIRST_NOTICE
        if screen.name is ScreenName.QUESTION and asked_for:
            self._tell(
                "stim.jit.triggered",
                notice=notice,
                layer="jit",
                feature=_word(screen.gesture or "") or "unnamed",
                permission=screen.subject,
                user_initiated="yes",
                foreground="yes",
            )
        self._tell(
            "stim.notice.shown",
            notice=notice,
            timing="first_run" if blocking else "in_context",
            channel="page" if blocking else "sheet",
            trigger="user" if asked_for else "app",
            exposure=self._shown[notice],
            blocking="yes" if blocking else "no",
        )

    def closed(self, screen: Screen, *, answered: bool) -> None:
        """See :class:`~...surface.watching.Watcher`."""
        layer = _LAYERS.get(screen.name)
        if screen.name is ScreenName.POLICY and (sitting := self._sitting()) is not None:
            sitting.text_closed("full")
        if layer is not None:
            how = "button" if answered else "back"
            self._tell("stim.layer.closed", closed=layer, how=how, layer=layer)
        elif not answered:
            self._tell("stim.notice.dismissed", notice=self._notice(screen), via="back")

    def text_at(self, position: TextPosition) -> None:
        """See :class:`~...surface.watching.Watcher`."""
        sitting = self._sitting()
        if sitting is None:
            return
        document = self._kit.pack.document(self._kit.language.locale)
        clauses = {it.id: it for it in document.clauses()}

        def about(section: str) -> tuple[str, int]:
            return clauses[section].digest, len("".join(clauses[section].text.split()))

        heights = {
            clause if clause in clauses else f"{NO_SECTION}{at}": height
            for at, (clause, height) in enumerate(position.pieces)
        }
        sitting.text_at("full", heights, position.top, position.viewport, about)
        self._scrolled(position, sum(heights.values()))

    def text_hidden(self) -> None:
        """See :class:`~...surface.watching.Watcher`."""
        if (sitting := self._sitting()) is not None:
            sitting.text_closed("full")

    # --- taps, decisions, the system's questions

    def tapped(self, control: ft.BaseControl, event: str) -> None:
        """Something was done with a control. Typing is not told, nor what is no control's name."""
        if event not in _TAPS or isinstance(control, ft.TextField | ft.Page):
            return
        name = control.key if isinstance(control.key, str) else ""
        if _DECIDES.search(name):
            return
        word = _word(name) or _word(type(control).__name__.lower())
        if word is not None:
            self._tell("stim.tap", control=word)

    def recorded(self) -> None:
        """The app's own record of consent has something new."""
        events = self._kit.record.events
        new, self._told = events[self._told :], len(events)
        for event in new:
            if (decided := self._decision(event)) is None:
                continue
            if self._told_before:
                self._told_before -= 1
            else:
                self._tell(decided[0], **decided[1])

    def _decision(self, event: Event) -> tuple[str, dict[str, Any]] | None:
        """An event of the app's record as a decision is told; None if it is none."""
        before = self._choices.get(str(event.target))
        self._note_choice(event)
        now = self._choices.get(str(event.target))
        if event.target.kind is TargetKind.PERMISSION or event.cause is not Cause.PRESSED:
            return None
        about = {"target": str(event.target)}
        if event.notice is not None:
            name = event.notice.notice.rpartition("/")[2]
            about["notice"] = f"{name}@{event.notice.version}"
        place = "full" if event.notice is None else _PLACES.get(event.notice.layer, "full")
        if event.status is ConsentStatus.WITHDRAWN:
            previous = before or "grant"
            return "stim.decision.withdrawn", {"previous": previous, "place": "centre", **about}
        if now is None:
            return None
        if before not in (None, now):
            changed = {"previous": before, "choice": now, "place": place}
            return "stim.decision.changed", {**changed, **about}
        return "stim.decision.made", {"choice": now, "via": "button", **about}

    def _note_choice(self, event: Event) -> None:
        if event.status is ConsentStatus.WITHDRAWN:
            self._choices[str(event.target)] = "decline"
        elif (choice := _CHOICES.get(event.status)) is not None:
            self._choices[str(event.target)] = choice

    def system_asks(self, permission: Permission) -> None:
        """The system's question comes up."""
        self._tell("stim.os_prompt.requested", permission=permission.id, simulated="yes")

    def system_answered(self, permission: Permission, status: SystemStatus) -> None:
        """It was answered."""
        self._tell("stim.os_prompt.returned", permission=permission.id, state=_STATES[status])

    def _scrolled(self, position: TextPosition, content: float) -> None:
        now = self._seconds()
        moment = position.moved
        if moment is Moved.LAID_OUT:
            return
        if moment is Moved.DURING and now - self._scrolled_at < _SCROLL_SECONDS:
            return
        self._scrolled_at = now
        by = position.top - self._top
        self._top = position.top
        self._tell(
            "stim.scroll",
            layer="full",
            px=round(position.top),
            extent=round(max(0.0, content - position.viewport)),
            viewport=round(position.viewport),
            direction="none" if abs(by) < _LAID_OUT_AGAIN_PX else ("down" if by > 0 else "up"),
            moment=moment.value,
        )

    def _notice(self, screen: Screen) -> str:
        name = screen.subject or screen.name.value
        return f"{name}@{self._kit.pack.version.id}"

    def _tell(self, name: str, **fields: Any) -> None:
        if (sitting := self._sitting()) is not None:
            sitting.happened(name, **fields)


class ToldPermissions:
    """A system whose questions are told.

    Args:
        system: Asks.
        telling: Gives who is told; None if nobody is yet.
    """

    def __init__(self, system: PermissionPort, telling: Callable[[], Telling | None]) -> None:
        self._system = system
        self._telling = telling

    async def status(self, permission: Permission) -> SystemStatus:
        """See :class:`~...consent.permissions.PermissionPort`."""
        return await self._system.status(permission)

    async def request(self, permission: Permission) -> SystemStatus:
        """See :class:`~...consent.permissions.PermissionPort`."""
        if (telling := self._telling()) is not None:
            telling.system_asks(permission)
        answer = await self._system.request(permission)
        if (telling := self._telling()) is not None:
            telling.system_answered(permission, answer)
        return answer

    async def open_settings(self) -> bool:
        """See :class:`~...consent.permissions.PermissionPort`."""
        return await self._system.open_settings()


def _word(name: str) -> str | None:
    """A name as the record takes it; None if it can take it in no way."""
    word = re.sub(r"[^A-Za-z0-9._:@/-]+", "-", name).strip("-._:@/")
    return word if is_word(word) else None
