"""When and where a film runs. The programme is made up, the same for everyone on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zlib import crc32

from .listings import CINEMAS, FILMS, Cinema, Film

DAYS_AHEAD = 3
"""For how many days, from today on, tickets can be had."""

ROWS, SEATS_IN_ROW = 6, 5
MOST_SEATS = 4
"""How many seats one order may hold."""

_SLOTS = ("10:20", "13:05", "14:40", "16:30", "18:50", "19:40", "21:15")


@dataclass(frozen=True, order=True)
class Seat:
    """A seat by its row and its place in it, both from 1."""

    row: int
    number: int


@dataclass(frozen=True)
class Showing:
    """One run of a film.

    Attributes:
        film: What is shown.
        cinema: Where.
        starts: When, in the cinema's own time, without a zone.
        hall: The hall's number.
        price: Of one seat, in whole yuan.
    """

    film: Film
    cinema: Cinema
    starts: datetime
    hall: int
    price: int

    @property
    def id(self) -> str:
        """Names it in identifiers and keys."""
        return f"{self.film.id}.{self.cinema.id}.{self.starts:%m%d%H%M}"

    @property
    def clock(self) -> str:
        """The time of day, as ``19:40``."""
        return f"{self.starts:%H:%M}"

    def taken(self) -> frozenset[Seat]:
        """The seats that are sold already."""
        return frozenset(
            seat for seat in seats() if crc32(f"{self.id}{seat.row}{seat.number}".encode()) % 5 == 0
        )


def seats() -> list[Seat]:
    """Every seat of a hall, row by row."""
    return [
        Seat(row, number) for row in range(1, ROWS + 1) for number in range(1, 1 + SEATS_IN_ROW)
    ]


def showings_of(film: Film, cinema: Cinema, day: date) -> list[Showing]:
    """When a film runs in a cinema on a day, earliest first."""
    mixed = crc32(f"{film.id}{cinema.id}{day.isoformat()}".encode())
    first, step = mixed % 2, 2 + mixed % 2
    return [
        Showing(
            film,
            cinema,
            datetime.combine(day, time.fromisoformat(slot)),
            hall=1 + mixed % 6,
            price=39 + 5 * (mixed % 4),
        )
        for slot in _SLOTS[first::step]
    ]


def days_from(today: date) -> list[date]:
    """The days for which there are tickets."""
    return [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]


def programme(cinema: Cinema, day: date) -> list[tuple[Film, list[Showing]]]:
    """What a cinema shows on a day."""
    return [(film, showings_of(film, cinema, day)) for film in FILMS]


def where(film: Film, city: str, day: date) -> list[tuple[Cinema, list[Showing]]]:
    """Where a film runs in a city on a day."""
    return [(it, showings_of(film, it, day)) for it in CINEMAS if it.city == city]
