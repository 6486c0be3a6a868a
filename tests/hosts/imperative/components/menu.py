"""The bar with the ways to the policy and to the choices."""

import flet as ft
from mingshi import ConsentKit

from . import strings


def privacy_menu(kit: ConsentKit) -> ft.AppBar:
    """An app bar; ``open_policy`` and ``open_centre`` return when the person closes them."""

    async def policy() -> None:
        await kit.open_policy()

    async def choices() -> None:
        await kit.open_centre()

    return ft.AppBar(
        title=ft.Text(strings.TITLE),
        actions=[
            ft.TextButton(strings.POLICY, on_click=policy),
            ft.TextButton(strings.CHOICES, on_click=choices),
        ],
    )
