"""The order: what is bought, the phone number it takes, and a payment that is a simulation."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.current import use_current
from ...surface.runtime import handler, kit_component
from .. import pieces
from ..film.times import price_words
from ..phone_number import Flaw, PhoneNumber, Wrong, read_phone_number
from ..seats.seats import seat_words, showing_words
from ..showings import Seat, Showing

CLAUSE = "ticket-order"
"""The clause of the policy that says what an order's phone number is used for."""

_NOTHING_WRONG: Wrong | None = None


class Standing(StrEnum):
    """``READY``: the number can be given. ``NOTICE_FIRST``: the base notice is not accepted, so
    none is taken. ``NOT_SAVED``: the order could not be written and does not exist."""

    READY = "ready"
    NOTICE_FIRST = "notice-first"
    NOT_SAVED = "not-saved"


@kit_component
def CheckoutPage(
    showing: Showing,
    seats: tuple[Seat, ...],
    language: Language,
    *,
    standing: Standing,
    typed: str = "",
    on_back: Callable[[], Any],
    on_read: Callable[[str], Any],
    on_show_notice: Callable[[], Any],
    on_order: Callable[[PhoneNumber], Any],
) -> ft.Control:
    """The last step before a ticket.

    Args:
        showing: What is bought.
        seats: Which seats.
        language: The interface's language.
        standing: Whether a number may be given.
        typed: The number that the field begins with.
        on_back: Called to go back.
        on_read: Called with a clause of the policy to read.
        on_show_notice: Called to show the base notice.
        on_order: Called with the number when the order is placed.
    """
    number = use_current(typed)
    wrong, set_wrong = ft.use_state(_NOTHING_WRONG)
    say = language.gettext

    def change(event: ft.Event[ft.TextField]) -> None:
        number.set(event.control.value)
        # What was wrong is taken back as soon as it is mended, never put up while typing.
        if wrong is not None and isinstance(read_phone_number(event.control.value), PhoneNumber):
            set_wrong(None)

    async def order() -> None:
        read = read_phone_number(number.value)
        if isinstance(read, Wrong):
            set_wrong(read)
            return
        set_wrong(None)
        answer = on_order(read)
        if answer is not None:
            await answer

    ready = standing is not Standing.NOTICE_FIRST
    return pieces.screen(
        say("Order"),
        [
            _summary(showing, seats, language),
            parts.heading(say("Mobile number"), 2),
            _number_field(number.value, wrong, language, change, order)
            if ready
            else pieces.notice_card(
                say(
                    "You are browsing, so no number is taken. An order comes after the privacy"
                    " notice; nothing beyond it is asked."
                ),
                language,
                on_show_notice,
                "order.notice",
            ),
            parts.note(
                say(
                    "Used to make this order and its e-ticket, and for nothing else. Agreeing to"
                    " anything optional is not needed."
                )
            ),
            parts.link(say("Read the clause"), on_read, CLAUSE, identifier="order.clause"),
            _payment(language),
            parts.live(
                say("This could not be saved on your device. No order was placed; try again.")
                if standing is Standing.NOT_SAVED
                else ""
            ),
            pieces.main_action(
                say(
                    "Order for {price} (simulated)",
                    price=price_words(showing.price * len(seats), language),
                ),
                order,
                identifier="order.place",
            )
            if ready
            else ft.Container(),
        ],
        language,
        on_back=on_back,
    )


def flaw_words(wrong: Wrong, language: Language) -> str:
    """What is wrong with a number, and how it would be right."""
    say = language.gettext
    match wrong.flaw:
        case Flaw.EMPTY:
            return say("Enter your mobile number.")
        case Flaw.NOT_DIGITS:
            return say("A mobile number has digits only.")
        case Flaw.LENGTH:
            return language.ngettext(
                "A mobile number has 11 digits; this has {number}.",
                "A mobile number has 11 digits; this has {number}.",
                wrong.digits,
            )
        case Flaw.START:
            return say("A mainland mobile number starts with 13 to 19.")


def _summary(showing: Showing, seats: tuple[Seat, ...], language: Language) -> ft.Control:
    return parts.card(
        [
            showing_words(showing, language),
            pieces.text(
                language.listed([seat_words(it, language) for it in seats]),
                ft.TextThemeStyle.BODY_LARGE,
            ),
            pieces.text(
                price_words(showing.price * len(seats), language),
                ft.TextThemeStyle.TITLE_LARGE,
                color=tokens.ACCENT,
                strong=True,
            ),
        ]
    )


def _number_field(
    number: str,
    wrong: Wrong | None,
    language: Language,
    change: Callable[[ft.Event[ft.TextField]], None],
    order: Callable[[], Any],
) -> ft.Control:
    return ft.Semantics(
        content=ft.TextField(
            color=tokens.TEXT,
            value=number,
            # A label has one line and no more: the rest of it, in large letters, would be cut.
            label=language.gettext("Mobile number"),
            helper=pieces.text(
                language.gettext("Numbers of mainland China only"),
                ft.TextThemeStyle.BODY_MEDIUM,
                color=tokens.QUIET_TEXT,
            ),
            keyboard_type=ft.KeyboardType.PHONE,
            autofill_hints=ft.AutofillHint.TELEPHONE_NUMBER,
            prefix_icon=ft.Icons.PHONE_IPHONE,
            border=ft.OutlineInputBorder(border_radius=tokens.RADIUS),
            error=None if wrong is None else _error(flaw_words(wrong, language)),
            on_change=change,
            on_submit=handler(order),
            key="order.phone",
        ),
        identifier="order.phone",
    )


def _error(words: str) -> ft.Control:
    return ft.Semantics(
        content=pieces.text(words, ft.TextThemeStyle.BODY_MEDIUM, color=tokens.ALERT),
        live_region=True,
    )


def _payment(language: Language) -> ft.Control:
    say = language.gettext
    return ft.Container(
        parts.point(
            "science",
            say("Simulated payment"),
            say("This is a demonstration: no money moves and no payment service is called."),
        ),
        border=ft.Border.all(1, tokens.EDGE_LINE),
        border_radius=tokens.RADIUS,
        padding=tokens.GAP_LARGE,
    )
