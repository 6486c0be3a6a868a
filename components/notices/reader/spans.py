"""A piece of a text as a span: how it looks, what it does when pressed, how it is spoken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Run
from ...surface import tokens
from ...surface.runtime import handler
from .marking import MarkKind, Piece

SENSITIVE_MARK = "◆"
"""Stands before sensitive information, so that it is not marked by weight and colour alone."""


def piece_span(
    piece: Piece,
    language: Language,
    on_link: Callable[[str], Any],
    on_term: Callable[[str], Any],
) -> ft.TextSpan:
    """One piece as a span; but for the mark of sensitive information its text is the piece's.

    Args:
        piece: What to draw.
        language: The interface's language, for what is spoken.
        on_link: Called with the clause id of an in-document link.
        on_term: Called with the id of a term.
    """
    run = piece.run
    style = _style(piece)
    if run.href is not None and run.href.startswith("#"):
        return ft.TextSpan(run.text, style, on_click=handler(on_link, run.href[1:]))
    if run.href is not None:
        return ft.TextSpan(run.text, style, url=run.href)
    if run.sensitive:
        spoken = language.gettext("sensitive information: {words}", words=run.text)
        return ft.TextSpan(f"{SENSITIVE_MARK}{run.text}", style, semantics_label=spoken)
    if piece.term is not None:
        return ft.TextSpan(
            run.text,
            style,
            on_click=handler(on_term, piece.term.term),
            semantics_label=language.gettext("{words}, explain this word", words=run.text),
        )
    return ft.TextSpan(run.text, style)


def _style(piece: Piece) -> ft.TextStyle | None:
    run = piece.run
    if piece == Piece(Run(run.text)):
        return None
    style = ft.TextStyle(
        weight=ft.FontWeight.W_700 if run.strong or run.sensitive else None,
        italic=run.emphasised,
        color=tokens.ALERT if run.sensitive else None,
    )
    if run.href is not None:
        style.color = tokens.ACCENT
        style.decoration = ft.TextDecoration.UNDERLINE
    elif piece.term is not None:
        style.decoration = ft.TextDecoration.UNDERLINE
        style.decoration_style = ft.TextDecorationStyle.DOTTED
        style.decoration_color = tokens.EDGE_LINE
    if piece.hit is not None:
        # Ground and line together, and a thicker line where the search stands now.
        style.color = tokens.FOUND_TEXT
        style.bgcolor = tokens.FOUND_GROUND
        style.decoration = ft.TextDecoration.UNDERLINE
        style.decoration_style = ft.TextDecorationStyle.SOLID
        style.decoration_color = None
        if piece.hit.kind is MarkKind.CURRENT:
            style.weight = ft.FontWeight.W_700
            style.decoration_style = ft.TextDecorationStyle.DOUBLE
    return style
