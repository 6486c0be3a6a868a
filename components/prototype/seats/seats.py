"""Seats to choose for one showing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import focus, parts, tokens
from ...surface.runtime import handler, kit_component
from .. import pieces
from ..film.times import price_words
from ..listings import words
from ..showings import MOST_SEATS, ROWS, SEATS_IN_ROW, Seat, Showing

_NONE_CHOSEN: tuple[Seat, ...] = ()


@kit_component
def SeatsPage(
    showing: Showing,
    language: Language,
    *,
    chosen: tuple[Seat, ...] = _NONE_CHOSEN,
    on_back: Callable[[], Any],
    on_seats: Callable[[tuple[Seat, ...]], Any],
) -> ft.Control:
    """The hall, seat by seat.

    Args:
        showing: What the seats are for.
        language: The interface's language.
        chosen: The seats that are chosen to begin with.
        on_back: Called to go back.
        on_seats: Called with the seats when the person goes on.
    """
    mine, set_mine = ft.use_state(chosen)
    say = language.gettext
    taken = showing.taken()

    def press(seat: Seat) -> None:
        if seat in mine:
            set_mine(tuple(it for it in mine if it != seat))
        elif len(mine) < MOST_SEATS:
            set_mine(tuple(sorted((*mine, seat))))

    return pieces.screen(
        say("Choose seats"),
        [
            showing_words(showing, language),
            _hall(mine, taken, language, press),
            _legend(language),
        ],
        language,
        on_back=on_back,
        foot=[
            parts.live(_told(mine, showing, language)),
            pieces.main_action(say("Go on to the order"), on_seats, mine, identifier="seats.go-on")
            if mine
            else ft.Container(),
        ],
    )


def showing_words(showing: Showing, language: Language) -> ft.Control:
    """What is shown, where and when, in two lines."""
    return ft.Column(
        [
            parts.heading(words(showing.film.title, language.locale), 2),
            parts.note(
                language.gettext(
                    "{cinema} · {moment} · hall {hall}",
                    cinema=words(showing.cinema.name, language.locale),
                    moment=language.moment(showing.starts),
                    hall=language.number(showing.hall),
                )
            ),
        ],
        spacing=tokens.GAP_SMALL,
    )


def seat_words(seat: Seat, language: Language) -> str:
    """A seat's name."""
    return language.gettext(
        "row {row}, seat {seat}",
        row=language.number(seat.row),
        seat=language.number(seat.number),
    )


def _told(mine: tuple[Seat, ...], showing: Showing, language: Language) -> str:
    if not mine:
        return language.gettext("Choose up to {number} seats.", number=language.number(MOST_SEATS))
    return language.gettext(
        "{seats}. Together {price}.",
        seats=language.listed([seat_words(it, language) for it in mine]),
        price=price_words(showing.price * len(mine), language),
    )


def _hall(
    mine: tuple[Seat, ...],
    taken: frozenset[Seat],
    language: Language,
    press: Callable[[Seat], None],
) -> ft.Control:
    return ft.Container(
        ft.Column(
            [
                ft.Container(
                    height=6,
                    width=260,
                    border_radius=3,
                    gradient=ft.LinearGradient(
                        [ft.Colors.OUTLINE_VARIANT, ft.Colors.PRIMARY, ft.Colors.OUTLINE_VARIANT]
                    ),
                ),
                parts.note(language.gettext("Screen")),
                *(
                    ft.Row(
                        [
                            _seat(
                                Seat(row, number),
                                Seat(row, number) in mine,
                                Seat(row, number) in taken,
                                language,
                                press,
                            )
                            for number in range(1, SEATS_IN_ROW + 1)
                        ],
                        spacing=0,
                        alignment=ft.MainAxisAlignment.CENTER,
                    )
                    for row in range(1, ROWS + 1)
                ),
            ],
            spacing=tokens.GAP_SMALL,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        bgcolor=tokens.QUIET_SURFACE,
        border_radius=tokens.RADIUS,
        padding=ft.Padding.symmetric(horizontal=0, vertical=tokens.GAP_LARGE),
    )


def _seat(
    seat: Seat, mine: bool, taken: bool, language: Language, press: Callable[[Seat], None]
) -> ft.Control:
    say = language.gettext
    name = seat_words(seat, language)
    if taken:
        label, icon, colour = say("{seat}, sold", seat=name), "close", ft.Colors.OUTLINE
    elif mine:
        label, icon, colour = say("{seat}, yours", seat=name), "check_circle", ft.Colors.PRIMARY
    else:
        label, icon, colour = say("{seat}, free", seat=name), "chair_outlined", tokens.TEXT
    identifier = f"seats.{seat.row}.{seat.number}"
    return ft.Semantics(
        content=ft.IconButton(
            icon=ft.Icon(getattr(ft.Icons, icon.upper()), color=colour, semantics_label=label),
            on_click=None if taken else handler(press, seat),
            disabled=taken,
            size_constraints=ft.BoxConstraints(min_width=tokens.TARGET, min_height=tokens.TARGET),
            style=ft.ButtonStyle(side=focus.edge()),
            key=identifier,
        ),
        selected=mine,
        identifier=identifier,
    )


def _legend(language: Language) -> ft.Control:
    say = language.gettext
    return ft.Row(
        [
            ft.Row(
                [parts.icon(icon, color=colour), parts.note(name)],
                spacing=tokens.GAP_SMALL,
                tight=True,
            )
            for icon, colour, name in (
                ("chair_outlined", tokens.TEXT, say("Free")),
                ("check_circle", ft.Colors.PRIMARY, say("Yours")),
                ("close", ft.Colors.OUTLINE, say("Sold")),
            )
        ],
        wrap=True,
        spacing=tokens.GAP_SECTION,
        alignment=ft.MainAxisAlignment.CENTER,
    )
