"""Every clause's heading, to jump to; the one that is being read is marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Document
from ...surface import parts, tokens
from ...surface.direction import indented


def contents(
    document: Document, language: Language, reading: str, jump: Callable[[str], Any]
) -> ft.Control:
    """The contents.

    Args:
        document: Whose contents.
        language: The interface's language.
        reading: Id of the clause that is being read; empty at the beginning.
        jump: Called with the id of the clause to go to; empty for the beginning.
    """
    say = language.gettext
    entries = [("", 2, say("From the beginning"))]
    entries += [(it.id, it.level, it.title) for it in document.clauses()]
    return ft.Container(
        # Not a list: a list would keep what is out of sight from screen readers.
        ft.Column(
            [
                parts.heading(say("Contents"), 2),
                *(
                    _entry(id_, level, title, language, jump, is_here=id_ == reading)
                    for id_, level, title in entries
                ),
            ],
            spacing=0,
            scroll=ft.ScrollMode.AUTO,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        expand=True,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
        key="contents",
    )


def _entry(
    id_: str,
    level: int,
    title: str,
    language: Language,
    jump: Callable[[str], Any],
    *,
    is_here: bool,
) -> ft.Control:
    link = parts.link(
        language.gettext("→ {title} (you are here)", title=title) if is_here else title,
        jump,
        id_,
        identifier=f"reader.to.{id_}" if id_ else "reader.to-beginning",
    )
    return ft.Container(
        link,
        padding=indented(tokens.GAP_LARGE * (level - 2)) if level > 2 else None,
        bgcolor=tokens.QUIET_SURFACE if is_here else None,
        border_radius=tokens.RADIUS if is_here else None,
    )
