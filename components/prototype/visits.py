"""The screens that are gone to from a main screen, the last of them in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ..surface.runtime import kit_component, use_changes
from ..surface.viewport import WidthClass
from .checkout import CheckoutPage, Standing
from .cinema import CinemaPage
from .film import FilmPage
from .orders import Order, OrdersError
from .phone_number import PhoneNumber
from .seats import SeatsPage
from .settings import SettingsPage
from .tickets import TicketPage, TicketsPage
from .whereabouts import (
    AtCheckout,
    AtCinema,
    AtFilm,
    AtSeats,
    AtSettings,
    AtTicket,
    AtTickets,
    Place,
)

if TYPE_CHECKING:
    from ..kit import ConsentKit
    from .shell import Host

PURPOSE = "ticket-order"


@kit_component
def Visits(
    kit: ConsentKit,
    host: Host,
    way: tuple[Place, ...],
    width: WidthClass,
    go: Callable[[Place], None],
    back: Callable[[], None],
    ordered: Callable[[Place], None],
    films: Callable[[], None],
) -> ft.Control:
    """Every screen on the way, so that going back finds each as it was left.

    Args:
        kit: The consent kit of this session.
        host: What else there is.
        way: Where the person went, the present place last.
        width: How much room there is.
        go: Goes on to a place.
        back: Goes one place back.
        ordered: Called with the ticket's place once an order is placed.
        films: Goes to the films.
    """

    def screen(place: Place) -> ft.Control:
        match place:
            case AtFilm(film):
                return FilmPage(
                    film,
                    kit.language,
                    today=host.today,
                    width=width,
                    on_back=back,
                    on_showing=lambda it: go(AtSeats(it)),
                )
            case AtCinema(cinema):
                return CinemaPage(
                    cinema,
                    kit.language,
                    today=host.today,
                    on_back=back,
                    on_showing=lambda it: go(AtSeats(it)),
                )
            case AtSeats(showing):
                return SeatsPage(
                    showing,
                    kit.language,
                    on_back=back,
                    on_seats=lambda seats: go(AtCheckout(showing, seats)),
                )
            case AtCheckout():
                return Checkout(kit, host, place, back, ordered)
            case AtTickets():
                return Tickets(kit, host, go, back, films)
            case AtTicket():
                return Ticket(kit, host, place, back)
            case AtSettings():
                return Settings(kit, host, width, back)

    return ft.Column(
        [
            ft.Container(
                screen(place),
                visible=depth == len(way) - 1,
                expand=True,
                key=f"way-{depth}-{type(place).__name__}",
            )
            for depth, place in enumerate(way)
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@kit_component
def Checkout(
    kit: ConsentKit,
    host: Host,
    place: AtCheckout,
    back: Callable[[], None],
    ordered: Callable[[Place], None],
) -> ft.Control:
    """The order, with a number taken only while its purpose is permitted."""
    use_changes(kit.subscribe)
    failed, set_failed = ft.use_state(Standing.READY)

    def order(phone: PhoneNumber) -> None:
        try:
            with kit.using(PURPOSE):
                placed = host.orders.place(place.showing, place.seats, phone)
        except OrdersError:
            set_failed(Standing.NOT_SAVED)
            return
        ordered(AtTicket(placed.code, fresh=True))

    return CheckoutPage(
        place.showing,
        place.seats,
        kit.language,
        standing=failed if kit.permits(PURPOSE) else Standing.NOTICE_FIRST,
        on_back=back,
        on_read=kit.open_policy,
        on_show_notice=kit.show_first_notice,
        on_order=order,
    )


@kit_component
def Tickets(
    kit: ConsentKit,
    host: Host,
    go: Callable[[Place], None],
    back: Callable[[], None],
    films: Callable[[], None],
) -> ft.Control:
    """The orders on this device."""
    use_changes(kit.subscribe)
    use_changes(host.orders.subscribe)
    tries, set_tries = ft.use_state(0)
    return TicketsPage(
        _orders(host),
        kit.language,
        on_back=back,
        on_order=lambda code: go(AtTicket(code)),
        on_films=films,
        on_again=lambda: set_tries(tries + 1),
    )


@kit_component
def Ticket(kit: ConsentKit, host: Host, place: AtTicket, back: Callable[[], None]) -> ft.Control:
    """One order as a ticket."""
    use_changes(kit.subscribe)
    order = next((it for it in _orders(host) or () if it.code == place.code), None)
    if order is None:
        return TicketsPage(
            None,
            kit.language,
            on_back=back,
            on_order=lambda _code: None,
            on_films=back,
            on_again=kit.refresh,
        )
    return TicketPage(order, kit.language, fresh=place.fresh, on_back=back)


@kit_component
def Settings(
    kit: ConsentKit, host: Host, width: WidthClass, back: Callable[[], None]
) -> ft.Control:
    """The settings of this session."""
    use_changes(kit.subscribe)
    use_changes(host.preferences.subscribe)

    return SettingsPage(
        kit.language,
        chosen_language=kit.speaking.chosen,
        automatic=kit.speaking.automatic,
        appearance=host.preferences.appearance,
        on_language=kit.speaking.choose,
        on_appearance=host.preferences.choose_appearance,
        on_back=back,
        width=width,
    )


def _orders(host: Host) -> list[Order] | None:
    try:
        return host.orders.all()
    except OrdersError:
        return None
