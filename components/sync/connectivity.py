"""Whether there is a network, as far as the device knows."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from ..listeners import Listeners


class Network(StrEnum):
    """What the device says about its network.

    ``ONLINE``: there is one, which does not mean that the endpoint can be reached. ``OFFLINE``:
    there is none, so nothing is tried. ``UNKNOWN``: it cannot tell, so trying is how to find out.
    """

    ONLINE = "online"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class Connectivity(Protocol):
    """How the kit learns about the network. An adapter that cannot tell says ``UNKNOWN``."""

    @property
    def network(self) -> Network:
        """What is known now."""

    def subscribe(self, listener: Callable[[Network], None]) -> Callable[[], None]:
        """Have every change told in the event loop's thread; returns how to end that."""

    async def start(self) -> None:
        """Look, and go on looking. Until then nothing is known. Never raises."""


class SimulatedConnectivity:
    """A network that is as it is told to be; for demos, tests, and where nothing is known.

    Args:
        network: How it is at first.
    """

    def __init__(self, network: Network = Network.UNKNOWN) -> None:
        self._network = network
        self._listeners = Listeners[[Network]]()

    @property
    def network(self) -> Network:
        """How it was set last."""
        return self._network

    async def start(self) -> None:
        """There is nothing to look at: it is told."""

    def set_network(self, network: Network) -> None:
        """Change it, and tell everyone if that is news."""
        if network is self._network:
            return
        self._network = network
        self._listeners.tell(network)

    def subscribe(self, listener: Callable[[Network], None]) -> Callable[[], None]:
        """Have every change told; returns how to end that."""
        return self._listeners.add(listener)
