"""Examples of the home screen."""

from __future__ import annotations

import flet as ft

from ...surface.example import AsWideAsThePage, Example, Setting
from ...surface.viewport import WidthClass
from .home import Home


def _build(
    setting: Setting, browse_only: bool, width: WidthClass = WidthClass.COMPACT, query: str = ""
) -> ft.Control:
    return Home(
        setting.language,
        browse_only=browse_only,
        width=width,
        query=query,
        on_show_notice=setting.does("notice"),
        on_film=setting.does("film"),
    )


EXAMPLES = (
    Example("films", "The films now showing.", lambda it: _build(it, False)),
    Example("browse-only", "Before the notice is accepted.", lambda it: _build(it, True)),
    Example(
        "nothing-found",
        "A search that finds no film.",
        lambda it: _build(it, True, query="qqq"),
    ),
    Example(
        "wide",
        "Four columns.",
        lambda it: AsWideAsThePage(lambda width: _build(it, False, width)),
        wide=True,
    ),
)
