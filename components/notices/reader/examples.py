"""Examples of the policy reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from ...policy.document import Document
from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from ...surface.text_size import TextSize
from .reader import PolicyReader, View


def _reader(**options: Any) -> Callable[[Setting], ft.Control]:
    """The reader of the version in effect, with everything that the kit gives it."""

    def build(setting: Setting) -> ft.Control:
        locale = setting.language.locale
        texts = setting.pack.texts_for(locale)
        return PolicyReader(
            texts.document,
            setting.pack.version,
            setting.language,
            on_close=setting.does("close"),
            on_explain=setting.does("explain"),
            on_copy=_keeps(setting),
            shares=True,
            **{
                "prevailing": None,
                "glossary": texts.glossary,
                "address": f"mingshi:{setting.pack.id}/{setting.pack.version.id}/{locale}",
                **options,
            },
        )

    return build


def _keeps(setting: Setting) -> Callable[..., Any]:
    async def keep(form: object) -> Saving:
        setting.did(f"copy {form}")
        return Saving.SAVED

    return keep


def _newer(**options: Any) -> Callable[[Setting], ft.Control]:
    """The reader of the newest version, which has one before it."""

    def build(setting: Setting) -> ft.Control:
        locale = setting.language.locale
        newest = setting.pack.at(setting.pack.versions[-1].id)
        return PolicyReader(
            newest.document(locale),
            newest.version,
            setting.language,
            prevailing=None,
            previous=setting.pack.document(locale),
            on_close=setting.does("close"),
            on_copy=_keeps(setting),
            **options,
        )

    return build


def _empty(setting: Setting) -> ft.Control:
    title = setting.pack.document(setting.language.locale).title
    return PolicyReader(
        Document(title, (), ()),
        setting.pack.version,
        setting.language,
        prevailing=None,
        on_close=setting.does("close"),
    )


EXAMPLES = (
    Example("beginning", "From the title and the dates.", _reader()),
    Example(
        "at-location",
        "Jumped to a clause with sensitive information.",
        _reader(clause="location"),
    ),
    Example("at-table", "Jumped to the third-party SDKs.", _reader(clause="sdk")),
    Example(
        "untranslated",
        "The policy in another language than the interface.",
        _reader(prevailing="简体中文"),
    ),
    Example(
        "contents", "Every clause, to jump to.", _reader(clause="location", view=View.CONTENTS)
    ),
    Example("search", "Words that were found.", _reader(clause="sdk", searched="OAID")),
    Example("search-nothing", "Words that do not occur.", _reader(searched="bitcoin")),
    Example(
        "explained",
        "A word explained where it stands.",
        _reader(clause="anonymised-data", explained="anonymisation"),
    ),
    Example("actions", "What can be done with a clause.", _reader(clause="location", acting=True)),
    Example("more", "Text size, changes, copies.", _newer(view=View.MORE)),
    Example("changes", "What changed since the last version.", _newer(view=View.CHANGES)),
    Example(
        "largest",
        "With the largest text.",
        _reader(clause="location", text_size=TextSize.LARGEST),
    ),
    Example("empty", "A document with nothing in it.", _empty),
)
