"""The city page with a kit: asked before the position is used."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import flet as ft

from ...answers import Answer
from ...surface import parts
from ...surface.runtime import kit_component, use_changes
from ...surface.viewport import WidthClass
from .. import pieces
from ..listings import Cinema, Coordinates, by_distance
from ..location import LocationSource
from ..remarks import Remark, explanation, remark_of, system_denies
from .city import CityPage

if TYPE_CHECKING:
    from ...kit import ConsentKit

PURPOSE = "nearby-cinema"
PERMISSION = "location"
GESTURE = "city.locate"
_NEAREST = 3
_UNKNOWN: Coordinates | None = None


@kit_component
def City(
    kit: ConsentKit,
    location: LocationSource,
    *,
    width: WidthClass = WidthClass.COMPACT,
    on_cinema: Callable[[Cinema], Any],
) -> ft.Control:
    """Cinemas near by, or in a city.

    Args:
        kit: Asked before the position is used.
        location: Gives one fix.
        width: How much room there is.
        on_cinema: Called with the cinema that is opened.
    """
    use_changes(kit.subscribe)
    city, set_city = ft.use_state("beijing")
    place, set_place = ft.use_state(_UNKNOWN)
    remark, set_remark = ft.use_state(Remark.NONE)

    async def locate() -> None:
        set_remark(Remark.NONE)
        await follow(await kit.ask(PERMISSION, gesture=GESTURE))

    async def follow(answer: Answer) -> None:
        if not answer.granted:
            set_place(None)
            set_remark(remark_of(answer))
            return
        with kit.using(PURPOSE, PERMISSION):
            found = await location.fix()
        set_place(found)
        set_remark(Remark.NOT_FOUND if found is None else Remark.NONE)

    def choose(chosen: str) -> None:
        set_city(chosen)
        set_place(None)
        set_remark(Remark.NONE)

    # A position may be shown only as long as its purpose is permitted.
    nearby = place if kit.permits(PURPOSE) else None
    return CityPage(
        kit.language,
        city=city,
        nearby=None if nearby is None else by_distance(nearby)[:_NEAREST],
        remark=_remark(kit, remark, follow),
        width=width,
        on_locate=locate,
        on_city=choose,
        on_cinema=on_cinema,
    )


def _remark(
    kit: ConsentKit, remark: Remark, follow: Callable[[Answer], Awaitable[None]]
) -> ft.Control | None:
    say = kit.language.gettext
    match remark:
        case Remark.NONE:
            return None
        case Remark.EXPLANATION:
            return explanation(kit, PERMISSION, GESTURE, follow)
        case Remark.NOTICE_FIRST:
            words = say(
                "You are browsing. To be located, see the privacy notice first;"
                " or choose a city below."
            )
            return pieces.notice_card(words, kit.language, kit.show_first_notice, "city.notice")
        case Remark.NOT_USED:
            return parts.live(say("Your position is not used. Choose a city below."))
        case Remark.SYSTEM_DENIES:
            words = say(
                "The system does not allow this app to locate you. You can change that in"
                " the system settings, or choose a city below."
            )
            return system_denies(kit, words, PERMISSION, "city.system")
        case Remark.NOT_FOUND:
            return parts.live(say("No position could be found. Choose a city below."))
