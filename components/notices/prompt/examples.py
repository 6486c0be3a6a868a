"""Examples of the just-in-time prompt."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...consent.permissions import SystemStatus
from ...policy.notice import PromptForm
from ...surface.example import Example, Setting
from .prompt import Prompt, PromptInPlace, PromptStage
from .system import SystemHelp


def _prompt(
    prompt_id: str,
    form: PromptForm = PromptForm.CHOICE,
    stage: PromptStage = PromptStage.ASKS,
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        texts = setting.pack.texts_for(setting.language.locale)
        text = texts.prompts[prompt_id]
        return Prompt(
            text,
            texts.document.clause(text.clauses[0]).title,
            setting.language,
            on_choice=setting.does("choose"),
            on_read=setting.does("read"),
            form=form,
            stage=stage,
            written_in=setting.pack.locale_for(setting.language.locale),
        )

    return build


def _system(status: SystemStatus) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        pack, locale = setting.pack, setting.language.locale
        location, nearby = pack.permissions["location"], pack.purposes["nearby-cinema"]
        return SystemHelp(
            pack.text(location.name, locale),
            pack.text(location.description, locale),
            "" if nearby.refusing is None else pack.text(nearby.refusing, locale),
            status,
            setting.language,
            on_settings=setting.does("settings"),
            on_close=setting.does("close"),
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
                written_in=setting.pack.locale_for(setting.language.locale),
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
    Example("notifications", "Push messages on the phone.", _prompt("notifications"), fills=False),
    Example("clipboard-read", "One look after “Paste”.", _prompt("clipboard-read"), fills=False),
    Example(
        "system-asks",
        "The system's own dialog is up; the prompt stays and says why.",
        _prompt("location", stage=PromptStage.SYSTEM_ASKS),
        fills=False,
    ),
    Example(
        "ios",
        "One neutral button that leads on to the system's question.",
        _prompt("location", PromptForm.NEUTRAL),
        fills=False,
    ),
    Example(
        "ios-system-asks",
        "The same while the system asks.",
        _prompt("location", PromptForm.NEUTRAL, PromptStage.SYSTEM_ASKS),
        fills=False,
    ),
    Example(
        "denied-for-good",
        "Only the system's settings help.",
        _system(SystemStatus.DENIED_FOR_GOOD),
        fills=False,
    ),
    Example(
        "restricted",
        "The device does not allow it.",
        _system(SystemStatus.RESTRICTED),
        fills=False,
    ),
    Example("in-place", "The same words in the host's screen, after a no.", _in_place),
)
