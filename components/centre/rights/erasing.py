"""Erasing the record at the service, at once and for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from .places import Erasing

if TYPE_CHECKING:
    from .rights import RightsActs


def erasing(place: Erasing, language: Language, acts: RightsActs) -> tuple[str, list[ft.Control]]:
    """The title and the controls."""
    say = language.gettext
    title = say("Erase the record")
    if place is Erasing.DONE:
        return title, [
            parts.heading(say("The record at the service was erased."), 2),
            parts.body(say("Your own copy stays on this device, and nothing is sent any more.")),
            parts.action(say("Back to your rights"), acts.back, identifier="erasing.back"),
        ]
    if place is Erasing.UNDER_WAY:
        return title, [parts.live(say("The service is being asked…"))]
    return title, [
        parts.heading(say("Erase the consent record at the service?"), 2),
        parts.body(
            say(
                "The service loses what it knows of your choices, at once and for good. Your own"
                " copy stays on this device."
            )
        ),
        parts.body(
            say(
                "After that, no choice and no request of yours is sent from this device. Requests"
                " that are still open can be followed; new ones need phone or post."
            )
        ),
        parts.announced(
            say("The service could not be reached. Nothing was erased that you know of: try again.")
            if place is Erasing.FAILED
            else ""
        ),
    ]


def erasing_choices(place: Erasing, language: Language, acts: RightsActs) -> ft.Control:
    """Both answers, to stay in sight below the words; nothing where nothing is asked."""
    if place not in (Erasing.ASKED, Erasing.FAILED):
        return ft.Container()
    say = language.gettext
    return ft.Container(
        parts.equal_choices(
            (say("Don’t erase"), acts.back), (say("Erase"), acts.erase), name="erasing"
        ),
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
        border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
    )
