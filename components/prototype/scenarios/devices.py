"""A device of the demo: what a phone keeps and decides while its app is opened and closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from ...consent.clock import Clock
from ...consent.permissions import SimulatedPermissions, SystemStatus
from ...policy.pack import Permission
from ...surroundings import Surroundings
from ...sync.transport import HttpxTransport
from ..preferences import Preferences
from ..session import Stand
from .identities import SeededIdentities
from .model import DeviceName
from .network import DemoNetwork

_LOCATION = "location"
RETRY_SECONDS = 1.0
"""How long a device of the demo waits after a failure: nobody wants to watch five minutes."""


class DemoDevice:
    """One device.

    Args:
        name: Which.
        folder: Where its files lie.
        seed: Of its secret and its event ids.
        clock: Its clock.
        preferences: The console's; the same for both devices.
        dialog: Shows the system's dialog on the page.
    """

    def __init__(
        self,
        name: DeviceName,
        folder: Path,
        seed: str,
        clock: Clock,
        preferences: Preferences,
        dialog: Callable[[Permission], Awaitable[SystemStatus]],
    ) -> None:
        self.name = name
        self.network = DemoNetwork()
        self.system = SimulatedPermissions(dialog=dialog)
        self.stand = Stand(folder / "record.sqlite", preferences, self.system)
        self.surroundings = Surroundings(
            identities=SeededIdentities(f"{seed}/{name.value}", clock),
            connectivity=self.network.connectivity,
            transport=lambda url, clock: HttpxTransport(
                url, clock=clock, carrier=self.network.carrier
            ),
            backoff=lambda _failures: RETRY_SECONDS,
        )

    def system_answer(self) -> SystemStatus | None:
        """What the system answers to a question about location; None if the dialog asks."""
        return self.system.answer_to(_LOCATION)
