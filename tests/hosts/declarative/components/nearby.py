"""Cinemas, by name or nearest first. The position is asked for at the tap, and not before."""

import flet as ft
from mingshi import ConsentKit
from mingshi.answers import Answer
from mingshi.consent.gate import Verdict
from mingshi.surface.runtime import use_changes

from .strings import words_for

CINEMAS = {"Drum Tower": 3.4, "Harbour": 7.6, "Bamboo": 1.2}
"""Each with its distance in kilometres from the one place where this app believes to be."""
UNKNOWN: dict[str, float] = {}
NOT_ASKED: Answer | None = None


@ft.component
def Nearby(kit: ConsentKit) -> ft.Control:
    """The list, and the button that sorts it by distance."""
    use_changes(kit.subscribe)
    distances, set_distances = ft.use_state(UNKNOWN)
    answer, set_answer = ft.use_state(NOT_ASKED)
    words = words_for(kit.language.locale)

    async def locate() -> None:
        given = await kit.ask("location", gesture="nearby.locate")  # explains, asks, records
        set_answer(given)
        if given.granted:
            with kit.using("nearby-cinema", "location"):  # raises NotPermitted otherwise
                set_distances(CINEMAS)  # here an app takes its one fix

    async def see_notice() -> None:
        await kit.show_first_notice()
        set_answer(None)

    told: list[ft.Control] = []
    if answer is not None and answer.verdict is Verdict.NOTICE_FIRST:
        see = ft.TextButton(words.see_notice, on_click=see_notice)
        told = [ft.Text(words.notice_first), see]
    elif answer is not None and not answer.granted:
        told = [ft.Text(words.not_used)]
    # What was found may be shown only as long as its purpose is permitted.
    known = distances if kit.permits("nearby-cinema") else UNKNOWN
    names = sorted(CINEMAS, key=lambda name: (known.get(name, 0), name))
    return ft.Column(
        [
            ft.Button(words.nearest, icon=ft.Icons.MY_LOCATION, on_click=locate),
            *told,
            ft.Text(words.nearest if known else words.by_name),
            *(ft.Text(f"{name} · {known[name]} km" if known else name) for name in names),
        ]
    )
