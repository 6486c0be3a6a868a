"""The history of choices as a timeline: by day, the newest first, in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from .. import pages
from ..words import about
from .view import HistoryDay, HistoryEntry, HistoryView
from .words import act_words, details, named, subject_words

EVERYTHING = "everything"
"""Identifies the choice of no filter."""


@dataclass(frozen=True)
class HistoryActs:
    """What the history lets a person do.

    ``show`` takes the target that alone is to be shown, None for everything; ``keep`` the id of
    an event of which a copy is wanted.
    """

    show: Callable[..., Any]
    earlier: Callable[[], Any]
    keep: Callable[[str], Any]
    close: Callable[[], Any]


@kit_component
def History(view: HistoryView, language: Language, acts: HistoryActs) -> ft.Control:
    """The history.

    Args:
        view: What was chosen, and what of it is shown.
        language: The interface's language.
        acts: What a person can do here.
    """
    choosing, set_choosing = ft.use_state(False)
    say = language.gettext

    def toggle() -> None:
        set_choosing(not choosing)

    def show(target: Any) -> None:
        set_choosing(False)
        acts.show(target)

    return ft.Column(
        [
            parts.top_bar(say("History of your choices"), say("Close"), acts.close),
            ft.ListView(
                pages.stacked(
                    [
                        ft.Column(
                            _filter(view, language, choosing, toggle, show)
                            if view.subjects
                            else [],
                            spacing=tokens.GAP,
                            tight=True,
                            key="filter",
                        ),
                        *([] if view.days else [parts.live(_nothing(view, language))]),
                        *(_day(day, language, acts) for day in view.days),
                        ft.Row(
                            [
                                parts.action(
                                    say("Show earlier choices"),
                                    acts.earlier,
                                    identifier="history.earlier",
                                )
                            ]
                            if view.more
                            else [],
                            wrap=True,
                            key="earlier",
                        ),
                    ]
                ),
                expand=True,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _nothing(view: HistoryView, language: Language) -> str:
    say = language.gettext
    if not view.readable:
        return say("Your record on this device cannot be read now. It is left as it is.")
    if view.about is not None:
        return say("Nothing was decided about this.")
    return say("Nothing recorded yet. Whatever you choose will stand here, and only here at first.")


def _filter(
    view: HistoryView,
    language: Language,
    choosing: bool,
    toggle: Callable[[], None],
    show: Callable[[Any], None],
) -> list[ft.Control]:
    say = language.gettext
    chosen = next(
        (subject_words(it, language) for it in view.subjects if it.target == view.about),
        say("everything"),
    )
    choices: list[ft.Control] = []
    if choosing:
        choices = [
            _choice(say("Everything"), show, None, EVERYTHING, view.about is None),
            *(
                _choice(
                    subject_words(it, language),
                    show,
                    it.target,
                    str(it.target),
                    it.target == view.about,
                )
                for it in view.subjects
            ),
        ]
    return [
        ft.Row(
            [
                parts.disclosure(
                    say("Shown: {what}", what=chosen),
                    toggle,
                    open_now=choosing,
                    identifier="history.filter",
                )
            ],
            wrap=True,
        ),
        ft.Row(choices, wrap=True, spacing=tokens.GAP, run_spacing=tokens.GAP),
    ]


def _choice(
    label: str, show: Callable[[Any], None], target: Any, name: str, chosen: bool
) -> ft.Control:
    return ft.Semantics(
        content=parts.action(
            label,
            show,
            target,
            identifier=f"history.show.{name}",
            icon_name="check" if chosen else None,
        ),
        selected=chosen,
    )


def _day(day: HistoryDay, language: Language, acts: HistoryActs) -> ft.Control:
    return ft.Column(
        [
            parts.heading(language.date(day.day), 2),
            *(_entry(entry, language, acts) for entry in day.entries),
        ],
        spacing=tokens.GAP,
        tight=True,
        key=f"day-{day.day.isoformat()}",
    )


def _entry(entry: HistoryEntry, language: Language, acts: HistoryActs) -> ft.Control:
    say = language.gettext
    done = say(
        "{what}: {act}",
        what=named(entry.kind, entry.what, language),
        act=act_words(entry, language),
    )
    return ft.Container(
        ft.Row(
            [
                ft.Container(
                    ft.Icon(
                        ft.Icons.CHECK_CIRCLE
                        if entry.status.permits
                        else ft.Icons.REMOVE_CIRCLE_OUTLINE,
                        size=20,
                        color=tokens.ACCENT if entry.status.permits else tokens.QUIET_TEXT,
                        apply_text_scaling=True,
                    ),
                    padding=ft.Padding.only(top=2),
                ),
                ft.Column(
                    [
                        parts.heading(done, 3),
                        *(
                            parts.note(line)
                            for line in (
                                # The day stands above it.
                                language.time(entry.occurred_at),
                                *details(entry, language),
                            )
                        ),
                        parts.link(
                            say("Keep a copy"),
                            acts.keep,
                            entry.event_id,
                            identifier=f"copy.{entry.event_id}",
                            spoken=about(
                                say("Keep a copy"),
                                say(
                                    "{first} {second}",
                                    first=done,
                                    second=language.moment(entry.occurred_at),
                                ),
                                language,
                            ),
                        ),
                    ],
                    spacing=0,
                    tight=True,
                    expand=True,
                ),
            ],
            vertical_alignment=ft.CrossAxisAlignment.START,
            spacing=tokens.GAP,
        ),
        padding=ft.Padding.only(top=tokens.GAP),
        border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
        key=entry.event_id,
    )
