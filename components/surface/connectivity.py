"""What the device says about its network, through Flet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

import flet as ft

from ..sync.connectivity import Network, SimulatedConnectivity
from .runtime import session_has_ended

logger = logging.getLogger(__name__)


class FletConnectivity:
    """The network of the device that the page is shown on.

    Nothing is known, so sending is how to find out, until :meth:`start` was called, and wherever
    the platform cannot tell.
    """

    def __init__(self) -> None:
        self._told = SimulatedConnectivity()
        # Kept: Flet drops a service that nobody holds.
        self._service: ft.Connectivity | None = None

    @property
    def network(self) -> Network:
        """What is known now."""
        return self._told.network

    def subscribe(self, listener: Callable[[Network], None]) -> Callable[[], None]:
        """Have every change told; returns how to end that."""
        return self._told.subscribe(listener)

    async def start(self) -> None:
        """Ask, and listen from now on. Does nothing the second time; never raises."""
        if self._service is not None:
            return
        try:
            self._service = ft.Connectivity(on_change=self._changed)
            self._told.set_network(_network(await self._service.get_connectivity()))
        except Exception as error:
            # A window that is closed while it is asked has not failed.
            if not session_has_ended(error):
                logger.exception("the platform cannot tell about its network")

    def _changed(self, event: ft.ConnectivityChangeEvent) -> None:
        self._told.set_network(_network(event.connectivity))


def _network(kinds: Collection[ft.ConnectivityType]) -> Network:
    if not kinds:
        return Network.UNKNOWN
    return Network.OFFLINE if set(kinds) == {ft.ConnectivityType.NONE} else Network.ONLINE
