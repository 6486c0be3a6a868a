"""A network that is as good or as bad as it is told to be, in front of a real endpoint."""

from __future__ import annotations

import asyncio
import functools
import ssl

import httpx

from ...sync.connectivity import Network, SimulatedConnectivity
from .model import NetworkCondition

SLOW_SECONDS = 3.0
"""How long a request takes to arrive on a slow network."""


class DemoNetwork:
    """What the device is connected to. Everything that leaves the device goes through it."""

    def __init__(self) -> None:
        self.connectivity = SimulatedConnectivity(Network.ONLINE)
        self.condition = NetworkCondition.ONLINE
        self.calls = 0
        """How many requests the device has tried to make."""

    def set_condition(self, condition: NetworkCondition) -> None:
        """Make it better or worse; the device learns at once whether there is a network."""
        self.condition = condition
        off = condition is NetworkCondition.OFF
        self.connectivity.set_network(Network.OFFLINE if off else Network.ONLINE)

    def carrier(self) -> httpx.AsyncBaseTransport:
        """What carries one client's requests over this network."""
        return _Line(self)


def wire() -> httpx.AsyncBaseTransport:
    """What really carries a request."""
    return httpx.AsyncHTTPTransport(verify=_certificates())


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Read once: it takes a tenth of a second, and every run has clients of its own."""
    return ssl.create_default_context()


class _Line(httpx.AsyncBaseTransport):
    def __init__(self, network: DemoNetwork) -> None:
        self._network = network
        self._wire = wire()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._network.calls += 1
        match self._network.condition:
            case NetworkCondition.OFF:
                raise httpx.ConnectError("there is no network", request=request)
            case NetworkCondition.FAILING:
                return httpx.Response(503, request=request)
            case NetworkCondition.SLOW:
                await asyncio.sleep(SLOW_SECONDS)
            case NetworkCondition.ONLINE:
                pass
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        await self._wire.aclose()
