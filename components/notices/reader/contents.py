"""Every clause's heading, to jump to; the one that is being read is marked.

Of a very long document they come a few hundred at a time: thousands would take seconds to lay out,
and as long again to leave.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Document
from ...surface import parts, tokens
from ...surface.direction import at_start, indented
from ...surface.runtime import kit_component

SHOWN = 100
"""So many headings come at a time, more than a policy of a usual length has."""


@kit_component
def Contents(
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
    clauses = document.reading_order
    here = document.position(reading) if reading else 0
    first, set_first = ft.use_state(max(0, min(here - SHOWN // 2, len(clauses) - SHOWN)))
    behind, set_behind = ft.use_state(first + SHOWN)

    def earlier() -> None:
        set_first(lambda it: max(0, it - SHOWN))

    def later() -> None:
        set_behind(lambda it: it + SHOWN)

    return ft.Container(
        # Not a list: a list would keep what is out of sight from screen readers.
        ft.Column(
            [
                parts.heading(say("Contents"), 2),
                _entry("", 2, say("From the beginning"), language, jump, is_here=not reading),
                *(
                    [
                        parts.quiet_button(
                            say("Show what comes before"),
                            earlier,
                            identifier="reader.contents.earlier",
                        )
                    ]
                    if first > 0
                    else []
                ),
                *(
                    _entry(it.id, it.level, it.title, language, jump, is_here=it.id == reading)
                    for it in clauses[first:behind]
                ),
                *(
                    [
                        parts.quiet_button(
                            say("Show more"), later, identifier="reader.contents.later"
                        )
                    ]
                    if behind < len(clauses)
                    else []
                ),
            ],
            spacing=0,
            scroll=ft.ScrollMode.AUTO,
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
    button = parts.quiet_button(
        language.gettext("→ {title} (you are here)", title=title) if is_here else title,
        jump,
        id_,
        identifier=f"reader.to.{id_}" if id_ else "reader.to-beginning",
    )
    if level <= 2 and not is_here:
        return button
    return ft.Container(
        button,
        padding=indented(tokens.GAP_LARGE * (level - 2)) if level > 2 else None,
        # With an alignment it is as wide as the page, which its ground is to be.
        alignment=at_start() if is_here else None,
        bgcolor=tokens.QUIET_SURFACE if is_here else None,
        border_radius=tokens.RADIUS if is_here else None,
    )
