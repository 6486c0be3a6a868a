"""The changes of a policy as a column: it scrolls with whatever it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.diff import (
    ClauseChange,
    DocumentDiff,
    Mark,
    PackDiff,
    PieceChange,
    WordRun,
    WordRuns,
)
from ...policy.diff.words import Change
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from .spans import change_spans
from .words import SHOWN_ENTRIES, entry_in_words, marks_in_words

_AT_FIRST = 12
"""So many changed clauses are drawn at first, and added at each wish for more."""


@kit_component
def PolicyChanges(
    diff: DocumentDiff | PackDiff,
    language: Language,
    *,
    on_read: Callable[[str], Any],
) -> ft.Control:
    """What changed from one version to another.

    It takes the width it is given and the height it needs, and does not scroll by itself.

    Args:
        diff: What changed. Of a pack, also what changed in purposes, data, recipients,
            permissions and rights; the full text is told in the interface's language, or in the
            prevailing one where the pack lacks it.
        language: The interface's language.
        on_read: Called with the id of a clause that the person wants to read as it is now.
    """
    shown, set_shown = ft.use_state(_AT_FIRST)
    say = language.gettext
    document = _document(diff, language)
    changed = [it for it in document.clauses if set(it.marks) - {Mark.KEPT, Mark.REIDENTIFIED}]
    preamble = [it for it in document.preamble if it.marks != (Mark.KEPT,)]
    entries = _entries(diff, language)
    if not changed and not preamble and not entries:
        return ft.Column([parts.body(say("Nothing changed in the text."))], tight=True)
    rows: list[ft.Control] = []
    if entries:
        rows.append(parts.heading(say("What this means for your data"), 2))
        rows += [_entry(it) for it in entries]
    if changed or preamble:
        count = len(changed) + bool(preamble)
        rows.append(
            parts.heading(
                language.ngettext("{number} clause changed", "{number} clauses changed", count), 2
            )
        )
        rows.append(_legend(language))
    if preamble:
        rows.append(_card(say("Before the first clause"), "", preamble, language, None))
    rows += [_clause(it, language, on_read) for it in changed[:shown]]
    if len(changed) > shown:
        rows.append(
            parts.link(
                say("Show more changes"),
                lambda: set_shown(lambda it: it + _AT_FIRST),
                identifier="changes.more",
            )
        )
    return ft.Column(
        rows,
        spacing=tokens.GAP_LARGE,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _document(diff: DocumentDiff | PackDiff, language: Language) -> DocumentDiff:
    if isinstance(diff, DocumentDiff):
        return diff
    return diff.documents.get(language.locale) or diff.documents[diff.prevailing]


def _entries(diff: DocumentDiff | PackDiff, language: Language) -> list[str]:
    """What changed beside the full text, each thing once."""
    if isinstance(diff, DocumentDiff):
        return []
    locale = language.locale if language.locale in diff.documents else diff.prevailing
    told = (entry_in_words(it, language, locale) for it in diff.entries if it.kind in SHOWN_ENTRIES)
    return list(dict.fromkeys(told))


def _entry(words: str) -> ft.Control:
    return ft.Row(
        [
            ft.Container(parts.body("•"), width=tokens.GAP_LARGE),
            ft.Container(parts.body(words), expand=True),
        ],
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _legend(language: Language) -> ft.Control:
    say = language.gettext
    runs: WordRuns = (
        WordRun(Change.INSERTED, say("words that are new")),
        WordRun(Change.KEPT, " · "),
        WordRun(Change.DELETED, say("words that are gone")),
    )
    return ft.Text(
        spans=change_spans(runs, language),
        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
        style=ft.TextStyle(height=tokens.LINE_HEIGHT),
        color=tokens.QUIET_TEXT,
    )


def _clause(change: ClauseChange, language: Language, on_read: Callable[[str], Any]) -> ft.Control:
    # Every line of a clause that only moved is as it was; its heading says enough.
    lines = [it for it in change.pieces if it.marks != (Mark.KEPT,)]
    link = None
    if change.new is not None:
        link = parts.link(
            language.gettext("Clause: {title}", title=change.new.title),
            on_read,
            change.new.id,
            identifier=f"changes.read.{change.new.id}",
        )
    title = change.title if Mark.RETITLED in change.marks else change.clause.title
    return _card(title, marks_in_words(change.marks, language), lines, language, link)


def _card(
    title: WordRuns | str,
    what: str,
    lines: list[PieceChange],
    language: Language,
    link: ft.Control | None,
) -> ft.Control:
    heading = (
        parts.heading(title, 3)
        if isinstance(title, str)
        else parts.spanned_heading(change_spans(title, language), 3)
    )
    return parts.card(
        [
            heading,
            *([parts.note(what)] if what else []),
            *(_words(it.words, language, ft.TextThemeStyle.BODY_LARGE) for it in lines if it.words),
            *([link] if link is not None else []),
        ]
    )


def _words(runs: WordRuns, language: Language, style: ft.TextThemeStyle) -> ft.Control:
    return ft.Text(
        spans=change_spans(runs, language),
        theme_style=style,
        style=ft.TextStyle(height=tokens.LINE_HEIGHT),
        color=tokens.TEXT,
    )
