"""What can be done with a clause: copy it with its address, share it, have it explained.

They stand behind one quiet button beside the heading, so that the page stays calm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Clause, Document
from ...surface import focus, parts, tokens
from ...surface.runtime import handler


@dataclass(frozen=True)
class ClauseActions:
    """What the reader offers for each clause.

    Attributes:
        address: What a clause's address begins with, for example
            ``mingshi:epiao/2021-11-01/zh_Hans``; None where a document has none.
        shares: Whether the device has a sheet to share with.
        on_explain: Called with the id of a clause that the person wants explained by a human;
            None where nobody answers.
    """

    address: str | None
    shares: bool
    on_explain: Callable[[str], Any] | None


def copied_text(document: Document, clause: Clause, address: str | None, said: str) -> str:
    """A clause to take along: its words, where they come from, and its address if it has one.

    Args:
        document: Where the clause stands.
        clause: What is taken along.
        address: As in :class:`ClauseActions`.
        said: The version in words.
    """
    origin = f"{document.title} · {said}" if said else document.title
    link = [] if address is None else [f"{address}#{clause.id}"]
    return "\n".join((clause.text, "", origin, *link))


def clause_heading(
    heading: ft.Control,
    clause: Clause,
    language: Language,
    *,
    top: int,
    on_toggle: Callable[[str], Any],
    opened: ft.Control | None,
) -> ft.Control:
    """The heading of a clause, the button for its actions, and those, if they are open."""
    say = language.gettext
    heading.expand = True
    return ft.Container(
        ft.Column(
            [
                ft.Row(
                    [
                        heading,
                        parts.icon_action(
                            "more_horiz",
                            say("Actions for “{title}”", title=clause.title),
                            on_toggle,
                            clause.id,
                            identifier=f"reader.actions.{clause.id}",
                        ),
                    ],
                    spacing=tokens.GAP,
                ),
                # The place is always there, so that what opens moves nothing else.
                opened or ft.Container(),
            ],
            spacing=0,
            tight=True,
        ),
        padding=ft.Padding.only(top=top),
        key=clause.id,
    )


def opened_actions(
    text: str,
    clause: Clause,
    actions: ClauseActions,
    language: Language,
    *,
    was_copied: bool,
    on_copied: Callable[[], Any],
) -> ft.Control:
    """The actions themselves, and a word when one is done."""
    say = language.gettext
    buttons = [
        _button(
            say("Copy with its address") if actions.address else say("Copy"),
            "content_copy",
            f"reader.copy.{clause.id}",
            on_click=on_copied,
            # Inside the gesture: by the time an answer came back, a browser would refuse.
            action=ft.CopyToClipboard(text),
        )
    ]
    if actions.shares:
        buttons.append(
            _button(
                say("Share"),
                "share",
                f"reader.share.{clause.id}",
                action=ft.ShareText(text, subject=clause.title),
            )
        )
    if actions.on_explain is not None:
        buttons.append(
            _button(
                say("Ask us to explain it"),
                "contact_support",
                f"reader.explain.{clause.id}",
                on_click=actions.on_explain,
                argument=clause.id,
            )
        )
    return ft.Column(
        [
            ft.Row(list(buttons), wrap=True, spacing=tokens.GAP, run_spacing=0),
            parts.live(say("Copied") if was_copied else ""),
        ],
        spacing=0,
        tight=True,
        key=f"reader.opened.{clause.id}",
    )


def _button(
    label: str,
    icon_name: str,
    identifier: str,
    *,
    on_click: Callable[..., Any] | None = None,
    argument: str | None = None,
    action: ft.ClientAction | None = None,
) -> ft.Control:
    arguments = () if argument is None else (argument,)
    return ft.Semantics(
        content=ft.TextButton(
            content=ft.Text(label),
            icon=getattr(ft.Icons, icon_name.upper()),
            action=action,
            on_click=None if on_click is None else handler(on_click, *arguments),
            style=ft.ButtonStyle(
                padding=ft.Padding.symmetric(horizontal=tokens.GAP, vertical=tokens.GAP_LARGE),
                side=focus.edge(),
                shape=ft.RoundedRectangleBorder(radius=tokens.GAP),
                visual_density=ft.VisualDensity.STANDARD,
            ),
            key=identifier,
        ),
        identifier=identifier,
    )
