"""How the app looks. The kit's screens take the colours over."""

import flet as ft


def dress(page: ft.Page) -> None:
    """Set title and theme."""
    page.title = "Nearby Films"
    page.theme = ft.Theme(color_scheme_seed="#7A3E9D")
    page.padding = 0
