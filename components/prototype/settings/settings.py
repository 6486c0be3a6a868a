"""Settings: language, text size, theme, contrast and motion. Each holds at once, in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.appearance import Appearance, Brightness, Contrast, brightness_words
from ...surface.language_picker import LanguagePicker
from ...surface.motion import Motion
from ...surface.radio_row import radio_row
from ...surface.runtime import handler, kit_component
from ...surface.text_size import TextSize, text_size_words
from ...surface.viewport import WidthClass
from .. import pieces


@kit_component
def SettingsPage(
    language: Language,
    *,
    chosen_language: str | None,
    appearance: Appearance,
    on_language: Callable[[str | None], Any],
    on_appearance: Callable[[Appearance], Any],
    on_back: Callable[[], Any],
    automatic: str | None = None,
    width: WidthClass = WidthClass.COMPACT,
) -> ft.Control:
    """What a person can set about how the app looks and speaks.

    Args:
        language: The interface's language.
        chosen_language: The locale chosen by hand; None follows the device.
        appearance: What holds now.
        on_language: Called with the locale chosen, or None to follow the device.
        on_appearance: Called with what is to hold.
        on_back: Called to go back.
        automatic: The locale that the device leads to, if that is known.
        width: How much room there is.
    """
    say = language.gettext

    def size_chosen(value: str) -> Any:
        return on_appearance(replace(appearance, text_size=TextSize(value)))

    def brightness_chosen(value: str) -> Any:
        return on_appearance(replace(appearance, brightness=Brightness(value)))

    def contrast_chosen(value: str) -> Any:
        return on_appearance(replace(appearance, contrast=Contrast(value)))

    def motion_chosen(value: str) -> Any:
        return on_appearance(replace(appearance, motion=Motion(value)))

    languages = parts.card(
        [
            parts.heading(say("Language"), 2),
            LanguagePicker(language, chosen_language, on_choose=on_language, automatic=automatic),
        ],
        key="group-language",
    )
    sizes = _group(
        "text-size",
        say("Text size"),
        list(text_size_words(language).items()),
        appearance.text_size,
        size_chosen,
        note=say("On top of the text size that your device is set to."),
    )
    brightness = _group(
        "theme",
        say("Theme"),
        list(brightness_words(language).items()),
        appearance.brightness,
        brightness_chosen,
    )
    contrast = _group(
        "contrast",
        say("Contrast"),
        [
            (Contrast.STANDARD, say("Standard contrast")),
            (Contrast.HIGH, say("High contrast")),
        ],
        appearance.contrast,
        contrast_chosen,
    )
    motion = _group(
        "motion",
        say("Motion"),
        [
            (Motion.SYSTEM, say("Follow the device’s motion")),
            (Motion.REDUCED, say("Reduced motion")),
        ],
        appearance.motion,
        motion_chosen,
    )
    wide = width is WidthClass.EXPANDED
    groups: list[ft.Control] = [languages, sizes, brightness, contrast, motion]
    return pieces.screen(
        say("Settings"),
        [
            pieces.arranged(
                _side_by_side(groups[::2], groups[1::2]) if wide else groups,
                f"groups-{width.value}",
            ),
            parts.note(say("Settings are kept on this device only, once you change one.")),
        ],
        language,
        on_back=on_back,
        wide=wide,
    )


def _side_by_side(*columns: list[ft.Control]) -> list[ft.Control]:
    return [
        ft.Row(
            [ft.Column(it, spacing=tokens.GAP_LARGE, expand=True) for it in columns],
            spacing=tokens.GAP_LARGE,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    ]


def _group(
    name: str,
    title: str,
    choices: Sequence[tuple[str | StrEnum, str]],
    chosen: str | StrEnum,
    choose: Callable[[str], Any],
    *,
    note: str = "",
) -> ft.Control:
    """Choices of which one holds. The group's name starts their identifiers."""

    async def changed(event: ft.Event[ft.RadioGroup]) -> None:
        await handler(choose, str(event.control.value))()

    return parts.card(
        [
            parts.heading(title, 2),
            *([parts.note(note)] if note else []),
            ft.RadioGroup(
                ft.Column(
                    [
                        radio_row(
                            str(value),
                            label,
                            choose,
                            str(value),
                            identifier=f"settings.{name}.{value}",
                        )
                        for value, label in choices
                    ],
                    spacing=0,
                ),
                value=str(chosen),
                on_change=changed,
                key=f"settings.{name}",
            ),
        ],
        key=f"group-{name}",
    )
