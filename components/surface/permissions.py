"""The operating system's permissions through flet-permission-handler."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import flet as ft

from ..consent.permissions import PermissionPort, SimulatedPermissions, SystemStatus
from ..policy.pack import Permission

if TYPE_CHECKING:
    from flet_permission_handler import Permission as SystemPermission
    from flet_permission_handler import PermissionHandler, PermissionStatus

logger = logging.getLogger(__name__)

_SYSTEM_NAMES = {
    "location": "LOCATION_WHEN_IN_USE",
    "album": "PHOTOS",
    "notifications": "NOTIFICATION",
}
"""For each permission of a pack, the handler's name of it; what is not here is unsupported."""

_STATUSES = {
    "granted": SystemStatus.GRANTED,
    # Limited access to photos is access to what the person picked: enough, and their choice.
    "limited": SystemStatus.GRANTED,
    "provisional": SystemStatus.GRANTED,
    "denied": SystemStatus.NOT_GRANTED,
    "permanentlyDenied": SystemStatus.DENIED_FOR_GOOD,
    "restricted": SystemStatus.RESTRICTED,
}


class FletPermissions:
    """The permissions of the device that the page is shown on.

    Whatever goes wrong on the way is ``UNSUPPORTED``, so nothing is granted by an error.
    """

    def __init__(self) -> None:
        self._handler: PermissionHandler | None = None

    async def status(self, permission: Permission) -> SystemStatus:
        """What the system says now."""
        return await self._call(permission, lambda handler, it: handler.get_status(it))

    async def request(self, permission: Permission) -> SystemStatus:
        """Let the system ask."""
        return await self._call(permission, lambda handler, it: handler.request(it))

    async def open_settings(self) -> bool:
        """Open this app's page in the system's settings."""
        try:
            return bool(await self._loaded().open_app_settings())
        except Exception:
            logger.exception("the system's settings could not be opened")
            return False

    async def _call(
        self,
        permission: Permission,
        act: Callable[[PermissionHandler, SystemPermission], Awaitable[PermissionStatus | None]],
    ) -> SystemStatus:
        name = _SYSTEM_NAMES.get(permission.id)
        if name is None:
            return SystemStatus.UNSUPPORTED
        try:
            from flet_permission_handler import Permission as SystemPermission

            answer = await act(self._loaded(), SystemPermission[name])
        except Exception:
            # Unsupported platforms answer with errors of several kinds, all of which mean no.
            logger.exception("permission %s could not be looked up", permission.id)
            return SystemStatus.UNSUPPORTED
        return SystemStatus.UNSUPPORTED if answer is None else _STATUSES[answer.value]

    def _loaded(self) -> PermissionHandler:
        # Imported and made only when first needed: on Linux and macOS making one raises.
        if self._handler is None:
            from flet_permission_handler import PermissionHandler

            self._handler = PermissionHandler()
        return self._handler


def permissions_for(page: ft.Page) -> PermissionPort:
    """The device's own permissions on phones, a simulated system everywhere else."""
    phone = not page.web and page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
    return FletPermissions() if phone else SimulatedPermissions()
