"""One entry of a list as a card: on a narrow screen below one another, on a wide one side by side.

What the policy does not say is said to be missing; an empty place would look like nothing to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...policy.pack import RecipientRole
from ...surface import parts, tokens
from ..rows import clause_link, fact
from ..words import about
from .view import Entry, Missing, Use

if TYPE_CHECKING:
    from .lists import PackListScreenActs

_HEAD, _BODY = 2, 3
"""How the width is shared on a wide screen."""


def entry_card(
    entry: Entry, language: Language, acts: PackListScreenActs, *, wide: bool
) -> ft.Control:
    """One entry."""
    head = ft.Column(_head(entry, language), spacing=tokens.GAP, tight=True)
    below = ft.Column(_below(entry, language, acts), spacing=tokens.GAP, tight=True)
    if wide:
        head.expand, below.expand = _HEAD, _BODY
        content: ft.Control = ft.Row(
            [head, below],
            spacing=tokens.GAP_SECTION,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    else:
        content = ft.Column([head, below], spacing=tokens.GAP, tight=True)
    return ft.Container(
        content,
        padding=ft.Padding.only(top=tokens.GAP_LARGE),
        border=ft.Border.only(top=ft.BorderSide(1, tokens.LINE)),
        key=f"entry-{entry.id}",
    )


def role_words(role: RecipientRole, language: Language) -> str:
    """Whose decision it is what happens with the data (PIPL arts. 20, 21, 23)."""
    say = language.gettext
    return {
        RecipientRole.PROCESSOR: say("Works on our behalf"),
        RecipientRole.HANDLER: say("Decides on its own account"),
        RecipientRole.JOINT: say("Decides together with us"),
    }[role]


def _head(entry: Entry, language: Language) -> list[ft.Control]:
    say = language.gettext
    rows: list[ft.Control] = [parts.heading(entry.title, 2)]
    if entry.sensitive:
        rows.append(_marked("shield", say("Sensitive personal information")))
    if entry.role is not None:
        rows.append(parts.note(role_words(entry.role, language)))
    if entry.entity:
        rows.append(fact(say("Legal entity"), entry.entity))
    rows += [_marked("info", _missing(it, language)) for it in Missing if it in entry.missing]
    return rows


def _missing(missing: Missing, language: Language) -> str:
    say = language.gettext
    return {
        Missing.RETENTION: say("The policy does not say how long it is kept."),
        Missing.ENTITY: say("The policy does not name the legal entity."),
        Missing.LINK: say("The policy gives no link to its own privacy policy."),
    }[missing]


def _marked(icon_name: str, words: str) -> ft.Control:
    return ft.Row(
        [
            ft.Icon(
                getattr(ft.Icons, icon_name.upper()),
                size=18,
                color=tokens.ALERT if icon_name == "shield" else tokens.QUIET_TEXT,
                apply_text_scaling=True,
            ),
            ft.Text(
                words,
                theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                color=tokens.TEXT,
                expand=True,
            ),
        ],
        spacing=tokens.GAP_SMALL,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _below(entry: Entry, language: Language, acts: PackListScreenActs) -> list[ft.Control]:
    say = language.gettext
    rows: list[ft.Control] = []
    if entry.scene:
        rows.append(fact(say("When"), entry.scene))
    for number, use in enumerate(entry.uses):
        rows += _use(entry, use, number, language, acts)
    if entry.manner:
        rows.append(fact(say("How"), entry.manner))
    if entry.permissions:
        rows.append(fact(say("Permissions it may use"), language.listed(entry.permissions)))
    rows += [
        parts.link(
            address,
            acts.visit,
            address,
            identifier=f"visit.{entry.id}.{number}",
            spoken=about(address, entry.title, language),
        )
        for number, address in enumerate(entry.links)
    ]
    rows += clause_link(entry.clause, entry.title, entry.id, language, acts.read)
    return rows


def _use(
    entry: Entry, use: Use, number: int, language: Language, acts: PackListScreenActs
) -> list[ft.Control]:
    say = language.gettext
    rows: list[ft.Control] = [fact(use.name, use.purpose)]
    if use.retention:
        rows.append(parts.note(say("Kept: {words}", words=use.retention)))
    rows += clause_link(
        use.clause, f"{entry.title}, {use.name}", f"{entry.id}.{number}", language, acts.read
    )
    return rows
