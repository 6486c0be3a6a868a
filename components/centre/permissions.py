"""The system's permissions in the centre: what the system last said, and what is never asked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import flet as ft

from ..consent.status import ConsentStatus
from ..i18n import Language
from ..policy.pack import RequestMode
from ..surface import parts, tokens
from .rows import below_words, clause_link
from .view import CentreView, PermissionRow

if TYPE_CHECKING:
    from .centre import CentreActs

NEVER = "never-asked"
"""Name of the fold that holds what the app never asks for."""


def permission_section(
    view: CentreView,
    language: Language,
    acts: CentreActs,
    fold: Callable[[str], None],
    unfolded: Collection[str],
    said: str,
) -> list[ft.Control]:
    """Permissions of the system, with the way to its settings."""
    say = language.gettext
    open_now = NEVER in unfolded
    return [
        ft.Column(
            [
                parts.heading(say("Permissions of the system"), 2),
                parts.note(
                    say(
                        "These are kept by your device. Withdrawing above stops the app from using"
                        " them; to take the permission itself away, use the system’s settings."
                    )
                ),
                *(_row(row, language, acts) for row in view.permissions),
                ft.Row(
                    [
                        parts.action(
                            say("Open the system’s settings"),
                            acts.system_settings,
                            identifier="centre.settings",
                        )
                    ],
                    wrap=True,
                ),
                parts.announced(said),
                *([_never_asked(view, language, fold, open_now)] if view.never_asked else []),
                *(_row(row, language, acts) for row in (view.never_asked if open_now else ())),
            ],
            spacing=tokens.GAP_SMALL,
            tight=True,
            # Else a row, and the line below it, would be as wide as the row's own words.
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            key="group-permissions",
        )
    ]


def _never_asked(
    view: CentreView, language: Language, fold: Callable[[str], None], open_now: bool
) -> ft.Control:
    """Shows and hides what is never asked for."""
    return ft.Row(
        [
            parts.disclosure(
                language.gettext("Show less")
                if open_now
                else language.ngettext(
                    "What this app never asks for: {number}",
                    "What this app never asks for: {number}",
                    len(view.never_asked),
                ),
                fold,
                NEVER,
                open_now=open_now,
                identifier="centre.never-asked",
            )
        ],
        wrap=True,
    )


def permission_words(row: PermissionRow, language: Language) -> str:
    """What the system last said about a permission, or how it comes."""
    say = language.gettext
    match row.mode:
        case RequestMode.NEVER:
            return say("Never asked for")
        case RequestMode.INSTALL_TIME:
            return say("Comes with the installation; the system asks nothing")
        case RequestMode.PICKER:
            return say("You hand over what you pick; no permission is held")
        case _:
            pass
    return {
        ConsentStatus.GIVEN: say("Allowed in the system"),
        ConsentStatus.REFUSED: say("Not allowed in the system"),
        ConsentStatus.REVOKED: say("Turned off in the system’s settings"),
    }.get(row.status, say("Never asked so far"))


def _row(row: PermissionRow, language: Language, acts: CentreActs) -> ft.Control:
    return ft.Container(
        ft.Column(
            [
                parts.heading(row.what, 3),
                ft.Semantics(
                    content=ft.Text(
                        permission_words(row, language),
                        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                        color=tokens.TEXT,
                    ),
                    live_region=True,
                    identifier=f"permission.{row.permission_id}",
                ),
                parts.note(row.why),
                *clause_link(
                    row.clause, row.what, f"permission.{row.permission_id}", language, acts.read
                ),
            ],
            spacing=0,
            tight=True,
            margin=below_words(row.clause),
        ),
        padding=ft.Padding.symmetric(vertical=tokens.GAP),
        border=ft.Border.only(bottom=ft.BorderSide(1, tokens.LINE)),
        key=f"permission-{row.permission_id}",
    )
