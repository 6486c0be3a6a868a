"""How the app looks. The kit's screens take the colours over."""

import flet as ft

from .strings import TITLE


def dress(page: ft.Page) -> None:
    """Set title and theme."""
    page.title = TITLE
    page.theme = ft.Theme(color_scheme_seed="#B3502B")
    page.dark_theme = ft.Theme(color_scheme_seed="#E0A458")
