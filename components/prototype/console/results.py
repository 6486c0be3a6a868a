"""What comes of it: the record, what waits, what has arrived, and what the gate permits."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from ...centre.words import delivery_words, status_words
from ...i18n import Language
from ...surface import parts, tokens
from .view import ConsoleView, EndpointLine, GateAnswer, GateLine, LedgerLine
from .words import reason_words

_HASH = 8
"""How much of a hash is shown; enough to see that two are the same."""


def results(view: ConsoleView, language: Language) -> list[ft.Control]:
    """The record, the outbox, the endpoint and the gate."""
    say = language.gettext
    return [
        parts.heading(say("Record on the device"), 2),
        _group(
            [_event(it, language) for it in view.ledger],
            say("Nothing has been recorded yet."),
        ),
        parts.heading(say("Outbox"), 2),
        parts.live(
            language.ngettext(
                "{number} choice waits to be sent.",
                "{number} choices wait to be sent.",
                view.waiting,
            )
            if view.waiting
            else say("Nothing waits to be sent.")
        ),
        parts.note(
            language.ngettext(
                "{number} request was made by this device.",
                "{number} requests were made by this device.",
                view.calls,
            )
            if view.calls
            else say("This device has made no request.")
        ),
        parts.heading(say("Endpoint"), 2),
        _group([_arrived(it, language) for it in view.endpoint], say("Nothing has arrived yet.")),
        parts.heading(say("Gate"), 2),
        _group([_answer(it, language) for it in view.gate], say("The app is not open.")),
    ]


def _group(lines: Sequence[ft.Control], nothing: str) -> ft.Control:
    return parts.card(list(lines) if lines else [parts.note(nothing)])


def _line(icon: ft.Control, title: str, *below: str) -> ft.Control:
    return ft.MergeSemantics(
        ft.Row(
            [
                icon,
                ft.Column(
                    [
                        ft.Text(
                            title,
                            theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                            color=tokens.TEXT,
                            weight=ft.FontWeight.W_600,
                        ),
                        *(parts.note(it) for it in below),
                    ],
                    spacing=2,
                    expand=True,
                ),
            ],
            spacing=tokens.GAP_MIDDLE,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    )


def _event(line: LedgerLine, language: Language) -> ft.Control:
    say = language.gettext
    return _line(
        parts.icon(
            "check_circle_outline" if line.status.permits else "remove_circle_outline",
            color=tokens.QUIET_TEXT,
        ),
        say(
            "{number}. {about}: {status}",
            number=language.number(line.sequence),
            about=line.about,
            status=status_words(line.status, language),
        ),
        say(
            "{time} · hash {hash}",
            time=language.moment(line.at, line.at.tzinfo),
            hash=line.hash[:_HASH],
        ),
        delivery_words(line.delivery, language),
    )


def _arrived(line: EndpointLine, language: Language) -> ft.Control:
    say = language.gettext
    erased = line.body != "kept"
    return _line(
        parts.icon("delete_outline" if erased else "cloud_done", color=tokens.QUIET_TEXT),
        say(
            "Event {number} of {subject}",
            number=language.number(line.sequence),
            subject=line.subject[:_HASH],
        ),
        say("Erased; hash {hash} stays", hash=line.hash[:_HASH])
        if erased
        else say("Kept; hash {hash}", hash=line.hash[:_HASH]),
    )


def _answer(line: GateLine, language: Language) -> ft.Control:
    say = language.gettext
    yes = line.answer is GateAnswer.PERMITTED
    return _line(
        ft.Icon(
            ft.Icons.CHECK_CIRCLE if yes else ft.Icons.BLOCK,
            color=tokens.ACCENT if yes else tokens.QUIET_TEXT,
            semantics_label=say("Permitted") if yes else say("Not permitted"),
        ),
        line.purpose,
        reason_words(language)[line.rule],
    )
