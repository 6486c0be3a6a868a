"""The app as a whole: a bar with the privacy menu, and the cinemas."""

import flet as ft
from mingshi import ConsentKit
from mingshi.surface.runtime import use_changes

from .nearby import Nearby
from .strings import words_for


@ft.component
def App(kit: ConsentKit) -> ft.Control:
    """Draws itself anew when the kit changes, for example its language."""
    use_changes(kit.subscribe)
    words = words_for(kit.language.locale)

    async def policy() -> None:
        await kit.open_policy()  # returns when the person closes it

    async def choices() -> None:
        await kit.open_centre()

    bar = ft.Row(
        [
            ft.Text(words.title, theme_style=ft.TextThemeStyle.TITLE_LARGE, expand=True),
            ft.PopupMenuButton(
                ft.Container(ft.Text(words.menu), padding=16),
                items=[
                    ft.PopupMenuItem(words.policy, on_click=policy),
                    ft.PopupMenuItem(words.choices, on_click=choices),
                ],
            ),
        ]
    )
    return ft.SafeArea(ft.Container(ft.Column([bar, Nearby(kit)]), padding=16))
