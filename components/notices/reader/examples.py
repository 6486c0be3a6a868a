"""Examples of the policy reader."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...surface.example import Example, Setting
from .reader import PolicyReader


def _reader(clause: str | None, prevailing: str | None = None) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        return PolicyReader(
            setting.pack.document(setting.language.locale),
            setting.pack.version,
            setting.language,
            prevailing=prevailing,
            on_close=setting.does("close"),
            clause=clause,
        )

    return build


EXAMPLES = (
    Example("beginning", "From the title and the dates.", _reader(None)),
    Example("at-location", "Jumped to a clause with sensitive information.", _reader("location")),
    Example("at-table", "Jumped to the third-party SDKs.", _reader("sdk")),
    Example(
        "untranslated",
        "The policy in another language than the interface.",
        _reader(None, prevailing="简体中文"),
    ),
)
