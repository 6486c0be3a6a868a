"""The orders of a person, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from .. import pieces
from ..listings import words
from ..orders import Order
from ..posters import poster


@kit_component
def TicketsPage(
    orders: Sequence[Order] | None,
    language: Language,
    *,
    on_back: Callable[[], Any],
    on_order: Callable[[str], Any],
    on_films: Callable[[], Any],
    on_again: Callable[[], Any],
) -> ft.Control:
    """The list of orders.

    Args:
        orders: Newest first; None when they could not be read.
        language: The interface's language.
        on_back: Called to go back.
        on_order: Called with an order's code to open it.
        on_films: Called to look for a film.
        on_again: Called to try reading again.
    """
    say = language.gettext
    if orders is None:
        content: list[ft.Control] = [
            pieces.nothing_here(
                "error_outline",
                say("Your orders could not be read"),
                say("They are still on this device. Try again in a moment."),
                parts.action(say("Try again"), on_again, identifier="tickets.again"),
            )
        ]
    elif not orders:
        content = [
            pieces.nothing_here(
                "confirmation_number_outlined",
                say("No orders yet"),
                say("Tickets that you order are kept here, on this device."),
                parts.action(say("See the films"), on_films, identifier="tickets.films"),
            )
        ]
    else:
        content = [_row(it, language, on_order) for it in orders]
    return pieces.screen(say("My orders"), content, language, on_back=on_back)


def _row(order: Order, language: Language, on_order: Callable[[str], Any]) -> ft.Control:
    showing = order.showing
    return pieces.pressable(
        ft.Row(
            [
                poster(showing.film.id, width=64),
                ft.Column(
                    [
                        pieces.text(
                            words(showing.film.title, language.locale),
                            ft.TextThemeStyle.TITLE_MEDIUM,
                            strong=True,
                        ),
                        parts.note(words(showing.cinema.name, language.locale)),
                        parts.note(language.moment(showing.starts)),
                    ],
                    spacing=2,
                    expand=True,
                ),
                parts.icon("chevron_right", color=tokens.QUIET_TEXT),
            ],
            spacing=tokens.GAP_LARGE,
        ),
        on_order,
        order.code,
        identifier=f"tickets.{order.code}",
        bgcolor=tokens.QUIET_SURFACE,
        padding=tokens.GAP_LARGE,
    )
