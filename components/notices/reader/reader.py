"""The reader: a document in a window of passages, with contents, search, jumps and copies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.diff import diff_documents
from ...policy.document import Document
from ...policy.pack import PolicyVersion
from ...policy.texts import GlossaryTerm
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from ...surface.runtime import handler, kit_component
from ...surface.text_size import TextSize, font_family, text_theme
from ...surface.viewport import page_here
from ...surface.watching import is_watched, watcher_of
from ..changes import PolicyChanges
from .clause_actions import ClauseActions
from .contents import Contents
from .more import CopyForm, more
from .page import Page, PageState
from .passages import Passage, Passages, row_of
from .search_bar import search_bar
from .searching import Hit, search
from .terms import first_place
from .watched import Position
from .window import Place, Window

_NEAR_THE_END = 1200
"""So many pixels before the end of what is drawn, more is drawn."""
_LANDED_SECONDS = 0.04
"""How long a jump has the client for itself before more is drawn."""


class View(StrEnum):
    """What the reader shows: the text, or one of the pages about it."""

    TEXT = "text"
    CONTENTS = "contents"
    CHANGES = "changes"
    MORE = "more"


@kit_component
def PolicyReader(
    document: Document,
    version: PolicyVersion,
    language: Language,
    *,
    prevailing: str | None,
    on_close: Callable[[], Any],
    clause: str | None = None,
    glossary: tuple[GlossaryTerm, ...] = (),
    previous: Document | None = None,
    address: str | None = None,
    shares: bool = False,
    text_size: TextSize = TextSize.STANDARD,
    view: View = View.TEXT,
    searched: str | None = None,
    explained: str | None = None,
    acting: bool = False,
    on_text_size: Callable[[TextSize], Any] | None = None,
    on_reading: Callable[[str], Any] | None = None,
    on_explain: Callable[[str], Any] | None = None,
    on_copy: Callable[[CopyForm], Any] | None = None,
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
        glossary: Words that are explained in place.
        previous: The text of the version before; None if there is none.
        address: What a clause's address begins with; None if it has none.
        shares: Whether the device has a sheet to share with.
        text_size: How large the text is at first.
        view: What is shown at first.
        searched: What is looked for at first; None if nothing is.
        explained: Id of the term that is explained at first, where the clause at which it begins
            has it first; None if none is.
        acting: Whether the actions of that clause are open at first.
        on_text_size: Called with another size.
        on_reading: Called with the id of the clause that is read now, empty at the beginning.
        on_explain: Called with the id of a clause that a human is to explain.
        on_copy: Called with the form of a copy to keep; answers how it ended.
    """
    passages = ft.use_memo(lambda: Passages(document), [id(document)])
    begin = ft.use_memo(lambda: _begin(passages, clause), [])
    first_hit = ft.use_memo(lambda: _first_hit(passages, begin, searched), [])
    window, set_window = ft.use_state(
        ft.use_memo(lambda: _first_window(passages, begin, searched), [])
    )
    shown, set_shown = ft.use_state(view)
    words, set_words = ft.use_state(searched)
    at_hit, set_at_hit = ft.use_state(first_hit)
    size, set_size = ft.use_state(text_size)
    saving, set_saving = ft.use_state(_no_saving())
    open_term, set_open_term = ft.use_state(
        first_place(passages[window.passages[0]], glossary, explained)
    )
    open_actions, set_open_actions = ft.use_state((clause or "") if acting else "")
    copied, set_copied = ft.use_state("")
    reading = ft.use_ref(passages[window.passages[0]].id)
    hits = ft.use_memo(lambda: search(passages, words or ""), [id(document), words])
    position = ft.use_memo(_position, [])
    current = hits[at_hit % len(hits)] if hits and at_hit is not None else None

    async def fill() -> None:
        if window != window.filled():
            await asyncio.sleep(_LANDED_SECONDS)
            set_window(Window.filled)

    ft.use_effect(handler(fill), [window.jump], cleanup=lambda: None)

    def read(clause_id: str) -> None:
        if reading.current != clause_id:
            reading.current = clause_id
            if on_reading is not None:
                on_reading(clause_id)

    def jump(clause_id: str) -> None:
        set_shown(View.TEXT)
        set_window(lambda it: it.jumped(Place(passages.position(clause_id), 0)))
        read(clause_id)

    def show(wanted: View) -> None:
        if wanted is View.TEXT or shown is wanted:
            # The list is a new one after another page stood in its place.
            jump(str(reading.current))
        else:
            set_shown(wanted)

    def step(by: int) -> None:
        if not hits:
            return
        at = _from_here(hits, window.passages[0]) if at_hit is None else at_hit + by
        hit = hits[at % len(hits)]
        passage = passages[hit.passage]
        place = _place_before(hit, passages)
        set_at_hit(at % len(hits))
        set_shown(View.TEXT)
        set_window(lambda it: it.jumped(place))
        read(passage.id)

    def look_for(typed: str | None) -> None:
        set_words(typed)
        set_at_hit(None)

    def scrolled(event: ft.OnScrollEvent) -> None:
        pixels, extent = event.pixels or 0, event.max_scroll_extent or 0
        height = extent + (event.viewport_dimension or 0)
        if height:
            read(passages[window.passage_at(max(0.0, pixels / height))].id)
        if extent - pixels < _NEAR_THE_END and window.has_later:
            set_window(lambda it: it.grown() if it == window else it)

    def explain_term(passage: str, text: int, term: str) -> None:
        place = (passage, text, term)
        set_open_term(lambda it: None if it == place else place)

    def toggle_actions(clause_id: str) -> None:
        set_copied("")
        set_open_actions(lambda it: "" if it == clause_id else clause_id)

    async def resize(wanted: TextSize) -> None:
        set_size(wanted)
        if on_text_size is not None:
            await handler(on_text_size, wanted)()

    async def keep_copy(form: CopyForm) -> None:
        if on_copy is not None:
            set_saving(await on_copy(form))

    def to_more() -> None:
        set_saving(None)
        show(View.MORE)

    say = language.gettext
    match shown:
        case View.CONTENTS:
            main = Contents(document, language, str(reading.current), jump)
        case View.MORE:
            main = more(
                language,
                size=size,
                on_size=resize,
                on_changes=None if previous is None else lambda: show(View.CHANGES),
                on_copy=None if on_copy is None else keep_copy,
                saving=saving,
            )
        case View.CHANGES if previous is not None:
            main = _changes(previous, document, language, jump)
        case _:
            main = Page(
                document,
                version,
                language,
                passages,
                PageState(
                    prevailing=prevailing,
                    window=window,
                    glossary=glossary,
                    hits=hits,
                    current=current,
                    open_term=open_term,
                    open_actions=open_actions,
                    copied=copied,
                ),
                ClauseActions(address, shares, on_explain),
                on_jump=jump,
                on_window=set_window,
                on_scroll=scrolled,
                on_term=explain_term,
                on_actions=toggle_actions,
                on_copied=set_copied,
                position=position,
            )
    if position is not None and shown is not View.TEXT:
        position.hidden()
    # Standard is the host's own: only what the person chose overrides it.
    chosen = (
        None
        if size is TextSize.STANDARD
        else ft.Theme(text_theme=text_theme(size, font_family(page_here())))
    )
    return ft.Container(
        ft.Column(
            [
                parts.reading_bar(
                    document.title,
                    say("Close"),
                    on_close,
                    parts.icon_action(
                        "search",
                        say("Search this policy"),
                        lambda: look_for("" if words is None else None),
                        identifier="reader.search.open",
                    ),
                    parts.icon_action(
                        "toc",
                        say("Contents"),
                        show,
                        View.CONTENTS,
                        identifier="reader.contents",
                    ),
                    parts.icon_action("more_vert", say("More"), to_more, identifier="reader.more"),
                ),
                ft.Container()
                if words is None
                else search_bar(
                    language,
                    words=words,
                    count=len(hits),
                    position=None if current is None else hits.index(current),
                    on_words=look_for,
                    on_next=lambda: step(1),
                    on_previous=lambda: step(-1),
                    on_close=lambda: look_for(None),
                ),
                main,
            ],
            spacing=0,
            expand=True,
        ),
        # In the dark, Flet takes the second of them, and none if there is none.
        theme=chosen,
        dark_theme=chosen,
        expand=True,
    )


