"""Examples of the order."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..samples import SEATS, SHOWING
from .checkout import CheckoutPage, Standing


def _build(setting: Setting, standing: Standing, typed: str = "") -> ft.Control:
    return CheckoutPage(
        SHOWING,
        SEATS,
        setting.language,
        standing=standing,
        typed=typed,
        on_back=setting.does("back"),
        on_read=setting.does("read"),
        on_show_notice=setting.does("notice"),
        on_order=setting.does("order"),
    )


EXAMPLES = (
    Example("ready", "A number can be given.", lambda it: _build(it, Standing.READY)),
    Example("filled", "A number is given.", lambda it: _build(it, Standing.READY, "138 0013 8000")),
    Example(
        "notice-first",
        "The base notice is not accepted, so no number is taken.",
        lambda it: _build(it, Standing.NOTICE_FIRST),
    ),
    Example(
        "not-saved",
        "The order could not be written.",
        lambda it: _build(it, Standing.NOT_SAVED, "13800138000"),
    ),
)
