"""A clause of a document as Flet controls, each block a row of its own.

A list merges the texts of one row into one node for screen readers, so a heading must not share a
row with what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Block, Clause, ListBlock, Paragraph, Run, Table
from ...surface import parts, tokens
from ...surface.direction import in_order, indented, own_side, runs_against
from ...surface.runtime import handler

SENSITIVE_MARK = "◆"
"""Stands before sensitive information, so that it is not marked by weight and colour alone."""

_INDENT = 20


def clause_rows(
    clause: Clause, language: Language, on_link: Callable[[str], Any]
) -> list[ft.Control]:
    """The rows of a clause: its heading and its blocks.

    Args:
        clause: What to draw.
        language: The interface's language, for spoken labels.
        on_link: Called with the clause id of an in-document link.
    """
    return [
        ft.Container(
            parts.heading(
                clause.title,
                min(clause.level, 4),
                key=f"clause-{clause.id}",
                side=own_side(clause.title),
            ),
            padding=ft.Padding.only(
                top=tokens.GAP_SECTION if clause.level == 2 else tokens.GAP_LARGE
            ),
            key=clause.id,
        ),
        *block_rows(clause.blocks, language, on_link),
    ]


def block_rows(
    blocks: Sequence[Block], language: Language, on_link: Callable[[str], Any]
) -> list[ft.Control]:
    """Blocks as rows."""
    return [row for block in blocks for row in _rows(block, language, on_link, 0)]


def spans(
    runs: Sequence[Run], language: Language, on_link: Callable[[str], Any]
) -> list[ft.TextSpan]:
    """Runs as spans of one text."""
    return [_span(run, language, on_link) for run in runs]


def _rows(
    block: Block, language: Language, on_link: Callable[[str], Any], depth: int
) -> list[ft.Control]:
    match block:
        case Paragraph(runs):
            return [_indented(_text(runs, language, on_link), depth, _words(runs))]
        case ListBlock():
            return _list_rows(block, language, on_link, depth)
        case Table():
            return [_table(block, language, on_link)]


def _list_rows(
    block: ListBlock, language: Language, on_link: Callable[[str], Any], depth: int
) -> list[ft.Control]:
    rows: list[ft.Control] = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{language.number(number)}." if block.ordered else "•"
        first, *rest = item or (Paragraph(()),)
        if isinstance(first, Paragraph):
            pieces: list[ft.Control] = [
                ft.Container(parts.body(marker), width=_INDENT + 8),
                ft.Container(_text(first.runs, language, on_link), expand=True),
            ]
            # The marker stands where the item's own lines begin.
            content: ft.Control = ft.Row(
                pieces[::-1] if runs_against(_words(first.runs)) else pieces,
                spacing=0,
                vertical_alignment=ft.CrossAxisAlignment.START,
            )
            rows.append(_indented(content, depth, _words(first.runs)))
        else:
            rest = list(item)
        for part in rest:
            rows.extend(_rows(part, language, on_link, depth + 1))
    return rows


def _text(runs: Sequence[Run], language: Language, on_link: Callable[[str], Any]) -> ft.Control:
    written = _words(runs)
    inside = spans(runs, language, on_link)
    if runs_against(written):
        before, after = in_order(written).split(written)
        inside = [ft.TextSpan(before), *inside, ft.TextSpan(after)]
    return ft.Text(
        spans=inside,
        text_align=own_side(written),
        theme_style=ft.TextThemeStyle.BODY_LARGE,
        style=ft.TextStyle(height=tokens.LINE_HEIGHT),
        color=tokens.TEXT,
    )


def _indented(control: ft.Control, depth: int, text: str) -> ft.Control:
    return ft.Container(control, padding=indented(_INDENT * depth, text))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _table(table: Table, language: Language, on_link: Callable[[str], Any]) -> ft.Control:
    """A table as a list of records: on a phone its columns would be too narrow to read."""
    records: list[ft.Control] = []
    for row in table.rows:
        cells: list[ft.Control] = []
        for head, cell in zip(table.head, row, strict=True):
            label = "".join(run.text for run in head)
            cells.append(
                ft.Column(
                    [parts.note(label), _text(cell, language, on_link)], spacing=0, tight=True
                )
            )
        records.append(parts.card(cells))
    return ft.Column(
        records, spacing=tokens.GAP, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _span(run: Run, language: Language, on_link: Callable[[str], Any]) -> ft.TextSpan:
    strong = run.strong or run.sensitive
    style = ft.TextStyle(
        weight=ft.FontWeight.W_700 if strong else None,
        italic=run.emphasised,
        color=tokens.ALERT if run.sensitive else None,
    )
    if run.href is not None:
        style.color = tokens.ACCENT
        style.decoration = ft.TextDecoration.UNDERLINE
    if run.href is not None and run.href.startswith("#"):
        return ft.TextSpan(run.text, style, on_click=handler(on_link, run.href[1:]))
    if run.href is not None:
        return ft.TextSpan(run.text, style, url=run.href)
    if run.sensitive:
        spoken = language.gettext("sensitive information: {words}", words=run.text)
        return ft.TextSpan(f"{SENSITIVE_MARK}{run.text}", style, semantics_label=spoken)
    return ft.TextSpan(run.text, style)
