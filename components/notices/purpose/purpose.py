"""A purpose explained from what the pack declares of it, with an equal choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.document import Clause
from ...policy.notice import listed
from ...policy.pack import Pack, Purpose
from ...surface import parts, tokens
from ...surface.fallback_note import fallback_note
from ...surface.runtime import kit_component
from ...surface.sheets import asked_in_sheet
from ..prompt import PromptChoice


@kit_component
def PurposeQuestion(
    pack: Pack,
    purpose: Purpose,
    clause: Clause | None,
    language: Language,
    *,
    accept: str,
    refuse: str,
    on_choice: Callable[[PromptChoice], Any],
    on_read: Callable[[str], Any],
) -> ft.Control:
    """What a purpose is, before it is agreed to from the consent centre.

    Args:
        pack: Gives the names of the data and the text in the right language.
        purpose: What is asked about.
        clause: The one that it stands on; None where the policy has none for it.
        language: The interface's language.
        accept, refuse: The labels.
        on_choice: Called with the choice pressed.
        on_read: Called with the id of the clause the person wants to read.
    """
    say = language.gettext
    locale = language.locale
    written_in = pack.locale_for(locale)
    data = [pack.text(pack.data_categories[it].name, locale) for it in purpose.data]
    rows = [
        (
            say("What is used"),
            listed(data, written_in) if data else say("No personal data"),
        ),
    ]
    if purpose.retention is not None:
        rows.append((say("How long it is kept"), pack.text(purpose.retention, locale)))
    if purpose.refusing is not None:
        rows.append((say("If you say no"), pack.text(purpose.refusing, locale)))
    return asked_in_sheet(
        [
            fallback_note(language, written_in),
            parts.heading(pack.text(purpose.name, locale), 2),
            parts.body(pack.text(purpose.description, locale)),
            *(
                ft.Column([parts.note(label), parts.body(words)], spacing=0, tight=True)
                for label, words in rows
            ),
            *(
                []
                if clause is None
                else [
                    parts.link(
                        say("Clause: {title}", title=clause.title),
                        on_read,
                        clause.id,
                        identifier="purpose.clause",
                    )
                ]
            ),
        ],
        parts.equal_choices(
            (refuse, lambda: on_choice(PromptChoice.REFUSE)),
            (accept, lambda: on_choice(PromptChoice.ACCEPT)),
            name="purpose",
        ),
        spacing=tokens.GAP,
    )
