"""Words with what became of them, as spans: by sign and by style, never by colour alone."""

from __future__ import annotations

import flet as ft

from ...i18n import Language
from ...policy.diff import Change, WordRuns
from ...surface import tokens

INSERTED_SIGN = "+"
REMOVED_SIGN = "−"
"""Stand before words that are new, and before those that are gone."""


def change_spans(runs: WordRuns, language: Language) -> list[ft.TextSpan]:
    """Words as spans of one text; without the signs, the spans hold exactly the words."""
    return [_span(run.change, run.text.replace("\t", " | "), language) for run in runs]


def _span(change: Change, words: str, language: Language) -> ft.TextSpan:
    say = language.gettext
    match change:
        case Change.INSERTED:
            return ft.TextSpan(
                f"{INSERTED_SIGN}{words}",
                ft.TextStyle(
                    decoration=ft.TextDecoration.UNDERLINE,
                    weight=ft.FontWeight.W_600,
                    color=tokens.CHANGED_TEXT,
                    bgcolor=tokens.CHANGED_GROUND,
                ),
                semantics_label=say("added: {words}", words=words),
            )
        case Change.DELETED:
            return ft.TextSpan(
                f"{REMOVED_SIGN}{words}",
                ft.TextStyle(
                    decoration=ft.TextDecoration.LINE_THROUGH,
                    color=tokens.QUIET_TEXT,
                ),
                semantics_label=say("removed: {words}", words=words),
            )
        case _:
            return ft.TextSpan(words)
