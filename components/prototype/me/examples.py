"""Examples of the me page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import flet as ft

from ...surface import parts
from ...surface.example import AsWideAsThePage, Example, Setting
from ...surface.viewport import WidthClass
from ...sync.state import SyncPhase, SyncState
from .. import pieces
from .me import MePage, PrivacyWays


def _build(
    state: SyncState,
    *,
    remark: Callable[[Setting], ft.Control] | None = None,
    width: WidthClass = WidthClass.COMPACT,
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        return MePage(
            setting.language,
            sync_state=state,
            remark=None if remark is None else remark(setting),
            width=width,
            on_avatar=setting.does("avatar"),
            on_orders=setting.does("orders"),
            on_settings=setting.does("settings"),
            ways=PrivacyWays(**{it.name: setting.does(it.name) for it in fields(PrivacyWays)}),
        )

    return build


def _notice_first(setting: Setting) -> ft.Control:
    words = setting.language.gettext("You are browsing. An avatar comes after the privacy notice.")
    return pieces.notice_card(words, setting.language, setting.does("notice"), "me.notice")


def _not_used(setting: Setting) -> ft.Control:
    return parts.live(setting.language.gettext("The default avatar stays."))


_IDLE = SyncState(SyncPhase.IDLE, pending=0, rejected=0)
_WAITING = SyncState(SyncPhase.WAITING, pending=2, rejected=0)
_HELD = SyncState(SyncPhase.HELD, pending=0, rejected=0)

EXAMPLES = (
    Example("guest", "Two choices are not yet sent.", _build(_WAITING)),
    Example("browse-only", "Avatar, while only browsing.", _build(_HELD, remark=_notice_first)),
    Example("refused", "The picture was refused.", _build(_IDLE, remark=_not_used)),
    Example(
        "wide",
        "Two columns.",
        lambda it: AsWideAsThePage(lambda width: _build(_WAITING, width=width)(it)),
        wide=True,
    ),
)