def _changes(
    previous: Document, document: Document, language: Language, jump: Callable[[str], Any]
) -> ft.Control:
    return ft.Container(
        ft.Column(
            [PolicyChanges(diff_documents(previous, document), language, on_read=jump)],
            scroll=ft.ScrollMode.AUTO,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        expand=True,
        padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
        key="changes",
    )


def _begin(passages: Passages, clause: str | None) -> int:
    """Where a clause is; the beginning where the document has none of that name."""
    try:
        return passages.position(clause or "")
    except KeyError:
        return 0


def _from_here(hits: Sequence[Hit], passage: int) -> int:
    """The first hit in a passage or behind it; the first of all if there is none."""
    return next((at for at, hit in enumerate(hits) if hit.passage >= passage), 0)


def _place_before(hit: Hit, passages: Sequence[Passage]) -> Place:
    """Where the window begins for a hit: one row before it, so that it is met in its context."""
    return Place(hit.passage, max(0, row_of(passages[hit.passage], hit.text) - 1))


def _first_hit(passages: Sequence[Passage], begin: int, searched: str | None) -> int | None:
    """The hit at which a reader that was opened with a search stands; None without one."""
    hits = search(passages, searched or "")
    return _from_here(hits, begin) if hits else None


def _first_window(passages: Sequence[Passage], begin: int, searched: str | None) -> Window:
    at = _first_hit(passages, begin, searched)
    if at is None:
        return Window.at(passages, Place(begin, 0))
    return Window.at(passages, _place_before(search(passages, searched or "")[at], passages))


def _position() -> Position | None:
    """Where the text lies, if somebody looks on."""
    page = page_here()
    return Position(watcher_of(page)) if page is not None and is_watched(page) else None


def _no_saving() -> Saving | None:
    return None
