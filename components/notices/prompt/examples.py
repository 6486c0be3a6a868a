"""Examples of the just-in-time prompt."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...surface.example import Example, Setting
from .prompt import Prompt, PromptInPlace


def _prompt(prompt_id: str) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        texts = setting.pack.texts_for(setting.language.locale)
        text = texts.prompts[prompt_id]
        return Prompt(
            text,
            texts.document.clause(text.clauses[0]).title,
            setting.language,
            on_choice=setting.does("choose"),
            on_read=setting.does("read"),
        )

    return build


def _in_place(setting: Setting) -> ft.Control:
    texts = setting.pack.texts_for(setting.language.locale)
    text = texts.prompts["location"]
    return ft.ListView(
        [
            PromptInPlace(
                text,
                texts.document.clause(text.clauses[0]).title,
                setting.language,
                lead=setting.language.gettext(
                    "You said no before. If you see it differently now, say so here."
                ),
                on_choice=setting.does("choose"),
                on_read=setting.does("read"),
            )
        ],
        padding=20,
    )


EXAMPLES = (
    Example(
        "location",
        "Location: sensitive, so with necessity and impact.",
        _prompt("location"),
        fills=False,
    ),
    Example("album", "The album, where no system picker exists.", _prompt("album"), fills=False),
    Example(
        "photo-picker",
        "One picture through the system's picker, without a permission.",
        _prompt("photo-picker"),
        fills=False,
    ),
    Example("in-place", "The same words in the host's screen, after a no.", _in_place),
)
