"""The just-in-time prompt: what, why, for how long, what refusing costs, and an equal choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...policy.notice import PromptForm, prompt_slots
from ...policy.texts import PromptText
from ...surface import parts, tokens
from ...surface.fallback_note import fallback_note
from ...surface.runtime import kit_component
from ...surface.sheets import asked_in_sheet
from ...surface.viewport import use_page_height

_SHARE_OF_SCREEN = 0.75
"""Of an explanation in place: what is left shows where it belongs, and has room for the host's
own bars."""
_PHONE_HEIGHT = 640.0


class PromptChoice(StrEnum):
    """What was pressed."""

    ACCEPT = "accept"
    REFUSE = "refuse"


class PromptStage(StrEnum):
    """Where a prompt stands: it asks, or the system asks over it and it only says why."""

    ASKS = "asks"
    SYSTEM_ASKS = "system-asks"


def prompt_rows(text: PromptText, language: Language) -> list[tuple[str, str]]:
    """The rows of a prompt: label and words, in the order of ``policy.notice``."""
    say = language.gettext
    labels = {
        "data": say("What is used"),
        "feature": say("What for"),
        "benefit": say("What you get"),
        "refusing": say("If you say no"),
        "retention": say("How long it is kept"),
        "necessity": say("Why it is needed"),
        "impact": say("What it means for you"),
        "recipient": say("Who else gets it"),
        "abroad": say("Your rights against who gets it abroad"),
    }
    return [(labels[slot], words) for slot, words in prompt_slots(text).items()]


def prompt_body(
    text: PromptText,
    clause_title: str,
    language: Language,
    *,
    on_choice: Callable[[PromptChoice], Any],
    on_read: Callable[[str], Any],
    name: str,
    form: PromptForm = PromptForm.CHOICE,
    stage: PromptStage = PromptStage.ASKS,
    lead: ft.Control | None = None,
    written_in: str | None = None,
) -> ft.Control:
    """What a prompt in a sheet holds; ``name`` starts its identifiers."""
    return asked_in_sheet(
        _words(text, clause_title, language, on_read, name, _label, lead, written_in),
        *_foot(text, language, on_choice, name, form, stage),
        spacing=0,
        between=tokens.GAP,
    )


def _words(
    text: PromptText,
    clause_title: str,
    language: Language,
    on_read: Callable[[str], Any],
    name: str,
    label: Callable[[str], ft.Text],
    lead: ft.Control | None,
    written_in: str | None,
) -> list[ft.Control]:
    """One column without a gap of its own, so that what belongs together needs no box around it."""
    return [
        *_said_first(language, written_in),
        parts.heading(text.title, 2),
        *([] if lead is None else [ft.Container(lead, margin=_below(tokens.GAP_LARGE))]),
        *_rows(text, language, label, tokens.GAP_LARGE if lead is None else tokens.GAP),
        # Not a link, which is a row: nothing stretches it here.
        parts.quiet_button(
            language.gettext("Clause: {title}", title=clause_title),
            on_read,
            text.clauses[0],
            identifier=f"{name}.clause",
        ),
    ]


def _said_first(language: Language, written_in: str | None) -> list[ft.Control]:
    if written_in is None or written_in == language.locale:
        return []
    return [
        ft.Container(fallback_note(language, written_in), margin=ft.Margin.only(bottom=tokens.GAP))
    ]


def _label(words: str) -> ft.Text:
    """A note in a sheet: the theme's style of a note is what text has there by itself."""
    note = parts.note(words)
    note.theme_style = None
    return note


def _rows(
    text: PromptText, language: Language, label: Callable[[str], ft.Text], first: int
) -> Iterator[ft.Control]:
    """What there is to know: each label in small letters, the words below it, a gap at the end."""
    gap = first
    rows = prompt_rows(text, language)
    for number, (name, words) in enumerate(rows, 1):
        above = label(name)
        above.margin = _below(gap)
        yield above
        below = parts.body(words)
        if number == len(rows):
            below.margin = ft.Margin.only(bottom=tokens.GAP)
        yield below
        gap = tokens.GAP


def _below(gap: int) -> ft.Margin:
    """So far below what stands before it."""
    return ft.Margin.only(top=gap)


