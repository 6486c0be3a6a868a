"""The city page: cinemas of a city chosen by hand, or by distance after one fix."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import flet as ft

from ..answers import Answer
from ..i18n import Language
from ..surface import parts, tokens
from ..surface.runtime import kit_component, use_changes
from .listings import CITIES, Cinema, Coordinates, by_distance, cinemas_in, words
from .location import LocationSource
from .remarks import Remark, explanation, notice_first, remark_of

if TYPE_CHECKING:
    from ..kit import ConsentKit

PURPOSE = "nearby-cinema"
PERMISSION = "location"
GESTURE = "city.locate"
_UNKNOWN: Coordinates | None = None


@kit_component
def City(kit: ConsentKit, location: LocationSource) -> ft.Control:
    """Cinemas near by, or in a city.

    Args:
        kit: Asked before the position is used.
        location: Gives one fix.
    """
    use_changes(kit.subscribe)
    city, set_city = ft.use_state("beijing")
    place, set_place = ft.use_state(_UNKNOWN)
    remark, set_remark = ft.use_state(Remark.NONE)
    say = kit.language.gettext

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
    return ft.ListView(
        [
            parts.heading(say("Cinemas"), 1),
            parts.action(say("Locate"), locate, identifier="city.locate", icon_name="my_location"),
            *_remark_rows(kit, remark, follow),
            parts.heading(say("Choose a city"), 2),
            ft.Row(
                [
                    _city_choice(it, city == it and nearby is None, choose, kit.language)
                    for it in CITIES
                ],
                wrap=True,
                spacing=tokens.GAP,
            ),
            parts.heading(
                say("Nearest first")
                if nearby is not None
                else say("Cinemas in {city}", city=words(CITIES[city], kit.language.locale)),
                2,
            ),
            *_cinema_rows(nearby, city, kit.language),
        ],
        expand=True,
        spacing=tokens.GAP_LARGE,
        padding=tokens.EDGE,
    )


def _remark_rows(
    kit: ConsentKit, remark: Remark, follow: Callable[[Answer], Awaitable[None]]
) -> list[ft.Control]:
    say = kit.language.gettext
    match remark:
        case Remark.NONE:
            return []
        case Remark.EXPLANATION:
            return [explanation(kit, PERMISSION, GESTURE, follow)]
        case Remark.NOTICE_FIRST:
            words = say(
                "You are browsing. To be located, see the privacy notice first;"
                " or choose a city below."
            )
            return [notice_first(kit, words, "city.notice")]
        case Remark.NOT_USED:
            return [parts.live(say("Your position is not used. Choose a city below."))]
        case Remark.SYSTEM_DENIES:
            return [
                parts.live(
                    say(
                        "The system does not allow this app to locate you. You can change that in"
                        " the system settings, or choose a city below."
                    )
                )
            ]
        case Remark.NOT_FOUND:
            return [parts.live(say("No position could be found. Choose a city below."))]


def _city_choice(
    city: str, chosen: bool, choose: Callable[[str], None], language: Language
) -> ft.Control:
    name = words(CITIES[city], language.locale)
    return parts.action(
        f"✓ {name}" if chosen else name,
        choose,
        city,
        identifier=f"city.choose.{city}",
    )


def _cinema_rows(place: Coordinates | None, city: str, language: Language) -> list[ft.Control]:
    if place is not None:
        return [_cinema(it, language, language.distance(far)) for it, far in by_distance(place)[:3]]
    return [_cinema(it, language, None) for it in cinemas_in(city)]


def _cinema(cinema: Cinema, language: Language, distance: str | None) -> ft.Control:
    city = words(CITIES[cinema.city], language.locale)
    return ft.Row(
        [
            parts.icon("theaters"),
            ft.Column(
                [
                    parts.heading(words(cinema.name, language.locale), 3),
                    parts.note(city if distance is None else f"{city} · {distance}"),
                ],
                spacing=tokens.GAP_SMALL,
                expand=True,
            ),
        ],
        spacing=tokens.GAP_LARGE,
        key=cinema.id,
    )
