"""Making a request: say what is wanted, look at it once more, send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ..rows import fact
from .overview import answered_within, due_row
from .places import Stage, Writing
from .view import LONGEST_MESSAGE, RightRow, RightsView

if TYPE_CHECKING:
    from .rights import RightsActs


def writing(
    view: RightsView, place: Writing, language: Language, acts: RightsActs
) -> tuple[str, list[ft.Control]]:
    """The title and the controls of a request that is being made."""
    row = view.right(place.kind)
    if row is None:
        say = language.gettext
        return say("Your rights"), [
            parts.heading(say("There is no such right here."), 2),
            parts.action(
                say("Back to your rights"), acts.back, identifier="rights.back-from-nothing"
            ),
        ]
    if place.stage is Stage.WRITING:
        return row.name, _form(view, row, place, language, acts)
    return row.name, _review(view, row, place, language, acts)


def _form(
    view: RightsView, row: RightRow, place: Writing, language: Language, acts: RightsActs
) -> list[ft.Control]:
    say = language.gettext
    left = LONGEST_MESSAGE - len(place.message.strip())
    return [
        parts.body(row.description),
        *(_closure(view, language) if row.kind == "close-account" else []),
        due_row(answered_within(row, language)),
        parts.link(
            say("Clause: {title}", title=row.clause_title),
            acts.read,
            row.clause,
            identifier=f"right-clause.{row.kind}",
        )
        if row.clause is not None and row.clause_title is not None
        else ft.Container(),
        _about(view, place, language),
        parts.heading(say("Anything to add? You need not write anything."), 2),
        ft.Semantics(
            content=ft.TextField(
                color=tokens.TEXT,
                value=place.message,
                label=say("Message (optional)"),
                multiline=True,
                min_lines=3,
                max_lines=8,
                on_change=lambda event: acts.write(str(event.control.value or "")),
                key="rights.message",
            ),
            identifier="rights.message",
        ),
        ft.Semantics(
            content=ft.Text(
                language.ngettext("{number} character left", "{number} characters left", left)
                if left >= 0
                else language.ngettext(
                    "{number} character too many: shorten it to send it",
                    "{number} characters too many: shorten it to send it",
                    -left,
                ),
                theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                color=tokens.QUIET_TEXT if left >= 0 else tokens.ALERT,
            ),
            # Spoken when it matters, not at every letter.
            live_region=left < 0 or None,
            identifier="rights.message-left",
        ),
        parts.note(
            say(
                "Write no more about yourself than is needed. No identity numbers, passwords or"
                " bank cards."
            )
        ),
        parts.action(say("Look it over"), acts.review, identifier="rights.review")
        if left >= 0
        else ft.Container(),
    ]


def _review(
    view: RightsView, row: RightRow, place: Writing, language: Language, acts: RightsActs
) -> list[ft.Control]:
    say = language.gettext
    message = place.message.strip()
    return [
        parts.heading(say("This is what is sent"), 2),
        parts.card(
            [
                parts.body(row.name),
                _about(view, place, language),
                parts.body(message) if message else parts.note(say("No message")),
                parts.note(
                    say(
                        "With it go your language and the number of this installation, so that"
                        " the answer finds you. Nothing else."
                    )
                ),
            ]
        ),
        due_row(answered_within(row, language)),
        parts.announced(
            say("This could not be saved on your device. Nothing has changed.")
            if place.stage is Stage.NOT_KEPT
            else ""
        ),
        parts.action(say("Change it"), acts.back, identifier="rights.change"),
        parts.action(
            say("Ask for the account to be closed")
            if row.kind == "close-account"
            else say("Send the request"),
            acts.send,
            identifier="rights.send",
        ),
    ]


def _about(view: RightsView, place: Writing, language: Language) -> ft.Control:
    if place.clause is None:
        return ft.Container()
    title = view.clause_titles.get(place.clause, place.clause)
    return parts.body(language.gettext("About the clause: {title}", title=title))


def _closure(view: RightsView, language: Language) -> list[ft.Control]:
    """What closing means: four things, each in a line or two, and the rest behind a press."""
    say = language.gettext
    return [
        parts.heading(say("What happens"), 2),
        parts.card(
            [
                ft.Column(
                    [
                        parts.point(
                            "person_off",
                            say("What goes"),
                            say("The account, and the data that belongs to it."),
                        ),
                        parts.point(
                            "inventory_2",
                            say("What the law keeps"),
                            say(
                                "Records of orders, for at least three years (E-Commerce Law,"
                                " Article 31), and for nothing else."
                            ),
                            KeptByLaw(view, language),
                        ),
                        parts.point(
                            "phone_iphone",
                            say("What stays on this device"),
                            say("Your own record of your choices."),
                        ),
                        parts.point(
                            "undo",
                            say("If you change your mind"),
                            say("Take it back until it has been done. You need give no reason."),
                        ),
                    ],
                    spacing=tokens.GAP_LARGE,
                )
            ],
            key="closure",
        ),
    ]


@kit_component
def KeptByLaw(view: RightsView, language: Language) -> ft.Control:
    """How long the data of each purpose is kept, folded away at first.

    Args:
        view: Has the purposes and their periods.
        language: The interface's language.
    """
    open_now, set_open = ft.use_state(False)
    say = language.gettext
    rows = view.retention if open_now else ()
    return ft.Column(
        [
            ft.Row(
                [
                    parts.disclosure(
                        say("Show less") if open_now else say("How long each thing is kept"),
                        lambda: set_open(lambda it: not it),
                        open_now=open_now,
                        identifier="closure.kept",
                    )
                ],
                wrap=True,
            ),
            *(fact(it.purpose, it.retention) for it in rows),
        ],
        spacing=tokens.GAP,
        tight=True,
    )
