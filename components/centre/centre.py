"""The consent centre: what was chosen, how to choose otherwise, and the ways to everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import flet as ft

from ..consent.age import AgeBand
from ..consent.opening import StoreCondition
from ..i18n import Language
from ..policy.texts import WithdrawalText
from ..surface import parts, tokens
from ..surface.fallback_note import fallback_note
from ..surface.runtime import kit_component, use_part
from .permissions import permission_section
from .rows import ChoiceRow, basic_rows
from .showing import Showing
from .view import CentreView, PurposeRow
from .words import sync_words

Act = Callable[..., Any]


@dataclass(frozen=True)
class CentreActs:
    """What the centre lets a person do. Purposes, permissions and clauses are named by their ids.

    A way that is None is not offered.
    """

    give: Act
    withdraw: Act
    withdraw_all: Act
    show_notice: Act
    withdraw_notice: Act
    system_settings: Act
    read: Act
    history: Act
    sending: Act
    collected: Act
    shared: Act
    sdks: Act
    change_language: Act
    close: Act
    summary: Act | None = None
    rights: Act | None = None
    contact: Act | None = None


@kit_component
def ConsentCentre(
    showing: Showing,
    withdrawal: WithdrawalText,
    language: Language,
    acts: CentreActs,
) -> ft.Control:
    """The consent centre.

    Args:
        showing: What was chosen about what, now and whenever it changes.
        withdrawal: The pack's words for withdrawing.
        language: The interface's language.
        acts: What a person can do here.
    """
    # What the rows, the line on sending and "all" follow by themselves is left out.
    use_part(
        showing.subscribe,
        lambda: (
            replace(showing.now.view, decided=(), others=()),
            [it.purpose_id for it in showing.now.view.decided],
            [it.purpose_id for it in showing.now.view.others],
            showing.now.said("notice"),
            showing.now.said("permissions"),
        ),
    )
    view = showing.now.view
    unfolded, set_unfolded = ft.use_state(frozenset[str]())
    say = language.gettext
    first = (
        None
        if view.notice_accepted or view.age is AgeBand.CHILD
        else say("These come after the privacy notice.")
    )

    def fold(name: str) -> None:
        set_unfolded(lambda before: before ^ {name})

    def rows(shown: Sequence[PurposeRow]) -> list[ft.Control]:
        return [ChoiceRow(showing, it.purpose_id, withdrawal, language, acts) for it in shown]

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
                    ft.Column(
                        [
                            fallback_note(language, view.written_in),
                            *_warnings(view, language),
                            _notice(view, withdrawal, language, acts, showing.now.said("notice")),
                        ],
                        spacing=tokens.GAP,
                        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                        key="top",
                    ),
                    _group(
                        say("What you decided"),
                        [*rows(view.decided), WithdrawAll(showing, language, acts)]
                        if view.decided
                        else [],
                        first,
                    ),
                    _group(say("What else you can decide"), rows(view.others), first),
                    *permission_section(
                        view, language, acts, fold, unfolded, showing.now.said("permissions")
                    ),
                    *basic_rows(view, language, acts, fold, unfolded),
                    parts.heading(say("Your record"), 2),
                    SyncLine(showing, language),
                    _ways(language, acts),
                ],
                expand=True,
                spacing=tokens.GAP_LARGE,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _warnings(view: CentreView, language: Language) -> list[ft.Control]:
    """What a person has to know before they choose."""
    say = language.gettext
    words: list[tuple[str, str]] = []
    if view.condition is StoreCondition.SET_ASIDE:
        words.append(
            (
                "report_problem",
                say(
                    "Your earlier choices on this device were damaged and cannot be read. They do"
                    " not count any more: everything is off until you choose anew. The damaged"
                    " file was kept."
                ),
            )
        )
    if view.condition is StoreCondition.UNREADABLE:
        words.append(
            (
                "report_problem",
                say(
                    "Your choices on this device cannot be read or saved now. Until they can,"
                    " everything is off. Free some space or restart the device, then open the"
                    " app again."
                ),
            )
        )
    if view.age is AgeBand.CHILD:
        words.append(
            (
                "family_restroom",
                say(
                    "A parent or other guardian agrees for you. You can withdraw by yourself at"
                    " any time."
                ),
            )
        )
    if view.age is AgeBand.MINOR:
        words.append(("info", say("Because of your age, some things here cannot be switched on.")))
    return [
        parts.card(
            [
                ft.Row(
                    [
                        parts.icon(
                            icon,
                            color=tokens.ALERT if icon == "report_problem" else tokens.ACCENT,
                        ),
                        ft.Container(parts.body(text), expand=True),
                    ],
                    vertical_alignment=ft.CrossAxisAlignment.START,
                    spacing=tokens.GAP_LARGE,
                )
            ],
            key=f"warning-{icon}",
        )
        for icon, text in words
    ]


def _notice(
    view: CentreView,
    withdrawal: WithdrawalText,
    language: Language,
    acts: CentreActs,
    said: str,
) -> ft.Control:
    say = language.gettext
    accepted = view.notice_accepted
    return parts.card(
        [
            parts.heading(say("Privacy notice"), 2),
            ft.Semantics(
                content=parts.body(
                    say("You agreed to the notice.")
                    if accepted
                    else say("You have not agreed to the notice. You can browse.")
                ),
                live_region=True,
                identifier="status.notice",
            ),
            # Stands before every button that withdraws: it is part of the words that are recorded.
            parts.note(withdrawal.statement),
            parts.note(
                say(
                    "Taking back the notice also takes back every consent below."
                    " You can go on browsing."
                )
            )
            if accepted
            else ft.Container(),
            ft.Row(
                [
                    parts.action(
                        withdrawal.label,
                        acts.withdraw_notice,
                        identifier="withdraw.notice",
                        key="act.notice",
                    )
                    if accepted
                    else parts.action(
                        say("Show the notice"),
                        acts.show_notice,
                        identifier="give.notice",
                        key="act.notice",
                    ),
                ],
                wrap=True,
            ),
            parts.announced(said),
        ],
        key="notice",
    )


def _group(title: str, rows: list[ft.Control], remark: str | None) -> ft.Control:
    if not rows:
        # Places stay the same when the first row comes.
        return ft.Container()
    return ft.Column(
        [
            parts.heading(title, 2),
            ft.Container() if remark is None else parts.note(remark),
            *rows,
        ],
        spacing=tokens.GAP_SMALL,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        tight=True,
    )


@kit_component
def SyncLine(showing: Showing, language: Language) -> ft.Control:
    """How far the record has travelled, followed by itself."""
    words = use_part(showing.subscribe, lambda: sync_words(showing.now.sync, language))
    return ft.Semantics(content=parts.live(words), identifier="centre.sync")


@kit_component
def WithdrawAll(showing: Showing, language: Language, acts: CentreActs) -> ft.Control:
    """The way to take back all consents at once, while there are any; followed by itself."""
    say = language.gettext
    any_holds, words = use_part(
        showing.subscribe, lambda: (showing.now.view.consents > 0, showing.now.said("all"))
    )
    label = say("Withdraw all consents")
    shown: list[ft.Control] = []
    if any_holds:
        shown = [
            parts.note(
                say(
                    "Withdraws everything you agreed to one by one, at once. The privacy"
                    " notice and what the service needs to work stay as they are."
                )
            ),
            ft.Row(
                [parts.action(label, acts.withdraw_all, label, identifier="withdraw.all")],
                wrap=True,
            ),
            parts.announced(words),
        ]
    elif words:
        # Two empty places keep the words where they stood under the button.
        shown = [ft.Container(), ft.Container(), parts.announced(words)]
    return ft.Column(shown, spacing=tokens.GAP_SMALL, tight=True, key="withdraw-all")


def _ways(language: Language, acts: CentreActs) -> ft.Control:
    say = language.gettext
    records = [
        ("history", say("History of your choices"), acts.history, "centre.history"),
        ("cloud_sync", say("Sending your record"), acts.sending, "centre.sending"),
    ]
    lists = [
        ("inventory_2", say("What is collected"), acts.collected, "centre.collected"),
        ("share", say("What is shared, and with whom"), acts.shared, "centre.shared"),
        ("extension", say("SDK directory"), acts.sdks, "centre.sdks"),
        ("short_text", say("Policy in brief"), acts.summary, "centre.summary"),
        ("article", say("Read the full privacy policy"), acts.read, "centre.policy"),
    ]
    help_ = [
        ("gavel", say("Your rights"), acts.rights, "centre.rights"),
        ("support_agent", say("Contact and complaints"), acts.contact, "centre.contact"),
    ]

    def rows(ways: list[tuple[str, str, Act | None, str]]) -> list[ft.Control]:
        return [
            parts.way(icon, label, act, *([None] if act is acts.read else []), identifier=name)
            for icon, label, act, name in ways
            if act is not None
        ]

    return ft.Column(
        [
            *rows(list(records)),
            parts.heading(say("The policy and its lists"), 2),
            *rows(list(lists)),
            *([parts.heading(say("Rights and contact"), 2)] if acts.rights or acts.contact else []),
            *rows(list(help_)),
        ],
        spacing=0,
        tight=True,
        key="ways",
    )
