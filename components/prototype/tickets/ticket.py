"""One order as an e-ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zlib import crc32

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from .. import pieces
from ..film.times import price_words
from ..listings import words
from ..orders import Order
from ..posters import banner
from ..seats.seats import seat_words

_STRIPES = 42


@kit_component
def TicketPage(
    order: Order, language: Language, *, fresh: bool = False, on_back: Callable[[], Any]
) -> ft.Control:
    """An e-ticket.

    Args:
        order: Which.
        language: The interface's language.
        fresh: Whether it was placed just now; says so.
        on_back: Called to go back.
    """
    say = language.gettext
    return pieces.screen(
        say("E-ticket"),
        [
            parts.live(say("Your order is placed and kept on this device.") if fresh else ""),
            ft.Container(
                ft.Column(
                    [
                        banner(order.showing.film.id, 150),
                        ft.Container(
                            _details(order, language),
                            padding=tokens.GAP_LARGE,
                        ),
                        _perforation(),
                        ft.Container(_code(order), padding=tokens.GAP_SECTION),
                    ],
                    spacing=0,
                    horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                ),
                bgcolor=tokens.QUIET_SURFACE,
                border_radius=2 * tokens.RADIUS,
                clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
            ),
            parts.note(say("A demonstration ticket: films and cinemas are invented.")),
        ],
        language,
        on_back=on_back,
    )


def _details(order: Order, language: Language) -> ft.Control:
    say, showing = language.gettext, order.showing
    facts = (
        (say("Cinema"), words(showing.cinema.name, language.locale)),
        (say("Address"), words(showing.cinema.street, language.locale)),
        (say("Starts"), language.moment(showing.starts)),
        (say("Hall"), language.number(showing.hall)),
        (say("Seats"), language.listed([seat_words(it, language) for it in order.seats])),
        (say("Mobile number"), order.phone),
        (say("Price, simulated"), price_words(order.price, language)),
    )
    return ft.Column(
        [
            parts.heading(words(showing.film.title, language.locale), 2),
            # Side by side where there is room, whatever the size of the text.
            ft.Row(
                [_fact(name, value) for name, value in facts],
                wrap=True,
                spacing=tokens.GAP_SECTION,
                run_spacing=tokens.GAP_LARGE,
            ),
        ],
        spacing=tokens.GAP_LARGE,
    )


def _fact(name: str, value: str) -> ft.Control:
    return ft.MergeSemantics(
        content=ft.Column([parts.note(name), pieces.text(value)], spacing=0, tight=True)
    )


def _perforation() -> ft.Control:
    """The line along which a paper ticket is torn."""
    return ft.Row(
        [ft.Container(height=2, bgcolor=tokens.LINE, expand=True) for _ in range(24)],
        spacing=6,
    )


def _code(order: Order) -> ft.Control:
    mixed = crc32(order.code.encode())
    stripes: list[ft.Control] = [
        ft.Container(
            height=56,
            bgcolor=tokens.TEXT if at % 2 == 0 else None,
            expand=1 + (mixed >> (at % 29)) % 3,
        )
        for at in range(_STRIPES + 1)
    ]
    return ft.Column(
        [
            ft.Row(stripes, spacing=0),
            pieces.text(order.code, ft.TextThemeStyle.TITLE_MEDIUM, strong=True),
        ],
        spacing=tokens.GAP,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
