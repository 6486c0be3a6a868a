"""What runs in the visitor's browser: the prototype, with its record on the visitor's own disk."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import flet as ft

from ...kit import ConsentKit
from ...surface.runtime import on_page
from ..session import Settings, before_main, load_settings, prototype

KEPT = Path("/kept")
"""The folder that lies on the disk; ``kept_files.js`` puts it there before Python begins."""

REASON_VARIABLE = "MINGSHI_NOT_KEPT"
"""Environment variable that says why nothing can be kept there; empty where it can."""

OPEN_ELSEWHERE = "open-elsewhere"
"""The reason that another window has the folder: only one at a time may write."""


@cache
def settings(endpoint: str | None) -> Settings:
    """How the prototype is set up; read while the client still loads, and once.

    Args:
        endpoint: Address of the consent endpoint, as the site was built with; None for none.
    """
    return load_settings(KEPT, endpoint)


def run(endpoint: str | None) -> None:
    """Run the prototype.

    Args:
        endpoint: See :func:`settings`.
    """

    async def main(page: ft.Page) -> None:
        kits: list[ConsentKit] = []
        await prototype(replace(settings(endpoint), opened=kits.append))(page)
        if reason := os.environ.get(REASON_VARIABLE):
            say_that_nothing_is_kept(kits[0], reason)

    ft.run(main, before_main=before_main)


def say_that_nothing_is_kept(kit: ConsentKit, reason: str) -> None:
    """Tell at once why no choice will be saved, and what helps.

    Args:
        kit: The kit of the page.
        reason: What :data:`REASON_VARIABLE` holds.
    """
    say = kit.language.gettext
    words = (
        say(
            "This page is open in another window, which holds your record. Nothing can be saved"
            " here. Close the other window, then load this page again."
        )
        if reason == OPEN_ELSEWHERE
        else say(
            "This browser gives the page no storage, so nothing can be saved here. A private"
            " window or an old browser may be the reason."
        )
    )
    with on_page(kit.page):
        kit.page.show_dialog(ft.SnackBar(ft.Text(words), persist=True, show_close_icon=True))
