"""One purpose as a row: what, its state in words, what can be done, and the rest behind "more"."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import flet as ft

from ..consent.status import ConsentStatus
from ..i18n import Language
from ..policy.document import Clause
from ..policy.texts import WithdrawalText
from ..surface import parts, tokens
from ..surface.runtime import kit_component, use_part
from .showing import Showing
from .view import CentreView, PurposeRow, RowAction
from .words import about, status_words

if TYPE_CHECKING:
    from .centre import CentreActs

BASICS = "basics"
"""Name of the fold that holds the basic functions."""


@kit_component
def ChoiceRow(
    showing: Showing,
    purpose_id: str,
    withdrawal: WithdrawalText,
    language: Language,
    acts: CentreActs,
) -> ft.Control:
    """A purpose that consent is about, followed by itself.

    Args:
        showing: What the centre shows; the purpose is in it.
        purpose_id: Which one.
        withdrawal: The pack's words for withdrawing.
        language: The interface's language.
        acts: What a person can do here.
    """
    row, said = use_part(
        showing.subscribe, lambda: (showing.now.rows.get(purpose_id), showing.now.said(purpose_id))
    )
    unfolded, set_unfolded = ft.use_state(False)

    def fold() -> None:
        set_unfolded(lambda before: not before)

    if row is None:
        # The centre, which is rendered next, has no such row any more.
        return ft.Container()
    return _framed(
        [
            ft.Row(
                [
                    ft.Column(
                        [parts.heading(row.what, 3), _status(row, language)],
                        spacing=0,
                        tight=True,
                    ),
                    ft.Row(
                        [
                            _more(row, language, fold, unfolded),
                            *_button(row, withdrawal, language, acts),
                        ],
                        spacing=tokens.GAP_SMALL,
                        tight=True,
                        wrap=True,
                    ),
                ],
                wrap=True,
                alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
                vertical_alignment=ft.CrossAxisAlignment.CENTER,
                spacing=tokens.GAP,
                run_spacing=0,
            ),
            # What a withdrawal is recorded with has to be on the screen: the purpose in a sentence.
            parts.note(row.why)
            if row.status is not ConsentStatus.UNKNOWN and not unfolded
            else ft.Container(),
            parts.announced(said),
            _details(row, language, acts) if unfolded else ft.Container(),
        ],
        key=row.purpose_id,
    )


def basic_rows(
    view: CentreView,
    language: Language,
    acts: CentreActs,
    fold: Callable[[str], None],
    unfolded: Collection[str],
) -> list[ft.Control]:
    """What rests on no consent, folded away: there is nothing to decide about."""
    say = language.gettext
    open_now = BASICS in unfolded
    return [
        ft.Column(
            [
                parts.heading(say("What the service needs to work"), 2),
                parts.note(
                    say(
                        "This rests on your order or on the law, not on consent,"
                        " so there is nothing to switch off."
                    )
                ),
                ft.Row(
                    [
                        parts.disclosure(
                            language.ngettext(
                                "Show {number} function",
                                "Show {number} functions",
                                len(view.basics),
                            )
                            if not open_now
                            else say("Show less"),
                            fold,
                            BASICS,
                            open_now=open_now,
                            identifier="centre.basics",
                        )
                    ],
                    wrap=True,
                ),
                *(
                    _framed(
                        [parts.heading(row.what, 3), _details(row, language, acts)],
                        key=row.purpose_id,
                    )
                    for row in (view.basics if open_now else ())
                ),
            ],
            spacing=tokens.GAP_SMALL,
            tight=True,
            key="group-basics",
        )
    ]


def _status(row: PurposeRow, language: Language) -> ft.Control:
    say = language.gettext
    words = status_words(row.status, language)
    match row.action:
        case RowAction.IN_CONTEXT:
            words = say("{state}. You will be asked when you use it.", state=words)
        case RowAction.GUARDIAN_FIRST:
            words = say("{state}. A guardian agrees to it.", state=words)
        case RowAction.NOT_FOR_MINORS:
            words = say("{state}. Not for minors, whoever agrees.", state=words)
        case _:
            pass
    if row.by_guardian:
        words = say("{state} (by a guardian)", state=words)
    return ft.Semantics(
        content=ft.Row(
            [
                ft.Icon(
                    ft.Icons.CHECK_CIRCLE if row.status.permits else ft.Icons.REMOVE_CIRCLE_OUTLINE,
                    size=18,
                    color=tokens.ACCENT if row.status.permits else tokens.QUIET_TEXT,
                    apply_text_scaling=True,
                ),
                ft.Text(
                    words,
                    theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                    color=tokens.TEXT if row.status.permits else tokens.QUIET_TEXT,
                ),
            ],
            spacing=tokens.GAP_SMALL,
            wrap=True,
        ),
        live_region=True,
        identifier=f"status.{row.purpose_id}",
    )


def _more(
    row: PurposeRow, language: Language, fold: Callable[[], None], unfolded: bool
) -> ft.Control:
    say = language.gettext
    return parts.disclosure(
        say("Less") if unfolded else say("More"),
        fold,
        open_now=unfolded,
        identifier=f"more.{row.purpose_id}",
        spoken=say("Less about {name}", name=row.what)
        if unfolded
        else say("More about {name}", name=row.what),
    )


def _button(
    row: PurposeRow, withdrawal: WithdrawalText, language: Language, acts: CentreActs
) -> list[ft.Control]:
    key = f"act.{row.purpose_id}"
    match row.action:
        case RowAction.WITHDRAW:
            return [
                parts.action(
                    withdrawal.label,
                    acts.withdraw,
                    row.purpose_id,
                    identifier=f"withdraw.{row.purpose_id}",
                    key=key,
                    spoken=about(withdrawal.label, row.what, language),
                )
            ]
        case RowAction.GIVE:
            return [
                parts.action(
                    language.gettext("Agree"),
                    acts.give,
                    row.purpose_id,
                    identifier=f"give.{row.purpose_id}",
                    key=key,
                    spoken=about(language.gettext("Agree"), row.what, language),
                )
            ]
        case _:
            return []


def _details(row: PurposeRow, language: Language, acts: CentreActs) -> ft.Control:
    say = language.gettext
    facts = [
        (say("What for"), row.why),
        (say("What is used"), language.listed(row.data) if row.data else say("No personal data")),
        (
            say("Who gets it"),
            language.listed(row.recipients) if row.recipients else say("Nobody else"),
        ),
        (say("How long it is kept"), row.retention or say("The policy does not say.")),
        *([] if row.refusing is None else [(say("If you say no"), row.refusing)]),
        *([] if row.decided_at is None else [(say("Decided"), language.moment(row.decided_at))]),
    ]
    return ft.Column(
        [
            *(fact(label, words) for label, words in facts),
            *clause_link(row.clause, row.what, row.purpose_id, language, acts.read),
        ],
        spacing=tokens.GAP,
        tight=True,
        margin=below_words(row.clause),
    )


def clause_link(
    clause: Clause | None,
    what: str,
    name: str,
    language: Language,
    read: Callable[[str], object],
) -> list[ft.Control]:
    """The way to the clause on which something stands; none where the policy has none for it."""
    if clause is None:
        return []
    label = language.gettext("Clause: {title}", title=clause.title)
    return [
        parts.link(
            label,
            read,
            clause.id,
            identifier=f"clause.{name}",
            spoken=about(label, what, language),
        )
    ]


def below_words(clause: Clause | None) -> ft.Margin | None:
    """Room between the last words of a row and its line, where no :func:`clause_link` brings it."""
    return ft.Margin.only(bottom=tokens.BUTTON_ROOM) if clause is None else None


def fact(label: str, words: str) -> ft.Control:
    """A short name, and below it what there is to say."""
    return ft.Column(
        [
            ft.Text(label, theme_style=ft.TextThemeStyle.LABEL_LARGE, color=tokens.QUIET_TEXT),
            ft.Text(words, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=tokens.TEXT),
        ],
        spacing=0,
        tight=True,
    )


def _framed(controls: list[ft.Control], *, key: str) -> ft.Control:
    return ft.Container(
        ft.Column(
            controls,
            spacing=tokens.GAP_SMALL,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=ft.Padding.symmetric(vertical=tokens.GAP),
        border=ft.Border.only(bottom=ft.BorderSide(1, tokens.LINE)),
        key=key,
    )
