"""Examples of the changes of a policy."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...policy.diff import DocumentDiff, PackDiff, diff_documents, diff_packs
from ...surface import tokens
from ...surface.example import Example, Setting
from .changes import PolicyChanges

_Diff = Callable[[Setting], DocumentDiff | PackDiff]


def _text(setting: Setting) -> DocumentDiff:
    """From the version in effect to the newest, which may be an example."""
    now = setting.pack.document(setting.language.locale)
    newest = setting.pack.versions[-1].id
    return diff_documents(now, setting.pack.document(setting.language.locale, newest))


def _pack(setting: Setting) -> PackDiff:
    return diff_packs(setting.pack, setting.pack.at(setting.pack.versions[-1].id))


def _changes(diff: _Diff) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        return ft.Column(
            [
                ft.Container(
                    PolicyChanges(diff(setting), setting.language, on_read=setting.does("read")),
                    padding=tokens.EDGE,
                )
            ],
            scroll=ft.ScrollMode.AUTO,
            expand=True,
        )

    return build


EXAMPLES = (
    Example("text", "What changed in the full text.", _changes(_text)),
    Example("pack", "Also what changed in uses of data and recipients.", _changes(_pack)),
)
