"""What every group of routes works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.routing import Route

from ..consent.clock import Clock
from .database import Database
from .description import Operation
from .metrics import Metrics
from .officer.authentication import Officers
from .packs import Packs
from .presence import Presence
from .settings import Settings


@dataclass(frozen=True)
class Services:
    """One running endpoint.

    Attributes:
        settings: How it was set up.
        clock: What moments are taken from.
        database: Where everything is kept.
        packs: The policies that choices are about.
        officers: Who else may look.
        metrics: Where figures are noted.
        presence: Whether this replica is about to end.
    """

    settings: Settings
    clock: Clock
    database: Database
    packs: Packs
    officers: Officers
    metrics: Metrics
    presence: Presence


class RouteGroup(Protocol):
    """Some calls that belong together: made once with the services."""

    def routes(self) -> Sequence[Route]:
        """For the application."""

    def operations(self) -> Sequence[Operation]:
        """The same calls, for the OpenAPI document."""
