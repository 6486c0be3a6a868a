"""A list of the policy on the screen: searched, narrowed, each entry to its clause, exported."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.exporting.lists import ListFormat, PackList
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from ...surface.runtime import kit_component
from .. import pages
from ..receipts.keeping import saving_words
from .entries import entry_card
from .view import ListFilter, ListView

WIDE = 560
"""From this width on, in logical pixels, what an entry is stands beside what is done with it."""


@dataclass(frozen=True)
class PackListScreenActs:
    """What a person can do: read a clause, visit an address outside, save the list, close."""

    read: Callable[[str], Any]
    visit: Callable[[str], Any]
    save: Callable[[ListFormat], Awaitable[Saving]]
    close: Callable[[], Any]


_NOT_YET: Saving | None = None


@kit_component
def PackListScreen(view: ListView, language: Language, acts: PackListScreenActs) -> ft.Control:
    """A list of the policy.

    Args:
        view: The list.
        language: The interface's language.
        acts: What a person can do here.
    """
    query, set_query = ft.use_state("")
    filter_, set_filter = ft.use_state(ListFilter.EVERYTHING)
    saving, set_saving = ft.use_state(_NOT_YET)
    wide, set_wide = ft.use_state(False)
    say = language.gettext
    found = view.found(query, filter_)

    async def save(form: ListFormat) -> None:
        set_saving(None)
        set_saving(await acts.save(form))

    def show_everything() -> None:
        set_query("")
        set_filter(ListFilter.EVERYTHING)

    def typed(event: ft.Event[ft.TextField]) -> None:
        set_query(event.control.value or "")

    def measured(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        set_wide(event.width >= WIDE)

    return ft.Column(
        [
            parts.top_bar(title_words(view.which, language), say("Close"), acts.close),
            ft.Container(
                ft.ListView(
                    pages.stacked(
                        [
                            parts.note(_about(view.which, language)),
                            *_language_note(view, language),
                            ft.TextField(
                                color=tokens.TEXT,
                                value=query,
                                label=say("Search this list"),
                                prefix_icon=ft.Icons.SEARCH,
                                on_change=typed,
                                border=ft.OutlineInputBorder(border_radius=tokens.RADIUS),
                                key="list.search",
                            ),
                            ft.Row(
                                [
                                    _filter(it, it is filter_, set_filter, language)
                                    for it in view.filters
                                ],
                                wrap=True,
                                spacing=tokens.GAP,
                                run_spacing=tokens.GAP,
                                key="filters",
                            ),
                            ft.Semantics(
                                content=parts.announced(_count(view, len(found), language)),
                                identifier="list.count",
                            ),
                            ft.Column(
                                [] if found else [_nothing(language, show_everything)],
                                tight=True,
                                key="nothing-found",
                            ),
                            *(entry_card(entry, language, acts, wide=wide) for entry in found),
                            _export(saving, language, save),
                        ]
                    ),
                    expand=True,
                    padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
                ),
                expand=True,
                on_size_change=measured,
            ),
        ],
        spacing=0,
        expand=True,
    )


def title_words(which: PackList, language: Language) -> str:
    """What a list is called."""
    say = language.gettext
    return {
        PackList.COLLECTED: say("What is collected"),
        PackList.SHARED: say("What is shared, and with whom"),
        PackList.SDKS: say("SDK directory"),
    }[which]


def _about(which: PackList, language: Language) -> str:
    say = language.gettext
    return {
        PackList.COLLECTED: say(
            "Every kind of personal information, where it is used, what for, and how long it is"
            " kept."
        ),
        PackList.SHARED: say("Everyone who gets personal information: which, what for, and how."),
        PackList.SDKS: say(
            "Software of others inside this app: what it gets, when, and which permissions it may"
            " use."
        ),
    }[which]


def _language_note(view: ListView, language: Language) -> list[ft.Control]:
    say = language.gettext
    return [
        ft.Container()
        if view.written_in is None
        else parts.note(
            say(
                "There is no translation of this policy yet. It is in {language}.",
                language=view.written_in,
            )
        )
    ]


def _filter(
    filter_: ListFilter, chosen: bool, choose: Callable[[ListFilter], Any], language: Language
) -> ft.Control:
    say = language.gettext
    words = {
        ListFilter.EVERYTHING: say("Everything"),
        ListFilter.SENSITIVE: say("Sensitive only"),
        ListFilter.PROCESSOR: say("On our behalf"),
        ListFilter.HANDLER: say("On their own account"),
        ListFilter.JOINT: say("Together with us"),
        ListFilter.INCOMPLETE: say("Something not said"),
    }[filter_]
    return ft.Semantics(
        content=parts.action(
            words,
            choose,
            filter_,
            identifier=f"list.filter.{filter_.value}",
            icon_name="check" if chosen else None,
        ),
        selected=chosen,
    )


def _count(view: ListView, found: int, language: Language) -> str:
    total = len(view.entries)
    if found == total:
        return language.ngettext("{number} entry", "{number} entries", total)
    return language.ngettext(
        "{number} of {total} entries",
        "{number} of {total} entries",
        found,
        total=language.number(total),
    )


def _nothing(language: Language, show_everything: Callable[[], None]) -> ft.Control:
    say = language.gettext
    return ft.Column(
        [
            parts.heading(say("Nothing found"), 2),
            parts.body(say("Try another word, or show the whole list.")),
            ft.Row(
                [
                    parts.action(
                        say("Show the whole list"), show_everything, identifier="list.everything"
                    )
                ],
                wrap=True,
            ),
        ],
        spacing=tokens.GAP,
        tight=True,
    )


def _export(
    saving: Saving | None, language: Language, save: Callable[[ListFormat], Awaitable[None]]
) -> ft.Control:
    say = language.gettext
    return ft.Column(
        [
            parts.heading(say("Take the whole list with you"), 2),
            ft.Row(
                [
                    parts.action(
                        say("Save as table (CSV)"),
                        save,
                        ListFormat.CSV,
                        identifier="list.save.csv",
                    ),
                    parts.action(
                        say("Save as data (JSON)"),
                        save,
                        ListFormat.JSON,
                        identifier="list.save.json",
                    ),
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
            parts.announced(saving_words(saving, language)),
        ],
        spacing=tokens.GAP,
        tight=True,
        key="export",
    )
