"""Examples of the update notice, from the version in effect to the newest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import flet as ft

from ...policy.diff import Touch, diff_packs
from ...surface.example import Example, Setting
from .update import KeptChoice, TouchedChoice, UpdateNotice


def _notice(touched: Sequence[str]) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        locale, say = setting.language.locale, setting.language.gettext
        new = setting.pack.at(setting.pack.versions[-1].id)

        def name(purpose_id: str) -> str:
            return new.text(new.purposes[purpose_id].name, locale)

        what = {"marketing-push": (Touch.DATA_TYPE,), "share-link": (Touch.RECIPIENT,)}
        return UpdateNotice(
            new.texts_for(locale).first_notice,
            new.version,
            diff_packs(setting.pack, new),
            [TouchedChoice(name(it), say("Agreed, on"), what[it]) for it in touched],
            [
                KeptChoice(name("nearby-cinema"), say("Agreed, on")),
                KeptChoice(name("usage-analytics"), say("Not agreed, off")),
            ],
            setting.language,
            on_choice=setting.does("choose"),
            on_read=setting.does("read"),
            written_in=new.locale_for(locale),
        )

    return build


def _first_seen(setting: Setting) -> ft.Control:
    return UpdateNotice(
        setting.pack.texts_for(setting.language.locale).first_notice,
        setting.pack.version,
        None,
        (),
        (),
        setting.language,
        on_choice=setting.does("choose"),
        on_read=setting.does("read"),
        written_in=setting.pack.locale_for(setting.language.locale),
    )


EXAMPLES = (
    Example("none-touched", "Nothing that was agreed to changed.", _notice(())),
    Example("one-touched", "One choice is asked again.", _notice(("marketing-push",))),
    Example(
        "several-touched", "Two choices are asked again.", _notice(("share-link", "marketing-push"))
    ),
    Example("old-unknown", "The pack no longer has the version agreed to.", _first_seen),
)
