"""Examples of the orders and of an e-ticket."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from ...surface.example import Example, Setting
from ..orders import Order
from ..samples import ORDER, OTHER_ORDER
from .ticket import TicketPage
from .tickets import TicketsPage


def _list(setting: Setting, orders: Sequence[Order] | None) -> ft.Control:
    return TicketsPage(
        orders,
        setting.language,
        on_back=setting.does("back"),
        on_order=setting.does("order"),
        on_films=setting.does("films"),
        on_again=setting.does("again"),
    )


EXAMPLES = (
    Example("two", "Two orders.", lambda it: _list(it, [OTHER_ORDER, ORDER])),
    Example("none", "No order yet.", lambda it: _list(it, [])),
    Example("unreadable", "The orders could not be read.", lambda it: _list(it, None)),
    Example(
        "ticket",
        "The e-ticket of an order that was just placed.",
        lambda it: TicketPage(ORDER, it.language, fresh=True, on_back=it.does("back")),
    ),
)
