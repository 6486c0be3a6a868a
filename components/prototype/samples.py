"""One showing, its seats and an order, for examples and tests."""

from __future__ import annotations

from datetime import date
from typing import Final

from .listings import cinema, film
from .orders import Order
from .showings import Seat, Showing, seats, showings_of

DAY: Final = date(2026, 3, 2)

SHOWING: Final[Showing] = showings_of(film("lighthouse"), cinema("drum"), DAY)[-1]

SEATS: Final[tuple[Seat, ...]] = tuple(it for it in seats() if it not in SHOWING.taken())[8:10]

ORDER: Final = Order("7KQ2MX4R", SHOWING, SEATS, "138 •••• 5678")

OTHER_ORDER: Final = Order(
    "B9TTW3HE", showings_of(film("whale"), cinema("river"), DAY)[0], SEATS[:1], "138 •••• 5678"
)
