"""The city page: cinemas of a city chosen by hand, or by distance after one fix."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import flet as ft

from ..answers import Answer
from ..i18n import Language
from ..surface import parts, tokens
from ..surface.runtime import kit_component, use_changes
from . import pieces
from .listings import CITIES, Cinema, Coordinates, by_distance, cinemas_in, words
from .location import LocationSource
from .remarks import Remark, explanation, notice_first, remark_of, system_denies

if TYPE_CHECKING:
    from ..kit import ConsentKit

PURPOSE = "nearby-cinema"
PERMISSION = "location"
GESTURE = "city.locate"
_UNKNOWN: Coordinates | None = None


@kit_component
def City(
    kit: ConsentKit, location: LocationSource, *, on_cinema: Callable[[Cinema], Any]
) -> ft.Control:
    """Cinemas near by, or in a city.

    Args:
        kit: Asked before the position is used.
        location: Gives one fix.
        on_cinema: Called with the cinema that is opened.
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
    return pieces.scrolled(
        [
            parts.heading(say("Cinemas"), 1),
            parts.action(say("Locate"), locate, identifier="city.locate", icon_name="my_location"),
            # Kept in its place, so that what follows is not moved to another's.
            ft.Column(_remark_rows(kit, remark, follow)),
            parts.heading(say("Choose a city"), 2),
            ft.Row(
                [
                    _city_choice(it, city == it and nearby is None, choose, kit.language)
                    for it in CITIES
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
            parts.heading(
                say("Nearest first")
                if nearby is not None
                else say("Cinemas in {city}", city=words(CITIES[city], kit.language.locale)),
                2,
                live=True,
            ),
            *_cinema_rows(nearby, city, kit.language, on_cinema),
        ]
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
            words = say(
                "The system does not allow this app to locate you. You can change that in"
                " the system settings, or choose a city below."
            )
            return [system_denies(kit, words, PERMISSION, "city.system")]
        case Remark.NOT_FOUND:
            return [parts.live(say("No position could be found. Choose a city below."))]


def _city_choice(
    city: str, chosen: bool, choose: Callable[[str], None], language: Language
) -> ft.Control:
    return pieces.chip(
        words(CITIES[city], language.locale),
        chosen,
        choose,
        city,
        identifier=f"city.choose.{city}",
    )


def _cinema_rows(
    place: Coordinates | None,
    city: str,
    language: Language,
    on_cinema: Callable[[Cinema], Any],
) -> list[ft.Control]:
    if place is not None:
        return [
            _cinema(it, language, language.distance(far), on_cinema)
            for it, far in by_distance(place)[:3]
        ]
    return [_cinema(it, language, None, on_cinema) for it in cinemas_in(city)]


def _cinema(
    cinema: Cinema, language: Language, distance: str | None, on_cinema: Callable[[Cinema], Any]
) -> ft.Control:
    where = f"{words(CITIES[cinema.city], language.locale)} · " + words(
        cinema.street, language.locale
    )
    return ft.Container(
        pieces.pressable(
            ft.Row(
                [
                    ft.Container(
                        parts.icon("theaters", color=ft.Colors.ON_SECONDARY_CONTAINER),
                        bgcolor=ft.Colors.SECONDARY_CONTAINER,
                        border_radius=tokens.RADIUS,
                        padding=12,
                    ),
                    ft.Column(
                        [
                            pieces.text(
                                words(cinema.name, language.locale),
                                ft.TextThemeStyle.TITLE_MEDIUM,
                                strong=True,
                            ),
                            parts.note(where),
                            *(
                                []
                                if distance is None
                                else [
                                    pieces.text(
                                        distance,
                                        ft.TextThemeStyle.TITLE_SMALL,
                                        color=tokens.ACCENT,
                                        strong=True,
                                    )
                                ]
                            ),
                        ],
                        spacing=2,
                        expand=True,
                    ),
                    parts.icon("chevron_right", color=tokens.QUIET_TEXT),
                ],
                spacing=tokens.GAP_LARGE,
            ),
            on_cinema,
            cinema,
            identifier=f"city.cinema.{cinema.id}",
            bgcolor=tokens.QUIET_SURFACE,
            padding=tokens.GAP_LARGE,
        ),
        key=cinema.id,
    )
