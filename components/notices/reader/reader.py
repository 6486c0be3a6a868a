"""The reader: a document in a window of clauses, its contents, and jumps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Document
from ...policy.pack import PolicyVersion
from ...surface import parts, tokens
from ...surface.direction import indented
from ...surface.runtime import kit_component
from .blocks import SENSITIVE_MARK, block_rows, clause_rows
from .window import Window

_NEAR_THE_END = 1200
"""So many pixels before the end of what is drawn, more is drawn."""


@kit_component
def PolicyReader(
    document: Document,
    version: PolicyVersion,
    language: Language,
    *,
    prevailing: str | None,
    on_close: Callable[[], Any],
    clause: str | None = None,
) -> ft.Control:
    """The full text of a policy.

    Args:
        document: What to read.
        version: For its dates; nothing is said of them unless it has both.
        language: The interface's language.
        prevailing: The name of the language the text is in, when it could not be had in the
            interface's language; None when it could.
        on_close: Called when the person has read enough.
        clause: Id of the clause to begin at; None for the beginning.
    """
    clauses = tuple(document.clauses())
    positions = {it.id: index for index, it in enumerate(clauses)}
    window, set_window = ft.use_state(Window.at(len(clauses), positions.get(clause or "", 0)))
    shows_contents, set_shows_contents = ft.use_state(False)
    say = language.gettext

    def jump(clause_id: str) -> None:
        set_shows_contents(False)
        set_window(lambda it: it.jumped(positions[clause_id]))

    def scrolled(event: ft.OnScrollEvent) -> None:
        left = (event.max_scroll_extent or 0) - (event.pixels or 0)
        if left < _NEAR_THE_END and window.has_later:
            set_window(lambda it: it.grown() if it == window else it)

    rows: list[ft.Control] = []
    if window.has_earlier:
        rows.append(
            parts.link(
                say("Show what comes before"),
                lambda: set_window(lambda it: it.earlier()),
                identifier="reader.earlier",
            )
        )
    else:
        rows += _opening(document, version, language, prevailing, jump)
    for it in clauses[window.start : window.end]:
        rows += clause_rows(it, language, jump)
    if window.has_later:
        # Growing by scrolling needs a wheel or a finger; this is for keyboard and switch users.
        rows.append(
            parts.link(
                say("Show more"),
                lambda: set_window(lambda it: it.grown()),
                identifier="reader.later",
            )
        )
    return ft.Column(
        [
            parts.top_bar(
                document.title,
                say("Close"),
                on_close,
                parts.icon_action(
                    "toc",
                    say("Contents"),
                    lambda: set_shows_contents(not shows_contents),
                    identifier="reader.contents",
                ),
            ),
            _contents(document, language, jump)
            if shows_contents
            else ft.ListView(
                rows,
                key=f"window-{window.jump}",
                expand=True,
                spacing=tokens.GAP,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
                on_scroll=scrolled,
                scroll_interval=100,
            ),
        ],
        spacing=0,
        expand=True,
    )


def _opening(
    document: Document,
    version: PolicyVersion,
    language: Language,
    prevailing: str | None,
    jump: Callable[[str], Any],
) -> list[ft.Control]:
    """What stands before the first clause: dates, which language prevails, the preamble."""
    say = language.gettext
    opening: list[ft.Control] = []
    if prevailing is not None:
        opening.append(
            parts.note(
                say(
                    "There is no translation of this policy yet. It is in {language}.",
                    language=prevailing,
                )
            )
        )
    if version.published is not None and version.effective is not None:
        opening.append(
            parts.note(
                say(
                    "Published {published}, in effect since {effective}",
                    published=language.date(version.published),
                    effective=language.date(version.effective),
                )
            )
        )
    opening.append(
        parts.note(say("{mark} marks sensitive personal information", mark=SENSITIVE_MARK))
    )
    return opening + block_rows(document.preamble, language, jump)


def _contents(document: Document, language: Language, jump: Callable[[str], Any]) -> ft.Control:
    """Every clause's heading, to jump to."""
    return ft.Container(
        # Not a list: a list would keep what is out of sight from screen readers.
        ft.Column(
            [
                parts.heading(language.gettext("Contents"), 2),
                *(
                    ft.Container(
                        parts.link(it.title, jump, it.id, identifier=f"reader.to.{it.id}"),
                        # Links stand at the side of the screen's own lines.
                        padding=indented(tokens.GAP_LARGE * (it.level - 2))
                        if it.level > 2
                        else None,
                    )
                    for it in document.clauses()
                ),
            ],
            spacing=0,
            scroll=ft.ScrollMode.AUTO,
        ),
        expand=True,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
        key="contents",
    )
