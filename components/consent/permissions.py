"""The operating system's permissions as a port, and a simulated system for demos and tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Protocol

from ..policy.pack import Permission


class SystemStatus(StrEnum):
    """What the operating system says about one permission.

    ``GRANTED``: may be used. ``NOT_GRANTED``: not (or not yet) granted; the system would ask.
    ``DENIED_FOR_GOOD``: not granted, and only the system's settings can change that.
    ``RESTRICTED``: barred by a device policy or parental control; the person cannot change it.
    ``UNSUPPORTED``: this platform has no such permission and no way to ask.
    """

    GRANTED = "granted"
    NOT_GRANTED = "not-granted"
    DENIED_FOR_GOOD = "denied-for-good"
    RESTRICTED = "restricted"
    UNSUPPORTED = "unsupported"


class PermissionPort(Protocol):
    """How the kit reaches the operating system's permissions.

    An adapter never raises for what the system answers; what it cannot tell is ``UNSUPPORTED``.
    """

    async def status(self, permission: Permission) -> SystemStatus:
        """What the system says now, without asking the person anything."""

    async def request(self, permission: Permission) -> SystemStatus:
        """Let the system ask the person, and say what it says afterwards."""

    async def open_settings(self) -> bool:
        """Open the system's settings of this app; False if that cannot be done here."""


SystemDialog = Callable[[Permission], Awaitable[SystemStatus]]
"""Shows a stand-in for the system's own dialog and gives the person's answer."""


class SimulatedPermissions:
    """A pretended operating system, for the desktop, the web demo, studies and tests.

    Args:
        answers: What the system answers, by permission id, when it is asked.
        dialog: Asks the person instead where ``answers`` says nothing; with neither, a request
            changes nothing.
    """

    def __init__(
        self,
        answers: Mapping[str, SystemStatus] | None = None,
        dialog: SystemDialog | None = None,
    ) -> None:
        self._answers = dict(answers or {})
        self._dialog = dialog
        self._held: dict[str, SystemStatus] = {}
        self.requests: list[str] = []
        """Ids of the permissions requested so far, in order."""

    def set_status(self, permission_id: str, status: SystemStatus) -> None:
        """What a person does in the system's settings."""
        self._held[permission_id] = status

    def answer_with(self, permission_id: str, status: SystemStatus | None) -> None:
        """What the system answers from now on when it is asked; None lets the dialog ask."""
        if status is None:
            self._answers.pop(permission_id, None)
        else:
            self._answers[permission_id] = status

    def answer_to(self, permission_id: str) -> SystemStatus | None:
        """What the system answers when it is asked; None if the dialog asks."""
        return self._answers.get(permission_id)

    async def status(self, permission: Permission) -> SystemStatus:
        """The status held; not granted at first."""
        return self._held.get(permission.id, SystemStatus.NOT_GRANTED)

    async def request(self, permission: Permission) -> SystemStatus:
        """Ask once, unless it is granted already or can no longer be asked."""
        held = await self.status(permission)
        if held is not SystemStatus.NOT_GRANTED:
            return held
        self.requests.append(permission.id)
        if permission.id in self._answers:
            held = self._answers[permission.id]
        elif self._dialog is not None:
            held = await self._dialog(permission)
        self._held[permission.id] = held
        return held

    async def open_settings(self) -> bool:
        """A pretended system has no settings to open."""
        return False
