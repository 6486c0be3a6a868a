"""The orders of one person, kept on the device that placed them and sent nowhere."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..listeners import Listeners
from .listings import cinema, film
from .phone_number import PhoneNumber
from .showings import Seat, Showing

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is mistaken for a digit, or the other way round."""


class OrdersError(Exception):
    """The orders could not be read or written."""


@dataclass(frozen=True)
class Order:
    """An order, which is also its e-ticket.

    The whole phone number is not kept: what is shown of it is enough, and nothing else needs it.
    """

    code: str
    showing: Showing
    seats: tuple[Seat, ...]
    phone: str

    @property
    def price(self) -> int:
        """Of all seats, in whole yuan."""
        return self.showing.price * len(self.seats)


class Orders:
    """A file of orders. It comes into being with the first one.

    Args:
        path: The file, in the session's data folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._listeners = Listeners[[]]()

    def place(self, showing: Showing, seats: Sequence[Seat], phone: PhoneNumber) -> Order:
        """Keep a new order; it is on the disk when this returns.

        Raises:
            OrdersError: It could not be written, and so was not placed.
        """
        code = "".join(secrets.choice(_LETTERS) for _ in range(8))
        order = Order(code, showing, tuple(sorted(seats)), phone.masked)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as database, database:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS orders"
                    " (number INTEGER PRIMARY KEY, code TEXT UNIQUE NOT NULL,"
                    " content TEXT NOT NULL)"
                )
                database.execute(
                    "INSERT INTO orders (code, content) VALUES (?, ?)", (code, _written(order))
                )
        except (sqlite3.Error, OSError) as error:
            raise OrdersError(f"the order could not be written to {self._path}") from error
        self._listeners.tell()
        return order

    def all(self) -> list[Order]:
        """Every order, the newest first.

        Raises:
            OrdersError: They could not be read.
        """
        if not self._path.exists():
            return []
        try:
            with closing(self._open()) as database:
                rows = database.execute("SELECT code, content FROM orders ORDER BY number DESC")
                return [_read(code, content) for code, content in rows]
        except (sqlite3.Error, OSError, ValueError, KeyError) as error:
            raise OrdersError(f"the orders in {self._path} could not be read") from error

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every new order; the answer is a function that ends that."""
        return self._listeners.add(listener)

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path)
        database.execute("PRAGMA synchronous = FULL")
        return database


def _written(order: Order) -> str:
    showing = order.showing
    return json.dumps(
        {
            "film": showing.film.id,
            "cinema": showing.cinema.id,
            "starts": showing.starts.isoformat(),
            "hall": showing.hall,
            "price": showing.price,
            "seats": [[seat.row, seat.number] for seat in order.seats],
            "phone": order.phone,
        }
    )


def _read(code: str, content: str) -> Order:
    kept = json.loads(content)
    showing = Showing(
        film(kept["film"]),
        cinema(kept["cinema"]),
        datetime.fromisoformat(kept["starts"]),
        kept["hall"],
        kept["price"],
    )
    return Order(code, showing, tuple(Seat(*it) for it in kept["seats"]), kept["phone"])
