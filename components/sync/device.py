"""This device's questions to the endpoint: asked only when they may be, and never raising."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from ..consent.ledger import Ledger
from ..consent.ledger_errors import LedgerError
from .answers import Failed, FailureKind, Unreachable
from .calls import Calls, Reply, failed, failure_of
from .connectivity import Connectivity, Network, SimulatedConnectivity

_LOGGER = logging.getLogger("mingshi.sync")


class Device:
    """One installation, as the endpoint knows it.

    Args:
        ledger: The installation's record.
        calls: The way to the endpoint.
        may_send: Asked before every single request; while it answers False none is made.
        connectivity: What the device knows about its network; known to be offline, nothing is
            asked.
    """

    def __init__(
        self,
        ledger: Ledger,
        calls: Calls,
        may_send: Callable[[], bool],
        connectivity: Connectivity | None = None,
    ) -> None:
        self.ledger = ledger
        self._calls = calls
        self._may_send = may_send
        self._connectivity = connectivity or SimulatedConnectivity()

    @property
    def may_ask(self) -> bool:
        """Whether a question would leave the device now."""
        return self._may_send() and self._connectivity.network is not Network.OFFLINE

    async def ask(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Reply | Failed:
        """Ask about this installation's subject.

        Args:
            method: In capitals.
            path: The parts of the path after ``/v1/subjects/{subject}``.
            query: Parameters.
            body: What is sent, as JSON.

        Returns:
            A whole answer, also one that is no success; Failed if there was none or nothing was
            asked.
        """
        if not self._may_send():
            return Failed(FailureKind.HELD)
        if self._connectivity.network is Network.OFFLINE:
            return Failed(FailureKind.OFFLINE)
        try:
            secret, subject = self.ledger.secret, self.ledger.subject
        except LedgerError as error:
            return broken(error)
        reply = await self._calls.call(
            method, ("subjects", subject, *path), secret, query=query, body=body
        )
        return failed(reply) if isinstance(reply, Unreachable) else reply


def refusal(reply: Reply) -> Failed:
    """What an answer means that is no success and has no meaning of its own."""
    return failed(failure_of(reply))


def broken(error: Exception) -> Failed:
    """A fault of this device's own store."""
    _LOGGER.error("the record on this device cannot be used: %s", error)
    return Failed(FailureKind.INTERNAL)
