"""How one kit's record travels: sent, fetched from the person's other devices, woken in time."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from .surface.connectivity import FletConnectivity
from .sync.account import AccountLink, Linked, Unlinked
from .sync.answers import Failed
from .sync.connectivity import Network
from .sync.device import Device
from .sync.platform import transport_for
from .sync.rights_queue import RequestQueue
from .sync.rights_store import RequestStore
from .sync.synchroniser import Synchroniser
from .sync.transport import NoTransport

if TYPE_CHECKING:
    from .consent.clock import Clock
    from .kit import ConsentKit
    from .surroundings import Surroundings
    from .sync.connectivity import Connectivity

logger = logging.getLogger(__name__)


class Travelling:
    """The journeys of one kit's record. Nothing travels before a base notice was accepted.

    Args:
        kit: The kit it serves; its record and gate are there already.
        endpoint: Address of the consent endpoint; None keeps everything on the device.
        clock: The device's clock.
        surroundings: What the network is, and how it is reached.

    Raises:
        ValueError: The address is none that a secret may be sent to.
    """

    def __init__(
        self, kit: ConsentKit, endpoint: str | None, clock: Clock, surroundings: Surroundings
    ) -> None:
        self._kit = kit
        self.has_endpoint = endpoint is not None
        """Whether there is anywhere to send anything to."""
        self._transport = (
            NoTransport()
            if endpoint is None
            else (surroundings.transport or transport_for)(endpoint, clock)
        )
        self._connectivity: Connectivity = surroundings.connectivity or FletConnectivity()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._joined = False
        self.synchroniser = Synchroniser(
            kit.record.ledger,
            self._transport,
            may_send=self._may_send,
            backoff=surroundings.backoff,
            clock=clock,
            connectivity=self._connectivity,
        )
        self.device = Device(kit.record.ledger, self._transport, self._may_send, self._connectivity)
        """Asks the endpoint about this person's rights: see ``sync.rights``."""
        record = kit.record.ledger.path
        self.requests = RequestQueue(
            RequestStore(record.with_name(f"{record.stem}-requests{record.suffix}")),
            self.device,
            clock=clock,
        )
        """This person's requests to exercise a right, kept here and sent when they may be."""
        self._account = AccountLink(kit.record, self.device)
        self._connectivity.subscribe(self._network_changed)

    async def start(self) -> None:
        """Send in the background from now on."""
        self._loop = asyncio.get_running_loop()
        await self.synchroniser.start()
        await self.requests.start()
        self.wake()

    async def stop(self) -> None:
        """Give up what is under way; it is done another time."""
        self._loop = None
        for task in tuple(self._under_way):
            task.cancel()
        await self.requests.stop()
        await self.synchroniser.stop()
        await self._transport.close()

    def wake(self) -> None:
        """Try now: something new was chosen, the app is in front again, the network is back."""
        self.synchroniser.wake()
        self.requests.wake()
        self._soon()

    async def join(self, login_token: str) -> Linked | Failed:
        """Join the person's account after a login, and fetch what they chose elsewhere.

        From then on, in this session, what they choose on other devices is fetched whenever the
        app comes back or the network does. Call it again in the next session.

        Args:
            login_token: See :meth:`.sync.account.AccountLink.link`.
        """
        answer = await self._account.link(login_token)
        self._joined = isinstance(answer, Linked)
        if self._joined:
            await self._pull()
        return answer

    async def leave(self) -> Unlinked | Failed:
        """Leave the account. What was chosen on this device stays; copies of the rest go."""
        answer = await self._account.unlink()
        if isinstance(answer, Unlinked):
            self._joined = False
        return answer

    def _may_send(self) -> bool:
        return self._kit.gate.may_send

    def _network_changed(self, network: Network) -> None:
        if network is Network.ONLINE:
            self.wake()

    def _soon(self) -> None:
        # Not even the network is asked about before the base notice was accepted.
        if self._loop is None or not self._may_send():
            return
        task = self._loop.create_task(self._look_around(), name="mingshi-travelling")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _look_around(self) -> None:
        await self._connectivity.start()
        if self._joined:
            await self._pull()

    async def _pull(self) -> None:
        answer = await self._account.pull()
        if isinstance(answer, Failed):
            logger.info("other devices' choices could not be fetched now: %s", answer.reason)
