"""Examples of the lists."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...policy.exporting.lists import ListFormat, PackList
from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from .lists import PackListScreen, PackListScreenActs
from .view import list_view


def _list(
    which: PackList, *, written_in: str | None = None, saving: Saving = Saving.SAVED
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        async def save(form: ListFormat) -> Saving:
            setting.did(f"save {form.value}")
            return saving

        return PackListScreen(
            list_view(setting.pack, which, setting.language.locale, written_in),
            setting.language,
            PackListScreenActs(
                read=setting.does("read"),
                visit=setting.does("visit"),
                save=save,
                close=setting.does("close"),
            ),
        )

    return build


EXAMPLES = (
    Example("collected", "What is collected.", _list(PackList.COLLECTED)),
    Example("shared", "What is shared, and with whom.", _list(PackList.SHARED)),
    Example("sdks", "The SDK directory, with what it lacks.", _list(PackList.SDKS)),
    Example(
        "other-language",
        "There is no translation of the policy.",
        _list(PackList.SHARED, written_in="简体中文", saving=Saving.CANCELLED),
    ),
)
