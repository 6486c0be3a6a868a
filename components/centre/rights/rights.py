"""The rights screen: an overview, and from there one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from .. import pages
from .erasing import erasing, erasing_choices
from .overview import overview
from .places import Erasing, Overview, Place, Reading, Writing
from .reading import reading
from .view import RightsView
from .writing import writing


@dataclass(frozen=True)
class RightsActs:
    """What a person can do here. Rights go by kind, requests by id, clauses by id."""

    choose: Callable[[str], Any]
    write: Callable[[str], Any]
    review: Callable[[], Any]
    send: Callable[[], Any]
    open_request: Callable[[str], Any]
    take_back: Callable[[str], Any]
    look: Callable[[], Any]
    save_text: Callable[[], Any]
    save_data: Callable[[], Any]
    ask_erasure: Callable[[], Any]
    erase: Callable[[], Any]
    centre: Callable[[], Any]
    contact: Callable[[], Any]
    notice: Callable[[], Any]
    read: Callable[[str], Any]
    back: Callable[[], Any]
    close: Callable[[], Any]


@kit_component
def Rights(view: RightsView, place: Place, language: Language, acts: RightsActs) -> ft.Control:
    """The rights screen.

    Args:
        view: The rights and the requests.
        place: Where in the screen the person is.
        language: The interface's language.
        acts: What the person can do.
    """
    say = language.gettext
    match place:
        case Writing():
            title, content = writing(view, place, language, acts)
        case Reading():
            title, content = reading(view, place, language, acts)
        case Erasing():
            title, content = erasing(place, language, acts)
        case Overview():
            title, content = say("Your rights"), overview(view, place, language, acts)
    return ft.Column(
        [
            parts.top_bar(title, say("Close"), acts.close)
            if isinstance(place, Overview)
            else pages.inner_bar(
                title,
                parts.icon_action("arrow_back", say("Back"), acts.back, identifier="rights.back"),
                parts.icon_action("close", say("Close"), acts.close, identifier="page.close"),
            ),
            ft.ListView(
                pages.stacked(content),
                # A list of its own for each place, so that it begins at its top.
                key=f"rights-{_name_of(place)}",
                expand=True,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
            erasing_choices(place, language, acts)
            if isinstance(place, Erasing)
            else ft.Container(),
        ],
        spacing=0,
        expand=True,
    )


def _name_of(place: Place) -> str:
    match place:
        case Writing(kind=kind, stage=stage):
            return f"{kind}-{stage}"
        case Reading(request_id=request_id):
            return request_id
        case Erasing():
            return f"erasing-{place}"
        case _:
            return "overview"
