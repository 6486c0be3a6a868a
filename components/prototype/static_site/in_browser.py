"""What runs in the visitor's browser: the prototype, with its record on the visitor's own disk."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import flet as ft

from ..session import Settings, before_main, begin, load_settings
from ..shell import Shell
from .not_kept import Reason, tell_not_kept

KEPT = Path("/kept")
"""The folder that lies on the disk; ``kept_files.js`` puts it there before Python begins."""

REASON_VARIABLE = "MINGSHI_NOT_KEPT"
"""Environment variable that says why nothing can be kept there, as a :class:`Reason`; empty where
it can."""


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
        visit = await begin(page, settings(endpoint))
        page.render(Shell, visit.kit, visit.host)

        async def start() -> None:
            if reason := os.environ.get(REASON_VARIABLE):
                await tell_not_kept(page, Reason(reason), visit.kit.language)
            await visit.kit.start()

        page.run_task(start)

    ft.run(main, before_main=before_main)
