"""Examples of the city page."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...surface import parts
from ...surface.example import AsWideAsThePage, Example, Setting
from ...surface.viewport import WidthClass
from .. import pieces
from ..listings import Cinema, Coordinates, by_distance
from .city import CityPage

_SOMEWHERE = Coordinates(39.91, 116.4)


def _build(
    *,
    located: bool = False,
    remark: Callable[[Setting], ft.Control] | None = None,
    width: WidthClass = WidthClass.COMPACT,
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        def opened(cinema: Cinema) -> None:
            setting.did(f"cinema {cinema.id}")

        return CityPage(
            setting.language,
            city="beijing",
            nearby=by_distance(_SOMEWHERE)[:3] if located else None,
            remark=None if remark is None else remark(setting),
            width=width,
            on_locate=setting.does("locate"),
            on_city=setting.does("city"),
            on_cinema=opened,
        )

    return build


def _not_used(setting: Setting) -> ft.Control:
    say = setting.language.gettext
    return parts.live(say("Your position is not used. Choose a city below."))


def _notice_first(setting: Setting) -> ft.Control:
    words = setting.language.gettext(
        "You are browsing. To be located, see the privacy notice first; or choose a city below."
    )
    return pieces.notice_card(words, setting.language, setting.does("notice"), "city.notice")


EXAMPLES = (
    Example("by-hand", "The cinemas of a city that was chosen.", _build()),
    Example("located", "The nearest first, after one fix.", _build(located=True)),
    Example("refused", "The position was refused.", _build(remark=_not_used)),
    Example("notice-first", "Locate, while only browsing.", _build(remark=_notice_first)),
    Example(
        "wide",
        "Two columns.",
        lambda it: AsWideAsThePage(lambda width: _build(located=True, width=width)(it)),
        wide=True,
    ),
)
