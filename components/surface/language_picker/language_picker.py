"""The languages that the interface speaks, each by its own name, one of them chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...i18n import Language, available_locales
from .. import parts, tokens
from ..radio import radio_row
from ..runtime import handler, kit_component

_FOLLOW = "device"
"""The value of the first choice; no locale has this id."""


@kit_component
def LanguagePicker(
    language: Language,
    chosen: str | None,
    *,
    on_choose: Callable[[str | None], Any],
    automatic: str | None = None,
) -> ft.Control:
    """A group of radio buttons. It changes nothing by itself and opens nothing.

    Args:
        language: The interface's language.
        chosen: The locale that was picked by hand; None while the device is followed.
        on_choose: Called with a locale, or with None for following the device.
        automatic: The locale that the device leads to, named beside that choice if given.
    """
    follow = language.gettext("Follow the device")
    if automatic is not None:
        follow = language.gettext(
            "Follow the device ({language})", language=Language.of(automatic).own_name
        )
    names = {locale: Language.of(locale).own_name for locale in available_locales()}

    async def changed(event: ft.Event[ft.RadioGroup]) -> None:
        value = event.control.value
        await handler(on_choose, None if value == _FOLLOW else value)()

    return ft.RadioGroup(
        content=ft.Column(
            [
                _row(_FOLLOW, follow, on_choose),
                *(_row(locale, name, on_choose) for locale, name in names.items()),
            ],
            spacing=0,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        value=chosen or _FOLLOW,
        on_change=changed,
        key="language.group",
    )


@kit_component
def LanguageSheet(
    language: Language,
    chosen: str | None,
    *,
    on_choose: Callable[[str | None], Any],
    on_close: Callable[[], Any],
    automatic: str | None = None,
) -> ft.Control:
    """The picker with a head that closes it, for a sheet of its own.

    It stays open when a language is chosen: with a keyboard, moving through radio buttons chooses.
    """
    say = language.gettext
    return ft.Container(
        ft.Column(
            [
                ft.Row(
                    [
                        ft.Container(parts.heading(say("Language"), 1), expand=True),
                        parts.icon_action(
                            "close", say("Close"), on_close, identifier="language.close"
                        ),
                    ]
                ),
                LanguagePicker(language, chosen, on_choose=on_choose, automatic=automatic),
            ],
            spacing=tokens.GAP,
            tight=True,
            scroll=ft.ScrollMode.AUTO,
        ),
        padding=tokens.EDGE,
    )


def _row(value: str, name: str, on_choose: Callable[[str | None], Any]) -> ft.Control:
    locale = None if value == _FOLLOW else value
    return radio_row(value, name, on_choose, locale, identifier=f"language.{value}")
