"""The page of text itself: the window's passages as rows of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Clause, Document
from ...policy.pack import PolicyVersion
from ...policy.texts import GlossaryTerm
from ...surface import parts, tokens
from .blocks import Drawing, block_rows, heading
from .clause_actions import ClauseActions, clause_heading, copied_text, opened_actions
from .passages import Passage, Passages
from .searching import Hit
from .spans import SENSITIVE_MARK
from .terms import marks_of
from .watched import Group, Position, watched_list
from .window import Window


@dataclass(frozen=True)
class PageState:
    """What the page shows of the text.

    Attributes:
        prevailing: The language the text is in, if it is not the interface's.
        window: Which passages.
        glossary: Words that are explained in place.
        hits: What the search found.
        current: Where the search stands.
        open_term: Passage, text and term of the explanation that is open.
        open_actions: Id of the clause whose actions are open; empty if none are.
        copied: Id of the clause that was copied last.
    """

    prevailing: str | None
    window: Window
    glossary: tuple[GlossaryTerm, ...]
    hits: tuple[Hit, ...]
    current: Hit | None
    open_term: tuple[str, int, str] | None
    open_actions: str
    copied: str


def Page(
    document: Document,
    version: PolicyVersion,
    language: Language,
    passages: Passages,
    state: PageState,
    actions: ClauseActions,
    *,
    on_jump: Callable[[str], Any],
    on_window: Callable[[Callable[[Window], Window]], Any],
    on_scroll: Callable[[ft.OnScrollEvent], Any],
    on_term: Callable[[str, int, str], Any],
    on_actions: Callable[[str], Any],
    on_copied: Callable[[str], Any],
    position: Position | None = None,
) -> ft.Control:
    """The list of rows; its key changes with each jump, so that it stands at its top."""
    say = language.gettext
    window = state.window
    dated = _dated(version, language)
    groups: list[Group] = []
    if window.has_earlier:
        earlier = parts.link(
            say("Show what comes before"),
            lambda: on_window(lambda it: it.earlier()),
            identifier="reader.earlier",
        )
        groups.append((None, [earlier]))
    for index in window.passages:
        passage = passages[index]
        drawing = _drawing(passage, index, language, state, on_jump, on_term)
        drawn = window.rows(index)
        rows: list[ft.Control] = []
        if passage.clause is not None:
            # Also where the window begins further down: whoever lands there has to know where.
            rows.append(
                _heading_row(
                    heading(passage, drawing),
                    passage.clause,
                    copied=partial(copied_text, document, passage.clause, actions.address, dated),
                    language=language,
                    state=state,
                    actions=actions,
                    on_actions=on_actions,
                    on_copied=on_copied,
                )
            )
        elif not window.has_earlier:
            rows += _opening(document, dated, language, state.prevailing)
        rows += islice(
            block_rows(passage.blocks, drawing),
            max(0, drawn.start - 1),
            max(0, drawn.stop - 1),
        )
        groups.append((passage.id or None, rows))
    if len(passages) == 1 and not passages[0].blocks:
        groups.append((None, [parts.body(say("There is no text in this policy yet."))]))
    if window.has_later:
        # Growing by scrolling needs a wheel or a finger; this is for keyboard and switch users.
        later = parts.link(
            say("Show more"), lambda: on_window(lambda it: it.grown()), identifier="reader.later"
        )
        groups.append((None, [later]))
    if position is not None:
        return watched_list(groups, position, key=f"window-{window.jump}", on_scroll=on_scroll)
    return ft.ListView(
        [row for _, rows in groups for row in rows],
        key=f"window-{window.jump}",
        expand=True,
        spacing=tokens.GAP,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
        on_scroll=on_scroll,
        scroll_interval=100,
    )


def _heading_row(
    title: ft.Control,
    clause: Clause,
    *,
    copied: Callable[[], str],
    language: Language,
    state: PageState,
    actions: ClauseActions,
    on_actions: Callable[[str], Any],
    on_copied: Callable[[str], Any],
) -> ft.Control:
    opened = None
    if state.open_actions == clause.id:
        opened = opened_actions(
            copied(),
            clause,
            actions,
            language,
            was_copied=state.copied == clause.id,
            on_copied=partial(on_copied, clause.id),
        )
    return clause_heading(
        title,
        clause,
        language,
        top=tokens.GAP_LARGE if clause.level == 2 else tokens.GAP,
        on_toggle=on_actions,
        opened=opened,
    )


def _drawing(
    passage: Passage,
    index: int,
    language: Language,
    state: PageState,
    on_jump: Callable[[str], Any],
    on_term: Callable[[str, int, str], Any],
) -> Drawing:
    hits = [hit for hit in state.hits if hit.passage == index]
    is_open = state.open_term is not None and state.open_term[0] == passage.id
    return Drawing(
        language=language,
        on_link=on_jump,
        marks=marks_of(passage, state.glossary, hits, state.current),
        terms={it.id: it for it in state.glossary},
        open_term=state.open_term[1:] if state.open_term is not None and is_open else None,
        on_term=partial(on_term, passage.id),
    )


def _opening(
    document: Document, dated: str, language: Language, prevailing: str | None
) -> list[ft.Control]:
    """What stands before everything: which language prevails, dates, what the sign means."""
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
    if dated:
        opening.append(parts.note(dated))
    if _has_sensitive(document):
        opening.append(
            parts.note(say("{mark} marks sensitive personal information", mark=SENSITIVE_MARK))
        )
    return opening


def _has_sensitive(document: Document) -> bool:
    """Whether there is anything in it at all; a sign that stands nowhere needs no word."""
    return bool(document.preamble) or bool(document.sections)


def _dated(version: PolicyVersion, language: Language) -> str:
    if version.published is None or version.effective is None:
        return ""
    return language.gettext(
        "Published {published}, in effect since {effective}",
        published=language.date(version.published),
        effective=language.date(version.effective),
    )
