"""What of a page is not the kit's own but has to follow its language, and what the device asks for.

A host calls :func:`speak` at start and whenever ``kit.language`` changes (``kit.subscribe`` tells
it). Everything stays where it is: no screen is opened again, no sheet is closed.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import flet as ft

from ..i18n import Direction, Language
from .runtime import after_dialog


def speak(page: ft.Page, language: Language) -> None:
    """Let a page's direction, Flet's own texts and the forms of quotation marks follow a language.

    Views take their direction from ``page.rtl`` and sheets and dialogs, the open ones too, take it
    from the locale; both are set, and in the browser the page is marked as being in the language.
    """
    locale = ft.Locale(language.code, script_code=language.script)
    page.locale_configuration = ft.LocaleConfiguration(
        supported_locales=[locale], current_locale=locale
    )
    page.rtl = language.direction is Direction.RIGHT_TO_LEFT
    page.update()
    # The host's own handler may be what this runs in; Flet is still to update what it changed.
    after_dialog()


async def device_tags(page: ft.Page) -> tuple[str, ...]:
    """The language tags that the device of this page asks for, best first; empty if unknown."""
    info = await page.get_device_info()
    return _tags(getattr(info, "locales", None) or [])


def follow_device(page: ft.Page, heard: Callable[[tuple[str, ...]], Any]) -> Callable[[], None]:
    """Call ``heard`` with the device's language tags whenever the person changes them there.

    A handler that the host has on the page is still called, after it.

    Returns:
        A function that ends this and puts the host's handler back.
    """
    before = page.on_locale_change

    async def changed(event: ft.LocaleChangeEvent) -> None:
        heard(_tags(event.locales))
        if before is not None:
            # A host's handler may take the event or nothing, and may be a coroutine function.
            await _call(before, event)

    def end() -> None:
        if page.on_locale_change is changed:
            page.on_locale_change = before

    page.on_locale_change = changed
    # The client tells only what it has been told that somebody listens to.
    page.update()
    return end


async def _call(handler: Callable[..., Any], event: ft.LocaleChangeEvent) -> None:
    takes_event = bool(inspect.signature(handler).parameters)
    answer = handler(event) if takes_event else handler()
    if isinstance(answer, Awaitable):
        await answer


def _tags(locales: list[ft.Locale]) -> tuple[str, ...]:
    return tuple(
        "-".join(
            part for part in (locale.language_code, locale.script_code, locale.country_code) if part
        )
        for locale in locales
    )