def _foot(
    text: PromptText,
    language: Language,
    on_choice: Callable[[PromptChoice], Any],
    name: str,
    form: PromptForm,
    stage: PromptStage,
) -> list[ft.Control]:
    """The choices; while the system asks, a sentence about that, and nothing to press."""
    choices = _choices(text, on_choice, name, form)
    if stage is PromptStage.ASKS:
        # The sentence has its place from the start, so that the change of stage moves nothing.
        return [ft.Text(visible=False), choices]
    # Paler, both alike: what cannot be pressed now must not look as if it could.
    choices.disabled = True
    choices.opacity = 0.38
    words = language.gettext("The system is asking you now. What you answer there counts.")
    return [parts.live(words), choices]


def _choices(
    text: PromptText,
    on_choice: Callable[[PromptChoice], Any],
    name: str,
    form: PromptForm = PromptForm.CHOICE,
) -> ft.Row:
    if form is PromptForm.NEUTRAL:
        return ft.Row(
            [
                parts.action(
                    text.neutral,
                    lambda: on_choice(PromptChoice.ACCEPT),
                    identifier=f"{name}.continue",
                    expand=True,
                )
            ]
        )
    return parts.equal_choices(
        (text.refuse, lambda: on_choice(PromptChoice.REFUSE)),
        (text.accept, lambda: on_choice(PromptChoice.ACCEPT)),
        name=name,
    )


@kit_component
def Prompt(
    text: PromptText,
    clause_title: str,
    language: Language,
    *,
    on_choice: Callable[[PromptChoice], Any],
    on_read: Callable[[str], Any],
    form: PromptForm = PromptForm.CHOICE,
    stage: PromptStage = PromptStage.ASKS,
    written_in: str | None = None,
) -> ft.Control:
    """A just-in-time prompt, as it lies over the host's screen.

    Args:
        text: The pack's words; every word of them is shown.
        clause_title: What the clause that it stands on is called.
        language: The interface's language.
        on_choice: Called with the choice pressed; the one button of the neutral form is ``ACCEPT``.
        on_read: Called with the id of the clause the person wants to read.
        form: Two equal choices, or the one button that leads on to the system's question.
        stage: Whether it asks, or the system asks over it.
        written_in: The locale of the pack's words; None if it is the interface's.
    """
    return prompt_body(
        text,
        clause_title,
        language,
        on_choice=on_choice,
        on_read=on_read,
        name="prompt",
        form=form,
        stage=stage,
        written_in=written_in,
    )


@kit_component
def PromptInPlace(
    text: PromptText,
    clause_title: str,
    language: Language,
    *,
    lead: str,
    on_choice: Callable[[PromptChoice], Any],
    on_read: Callable[[str], Any],
    written_in: str | None = None,
) -> ft.Control:
    """The same explanation inside the host's own screen, after the person said no lately.

    It is never higher than most of the screen: the words scroll in it, and both choices are in
    sight with them, as in the prompt over the screen.

    Args:
        text, clause_title, language, on_choice, on_read, written_in: As for :func:`Prompt`.
        lead: One sentence that says why it stands here.
    """
    words_height, set_words_height = ft.use_state(0.0)
    foot_height, set_foot_height = ft.use_state(0.0)
    page_height = use_page_height()
    return parts.card(
        [
            ft.Container(
                ft.Column(
                    [
                        ft.Column(
                            [
                                ft.Container(
                                    ft.Column(
                                        _words(
                                            text,
                                            clause_title,
                                            language,
                                            on_read,
                                            "in-place",
                                            # Around it is whatever the host has there.
                                            parts.note,
                                            parts.live(lead),
                                            written_in,
                                        ),
                                        spacing=0,
                                        tight=True,
                                    ),
                                    on_size_change=lambda event: set_words_height(event.height),
                                )
                            ],
                            # Shown from the start: words that go on may end between two lines.
                            scroll=ft.ScrollMode.ALWAYS,
                            expand=True,
                        ),
                        ft.Container(
                            _choices(text, on_choice, "in-place"),
                            on_size_change=lambda event: set_foot_height(event.height),
                        ),
                    ],
                    spacing=tokens.GAP_LARGE,
                ),
                height=_height_in_place(words_height, foot_height, page_height),
            )
        ]
    )


def _height_in_place(words: float, foot: float, page: float | None) -> float:
    """What the words and the choices take, and no more than leaves the host's screen around it.

    Before they are measured (0) it is all that it may be: the choices are in sight from the start.
    """
    most = (page or _PHONE_HEIGHT) * _SHARE_OF_SCREEN
    return min(most, words + tokens.GAP_LARGE + foot) if words and foot else most
