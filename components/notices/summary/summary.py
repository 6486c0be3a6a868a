"""The summary: the layer between the first notice and the full text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.texts import SummaryCard
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...surface.scrolling import scrolling


@kit_component
def PolicySummary(
    title: str,
    cards: Sequence[SummaryCard],
    clause_titles: Mapping[str, str],
    language: Language,
    *,
    prevailing: str | None,
    on_read: Callable[[str | None], Any],
    on_choices: Callable[[], Any] | None,
    on_close: Callable[[], Any],
) -> ft.Control:
    """Every point of a policy, in the pack's words.

    Args:
        title: The summary's heading.
        cards: The points in order.
        clause_titles: What each clause that a point stands on is called, by clause id.
        language: The interface's language.
        prevailing: The name of the language the words are in, if they could not be had in the
            interface's language; None if they could.
        on_read: Called with a clause id, or None for the full policy.
        on_choices: Called when the person wants to choose; None where there is nothing to choose
            yet, as behind the first notice.
        on_close: Called when the person has read enough.
    """
    say = language.gettext
    points: list[ft.Control] = []
    if prevailing is not None:
        points.append(
            parts.note(
                say(
                    "There is no translation of this policy yet. It is in {language}.",
                    language=prevailing,
                )
            )
        )
    points += [
        parts.card(
            [
                parts.point(
                    card.icon,
                    card.title,
                    card.body,
                    ft.Row(
                        [
                            _clause(card, clause, clause_titles[clause], language, on_read)
                            for clause in clause_titles
                            if clause in card.clauses
                        ],
                        wrap=True,
                        spacing=tokens.GAP_LARGE,
                        run_spacing=0,
                    ),
                )
            ],
            key=f"summary.{card.id}",
        )
        for card in cards
    ]
    ways: list[ft.Control] = [
        parts.action(
            say("Full policy"), on_read, None, identifier="summary.policy", icon_name="article"
        )
    ]
    if on_choices is not None:
        ways.append(
            parts.action(
                say("My choices"), on_choices, identifier="summary.choices", icon_name="tune"
            )
        )
    return ft.Column(
        [
            parts.top_bar(title, say("Close"), on_close),
            ft.Container(
                # Not a list: a list would merge a card into one node and hide its links.
                scrolling(points, spacing=tokens.GAP_LARGE),
                expand=True,
            ),
            ft.Container(
                ft.Row(ways, wrap=True, spacing=tokens.GAP_LARGE, run_spacing=tokens.GAP),
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
                border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
            ),
        ],
        spacing=0,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _clause(
    card: SummaryCard,
    clause: str,
    title: str,
    language: Language,
    on_read: Callable[[str | None], Any],
) -> ft.Control:
    """A link to one of the clauses of a point; several stand in a line where there is room."""
    identifier = f"summary.clause.{card.id}.{clause}"
    # Two points may stand on one clause; who listens hears which of them a link belongs to.
    spoken = language.gettext("{act}: {name}", act=title, name=card.title)
    return parts.quiet_button(title, on_read, clause, identifier=identifier, spoken=spoken)
