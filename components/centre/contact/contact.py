"""Whom to turn to, without agreeing to anything and without a connection."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.pack import Contact as PackContact
from ...policy.pack import Pack
from ...surface import focus, parts, tokens
from ...surface.runtime import kit_component

_BY_LAW = 15
_NOT_DIALLED = re.compile(r"[^0-9+]")


@dataclass(frozen=True)
class ContactWay:
    """A way to reach the controller.

    Attributes:
        kind: ``phone``, ``post``, ``email`` or ``form``.
        value: As a person reads it.
        use: What it is for.
        address: What opens when it is pressed; None where nothing can be opened.
    """

    kind: str
    value: str
    use: str
    address: str | None


@dataclass(frozen=True)
class ContactView:
    """Who decides about the data and how to reach them.

    Attributes:
        name: The controller's legal name; None where the policy names nobody.
        postal_address: Their address; None where the policy names nobody.
        ways: In the policy's order.
        working_days: The longest an answer may take.
    """

    name: str | None
    postal_address: str | None
    ways: tuple[ContactWay, ...]
    working_days: int


def contact_view(pack: Pack, locale: str) -> ContactView:
    """The contacts that a pack names, in a language."""
    promised = [right.working_days for right in pack.rights.values() if right.working_days > 0]
    days = min(max(promised, default=_BY_LAW), _BY_LAW)
    if pack.controller is None:
        return ContactView(None, None, (), days)
    return ContactView(
        pack.text(pack.controller.name, locale),
        pack.text(pack.controller.address, locale),
        tuple(_way(it, pack, locale) for it in pack.controller.contacts),
        days,
    )


@kit_component
def Contact(view: ContactView, language: Language, *, on_close: Callable[[], Any]) -> ft.Control:
    """Contact and complaint.

    Args:
        view: Whom to turn to.
        language: The interface's language.
        on_close: Called when the person is done.
    """
    say = language.gettext
    return ft.Column(
        [
            parts.top_bar(say("Contact and complaint"), say("Close"), on_close),
            ft.ListView(
                [
                    parts.heading(say("Who is responsible"), 2),
                    *_who(view, language),
                    *(_shown(number, it, language) for number, it in enumerate(view.ways, start=1)),
                    parts.note(
                        language.ngettext(
                            "You get an answer within {number} working day. This needs no"
                            " agreement to anything.",
                            "You get an answer within {number} working days. This needs no"
                            " agreement to anything.",
                            view.working_days,
                        )
                    ),
                    parts.heading(say("If that does not help"), 2),
                    parts.point(
                        "account_balance",
                        say("Complain to the authority"),
                        say(
                            "Anybody may complain to a department that protects personal"
                            " information. It has to deal with the complaint and tell you what"
                            " came of it."
                        ),
                    ),
                    parts.point(
                        "gavel",
                        say("Go to court"),
                        say(
                            "If a request of yours was refused, you can sue in a people’s court"
                            " (Personal Information Protection Law, Article 50)."
                        ),
                    ),
                ],
                expand=True,
                spacing=tokens.GAP_LARGE,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _way(contact: PackContact, pack: Pack, locale: str) -> ContactWay:
    value = pack.text(contact.value, locale)
    address = {
        "phone": f"tel:{_NOT_DIALLED.sub('', value)}",
        "email": f"mailto:{value}",
        "form": value if value.startswith("https://") else None,
    }.get(contact.kind)
    return ContactWay(contact.kind, value, pack.text(contact.use, locale), address)


def _who(view: ContactView, language: Language) -> list[ft.Control]:
    if view.name is None or view.postal_address is None:
        return [
            parts.body(language.gettext("The policy does not name anybody. It has to, by law."))
        ]
    return [parts.body(view.name), parts.note(view.postal_address)]


def _shown(number: int, way: ContactWay, language: Language) -> ft.Control:
    say = language.gettext
    words = {
        "phone": (say("Phone"), say("Call {value}", value=way.value)),
        "post": (say("Post"), ""),
        "email": (say("E-mail"), say("Write to {value}", value=way.value)),
        "form": (say("Form"), say("Open the form")),
    }
    name, opening = words.get(way.kind, (say("Another way"), way.value))
    copy = _pressed(
        say("Copy"),
        ft.CopyToClipboard(way.value),
        f"contact.copy.{number}",
        spoken=say("Copy: {value}", value=way.value),
    )
    return parts.card(
        [
            parts.heading(name, 3),
            parts.note(way.use),
            ft.SelectionArea(content=parts.body(way.value)),
            ft.Row(
                [
                    _pressed(opening, ft.OpenUrl(way.address), f"contact.open.{number}")
                    if way.address is not None
                    else ft.Container(),
                    copy,
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
        ],
        key=f"contact-{number}",
    )


def _pressed(
    label: str, act: ft.ClientAction, identifier: str, *, spoken: str | None = None
) -> ft.Control:
    # The client does it inside the tap: a browser lets nothing else open a call or copy.
    return ft.Semantics(
        content=ft.OutlinedButton(
            content=ft.Text(label, semantics_label=spoken),
            action=act,
            style=ft.ButtonStyle(
                color=tokens.TEXT,
                side=focus.edge(ft.BorderSide(1, tokens.EDGE_LINE)),
                shape=ft.RoundedRectangleBorder(radius=tokens.RADIUS),
                visual_density=ft.VisualDensity.STANDARD,
                padding=ft.Padding.symmetric(horizontal=tokens.GAP_LARGE, vertical=14),
            ),
            key=identifier,
        ),
        identifier=identifier,
    )
