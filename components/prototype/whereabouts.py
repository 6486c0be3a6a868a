"""Where one can be in the prototype, beyond its three main screens."""

from __future__ import annotations

from dataclasses import dataclass

from .listings import Cinema, Film
from .showings import Seat, Showing


@dataclass(frozen=True)
class AtFilm:
    """At a film's page."""

    film: Film


@dataclass(frozen=True)
class AtCinema:
    """At a cinema's page."""

    cinema: Cinema


@dataclass(frozen=True)
class AtSeats:
    """Choosing seats."""

    showing: Showing


@dataclass(frozen=True)
class AtCheckout:
    """About to order."""

    showing: Showing
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class AtTickets:
    """At the list of orders."""


@dataclass(frozen=True)
class AtTicket:
    """At an e-ticket; ``fresh`` right after it was ordered."""

    code: str
    fresh: bool = False


@dataclass(frozen=True)
class AtSettings:
    """At the settings."""


Place = AtFilm | AtCinema | AtSeats | AtCheckout | AtTickets | AtTicket | AtSettings
