"""The consent centre: every purpose, what was chosen, and how to choose otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ..consent.event import TargetKind
from ..i18n import Language
from ..policy.texts import WithdrawalText
from ..surface import parts, tokens
from ..surface.runtime import kit_component
from ..sync.state import SyncState
from .view import CentreView, HistoryEntry, PurposeRow, RowAction
from .words import delivery_words, status_words, sync_words


@dataclass(frozen=True)
class CentreActs:
    """What the centre lets a person do. Purposes and clauses are named by their ids."""

    give: Callable[[str], Any]
    withdraw: Callable[[str], Any]
    show_notice: Callable[[], Any]
    withdraw_notice: Callable[[], Any]
    read: Callable[[str | None], Any]
    change_language: Callable[[], Any]
    close: Callable[[], Any]


@kit_component
def ConsentCentre(
    view: CentreView,
    sync: SyncState,
    withdrawal: WithdrawalText,
    language: Language,
    acts: CentreActs,
) -> ft.Control:
    """The consent centre.

    Args:
        view: What was chosen about what.
        sync: How far the record has travelled.
        withdrawal: The pack's words for withdrawing.
        language: The interface's language.
        acts: What a person can do here.
    """
    say = language.gettext
    return ft.Column(
        [
            parts.top_bar(
                say("Privacy choices"),
                say("Close"),
                acts.close,
                parts.icon_action(
                    "translate",
                    say("Change language"),
                    acts.change_language,
                    identifier="centre.language",
                ),
            ),
            ft.ListView(
                [
                    ft.Semantics(
                        content=parts.live(sync_words(sync, language)),
                        identifier="centre.sync",
                    ),
                    _notice(view, withdrawal, language, acts),
                    parts.heading(say("What you decide"), 2),
                    parts.note(withdrawal.statement),
                    *(_choice(row, withdrawal, language, acts) for row in view.choices),
                    parts.heading(say("What the service needs to work"), 2),
                    parts.note(
                        say(
                            "This rests on your order or on the law, not on consent,"
                            " so there is nothing to switch off."
                        )
                    ),
                    *(_basic(row, language, acts) for row in view.basics),
                    parts.heading(say("Your record"), 2),
                    *(_entry(it, language) for it in view.history),
                    *([] if view.history else [parts.note(say("Nothing recorded yet."))]),
                ],
                expand=True,
                spacing=tokens.GAP_LARGE,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _notice(
    view: CentreView, withdrawal: WithdrawalText, language: Language, acts: CentreActs
) -> ft.Control:
    say = language.gettext
    accepted = view.notice_status.permits
    return parts.card(
        [
            parts.heading(say("Privacy notice"), 3),
            parts.body(
                say("You agreed to the notice.")
                if accepted
                else say("You have not agreed to the notice. You can browse.")
            ),
            parts.link(
                say("Read the full privacy policy"), acts.read, None, identifier="centre.policy"
            ),
            parts.action(withdrawal.label, acts.withdraw_notice, identifier="withdraw.notice")
            if accepted
            else parts.action(say("Show the notice"), acts.show_notice, identifier="give.notice"),
        ],
        key="notice",
    )


def _choice(
    row: PurposeRow, withdrawal: WithdrawalText, language: Language, acts: CentreActs
) -> ft.Control:
    say = language.gettext
    match row.action:
        case RowAction.WITHDRAW:
            control = parts.action(
                withdrawal.label,
                acts.withdraw,
                row.purpose_id,
                identifier=f"withdraw.{row.purpose_id}",
            )
        case RowAction.GIVE:
            control = parts.action(
                say("Agree"), acts.give, row.purpose_id, identifier=f"give.{row.purpose_id}"
            )
        case RowAction.NOTICE_FIRST:
            control = parts.note(say("Comes after the privacy notice."))
        case _:
            control = parts.note(say("You will be asked when you use it."))
    return parts.card(
        [
            parts.heading(row.what, 3),
            ft.Semantics(
                content=ft.Text(
                    status_words(row.status, language),
                    theme_style=ft.TextThemeStyle.LABEL_LARGE,
                    color=tokens.TEXT,
                ),
                live_region=True,
                identifier=f"status.{row.purpose_id}",
            ),
            parts.body(row.why),
            *_details(row, language, acts),
            control,
        ],
        key=row.purpose_id,
    )


def _basic(row: PurposeRow, language: Language, acts: CentreActs) -> ft.Control:
    return parts.card(
        [parts.heading(row.what, 3), parts.body(row.why), *_details(row, language, acts)],
        key=row.purpose_id,
    )


def _details(row: PurposeRow, language: Language, acts: CentreActs) -> list[ft.Control]:
    say = language.gettext
    details: list[ft.Control] = []
    if row.data:
        details.append(parts.note(say("Data: {names}", names=language.listed(row.data))))
    if row.recipients:
        details.append(
            parts.note(say("Shared with: {names}", names=language.listed(row.recipients)))
        )
    if row.retention is not None:
        details.append(parts.note(say("Kept: {words}", words=row.retention)))
    details.append(
        parts.link(
            say("Clause: {title}", title=row.clause_title),
            acts.read,
            row.clause,
            identifier=f"clause.{row.purpose_id}",
        )
    )
    return details


def _entry(entry: HistoryEntry, language: Language) -> ft.Control:
    say = language.gettext
    what = say("Privacy notice") if entry.what is None else entry.what
    if entry.kind is TargetKind.PERMISSION:
        what = say("{name} (system permission)", name=what)
    lines: list[ft.Control] = [
        parts.body(f"{what} · {status_words(entry.status, language)}"),
        parts.note(language.moment(entry.occurred_at)),
    ]
    if entry.label is not None:
        lines.append(parts.note(say("You pressed “{label}”", label=entry.label)))
    lines.append(parts.note(delivery_words(entry.delivery, language)))
    return ft.Column(lines, spacing=0, tight=True, key=entry.event_id)
