"""A passage of a document as Flet controls, each block a row of its own.

A list merges the texts of one row into one node for screen readers, so a heading must not share a
row with what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Block, ListBlock, Paragraph, Run, Table
from ...policy.texts import GlossaryTerm
from ...surface import parts, tokens
from ...surface.direction import in_order, indented, own_side, runs_against
from .marking import Mark, MarkKind, cut
from .passages import Passage
from .spans import piece_span

_INDENT = 20


@dataclass(frozen=True)
class Drawing:
    """What a passage is drawn with.

    Attributes:
        language: The interface's language, for spoken labels.
        on_link: Called with the clause id of an in-document link.
        marks: The marks of each text by its position in the passage.
        terms: The explained terms by id.
        open_term: The text's position and the term's id of the explanation that is open.
        on_term: Called with both when a term is pressed.
    """

    language: Language
    on_link: Callable[[str], Any]
    marks: Mapping[int, Sequence[Mark]]
    terms: Mapping[str, GlossaryTerm]
    open_term: tuple[int, str] | None
    on_term: Callable[[int, str], Any]


def heading(passage: Passage, drawing: Drawing) -> ft.Control:
    """The heading of a clause."""
    clause = passage.clause
    assert clause is not None  # noqa: S101 - only clauses have a heading
    level = min(clause.level, 4)
    marks = drawing.marks.get(0, ())
    if not marks:
        return parts.heading(
            clause.title, level, key=f"clause-{clause.id}", side=own_side(clause.title)
        )
    return parts.spanned_heading(
        [
            piece_span(it, drawing.language, drawing.on_link, _no_term)
            for it in cut((Run(clause.title),), marks)
        ],
        level,
        key=f"clause-{clause.id}",
    )


def block_rows(blocks: Sequence[Block], drawing: Drawing) -> Iterator[ft.Control]:
    """Blocks as rows, each made when it is asked for."""
    numbers = count(1)
    for block in blocks:
        yield from _rows(block, drawing, numbers, 0)


def _rows(
    block: Block, drawing: Drawing, numbers: Iterator[int], depth: int
) -> Iterator[ft.Control]:
    match block:
        case Paragraph(runs):
            yield _indented(_text(runs, drawing, next(numbers)), depth, _words(runs))
        case ListBlock():
            yield from _list_rows(block, drawing, numbers, depth)
        case Table():
            yield from _records(block, drawing, numbers)


def _list_rows(
    block: ListBlock, drawing: Drawing, numbers: Iterator[int], depth: int
) -> Iterator[ft.Control]:
    for number, item in enumerate(block.items, block.start):
        marker = f"{drawing.language.number(number)}." if block.ordered else "•"
        first, *rest = item or (Paragraph(()),)
        if isinstance(first, Paragraph):
            sign = parts.body(marker)
            sign.width = _INDENT + 8
            pieces = [sign, _text(first.runs, drawing, next(numbers), expand=True)]
            # The marker stands where the item's own lines begin.
            content = ft.Row(
                pieces[::-1] if runs_against(_words(first.runs)) else pieces,
                spacing=0,
                vertical_alignment=ft.CrossAxisAlignment.START,
            )
            yield _indented(content, depth, _words(first.runs))
        else:
            rest = list(item)
        for part in rest:
            yield from _rows(part, drawing, numbers, depth + 1)


def _records(table: Table, drawing: Drawing, numbers: Iterator[int]) -> Iterator[ft.Control]:
    """A table as records, a row each: on a phone its columns would be too narrow to read."""
    heads = [(runs, next(numbers)) for runs in table.head]
    for row in table.rows or ((),):
        cells: list[ft.Control] = []
        for position, (head, number) in enumerate(heads):
            label = _plain(head, drawing, number)
            if not row:
                cells.append(label)
                continue
            cells.append(
                ft.Column(
                    [label, _text(row[position], drawing, next(numbers))], spacing=0, tight=True
                )
            )
        yield parts.card(cells)


def _plain(runs: Sequence[Run], drawing: Drawing, number: int) -> ft.Control:
    """A label over a cell."""
    marks = drawing.marks.get(number, ())
    hits = [it for it in marks if it.kind is not MarkKind.TERM]
    if not hits:
        return parts.note("".join(run.text for run in runs))
    label = parts.note("")
    label.spans = [
        piece_span(it, drawing.language, drawing.on_link, _no_term) for it in cut(runs, hits)
    ]
    return label


def _text(
    runs: Sequence[Run], drawing: Drawing, number: int, *, expand: bool = False
) -> ft.Control:
    marks = drawing.marks.get(number, ())
    written = _words(runs)
    text = parts.body("" if marks or not _is_plain(runs) else written)
    text.text_align = own_side(written)
    if not text.value:
        text.spans = _spans(runs, marks, written, drawing, number)
    terms = [it.term for it in marks if it.kind is MarkKind.TERM]
    if not terms:
        text.expand = expand or None
        return text
    is_open = drawing.open_term is not None and drawing.open_term[0] == number
    # The place under the text is always there, so that opening it moves nothing else.
    return ft.Column(
        [text, _explanation(drawing) if is_open else ft.Container()],
        spacing=0,
        tight=True,
        expand=expand or None,
    )


def _is_plain(runs: Sequence[Run]) -> bool:
    """Whether a text is nothing but words: most are, and need no spans."""
    return all(run == Run(run.text) for run in runs)


def _spans(
    runs: Sequence[Run], marks: Sequence[Mark], written: str, drawing: Drawing, number: int
) -> list[ft.TextSpan]:
    spans = [
        piece_span(
            piece, drawing.language, drawing.on_link, lambda id_: drawing.on_term(number, id_)
        )
        for piece in cut(runs, marks)
    ]
    if runs_against(written):
        before, after = in_order(written).split(written)
        return [ft.TextSpan(before), *spans, ft.TextSpan(after)]
    return spans


def _explanation(drawing: Drawing) -> ft.Control:
    """What the pressed term means, right under the text that has it."""
    assert drawing.open_term is not None  # noqa: S101 - it is drawn for an open term only
    number, term_id = drawing.open_term
    term = drawing.terms[term_id]
    say = drawing.language.gettext
    return ft.Container(
        ft.Column(
            [
                ft.Semantics(
                    content=ft.Column(
                        [
                            ft.Text(
                                term.name,
                                theme_style=ft.TextThemeStyle.TITLE_SMALL,
                                weight=ft.FontWeight.W_600,
                                color=tokens.TEXT,
                            ),
                            parts.note(term.explanation),
                        ],
                        spacing=tokens.GAP_SMALL,
                        tight=True,
                    ),
                    container=True,
                    live_region=True,
                ),
                ft.Row(
                    [
                        *(
                            [
                                parts.link(
                                    say("Read more in the policy"),
                                    drawing.on_link,
                                    term.clauses[0],
                                    identifier=f"reader.term.more.{term.id}",
                                )
                            ]
                            if term.clauses
                            else []
                        ),
                        parts.link(
                            say("Close the explanation"),
                            drawing.on_term,
                            number,
                            term_id,
                            identifier=f"reader.term.close.{term.id}",
                        ),
                    ],
                    wrap=True,
                    spacing=tokens.GAP_SECTION,
                    run_spacing=0,
                ),
            ],
            spacing=0,
            tight=True,
        ),
        padding=ft.Padding.only(top=tokens.GAP, bottom=0),
        margin=ft.Margin.only(top=tokens.GAP),
        border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
        key="reader.explanation",
    )


def _no_term(_id: str) -> None:
    """Headings and labels explain nothing."""


def _indented(control: ft.Control, depth: int, text: str) -> ft.Control:
    if depth == 0:
        return control
    return ft.Container(control, padding=indented(_INDENT * depth, text))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
