"""Examples of the consent centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

import flet as ft

from ..consent.age import AgeBand
from ..consent.event import BASE_NOTICE
from ..consent.fold import fold, status_of
from ..consent.ledger import Draft
from ..consent.opening import StoreCondition
from ..surface.example import Example, Setting
from ..sync.answers import FailureKind
from ..sync.state import SyncPhase, SyncState
from .centre import CentreActs, ConsentCentre
from .example_records import agreed, by_guardian, chain, many, nothing, refused, withdrawn
from .showing import Remark, Showing, Shown
from .view import centre_view


def _acts(setting: Setting) -> CentreActs:
    return CentreActs(
        give=setting.does("give"),
        withdraw=setting.does("withdraw"),
        withdraw_all=setting.does("withdraw-all"),
        show_notice=setting.does("show-notice"),
        withdraw_notice=setting.does("withdraw-notice"),
        system_settings=setting.does("settings"),
        read=setting.does("read"),
        history=setting.does("history"),
        sending=setting.does("sending"),
        collected=setting.does("collected"),
        shared=setting.does("shared"),
        sdks=setting.does("sdks"),
        change_language=setting.does("language"),
        close=setting.does("close"),
        summary=setting.does("summary"),
        rights=setting.does("rights"),
        contact=setting.does("contact"),
    )


def _centre(
    drafts: Callable[[Setting], list[Draft]],
    sync: SyncState,
    remark: Callable[[Setting], Remark] | None = None,
    **look: Any,
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        state = fold(chain(drafts(setting)))
        locale = setting.language.locale
        view = centre_view(
            setting.pack,
            state,
            locale=locale,
            notice_accepted=status_of(state, BASE_NOTICE).permits,
            zone=UTC,
            **look,
        )
        return ConsentCentre(
            Showing(Shown(view, sync, None if remark is None else remark(setting))),
            setting.pack.texts_for(locale).withdrawal,
            setting.language,
            _acts(setting),
        )

    return build


def _held(setting: Setting) -> Remark:
    say = setting.language.gettext
    return Remark("nearby-cinema", say("Withdrawn. It holds from now on, also without a network."))


def _half(setting: Setting) -> Remark:
    language = setting.language
    done = language.ngettext(
        "{number} consent withdrawn. It holds from now on.",
        "{number} consents withdrawn. It holds from now on.",
        3,
    )
    name = setting.pack.text(setting.pack.purposes["nearby-cinema"].name, language.locale)
    left = language.gettext("Not withdrawn, because it could not be saved: {names}.", names=name)
    return Remark("all", language.gettext("{first} {second}", first=done, second=left))


_IDLE = SyncState(SyncPhase.IDLE, pending=0, rejected=0)
_HELD = SyncState(SyncPhase.HELD, pending=0, rejected=0)

EXAMPLES = (
    Example("nothing-yet", "Before any choice.", _centre(nothing, _HELD)),
    Example(
        "browse-only",
        "After not agreeing: the refusal stays on the device.",
        _centre(refused, SyncState(SyncPhase.HELD, pending=1, rejected=0)),
    ),
    Example("all-sent", "Location agreed, avatar refused.", _centre(agreed, _IDLE)),
    Example(
        "not-yet-sent",
        "Location withdrawn while the endpoint cannot be reached.",
        _centre(
            withdrawn,
            SyncState(
                SyncPhase.WAITING, pending=1, rejected=0, last_error=FailureKind.NO_CONNECTION
            ),
            _held,
        ),
    ),
    Example("much-agreed", "Everything that can be agreed to, agreed to.", _centre(many, _IDLE)),
    Example(
        "half-withdrawn",
        "All was to be withdrawn, and one could not be saved.",
        _centre(agreed, _IDLE, _half),
    ),
    Example(
        "rejected",
        "The service would not take two choices.",
        _centre(agreed, SyncState(SyncPhase.IDLE, pending=0, rejected=2)),
    ),
    Example(
        "child",
        "A child, before a guardian has agreed.",
        _centre(nothing, _HELD, age=AgeBand.CHILD),
    ),
    Example(
        "guardian-agreed",
        "A child, after a guardian has agreed.",
        _centre(by_guardian, _IDLE, age=AgeBand.CHILD),
    ),
    Example("minor", "Someone of sixteen.", _centre(agreed, _IDLE, age=AgeBand.MINOR)),
    Example(
        "store-damaged",
        "The record was damaged and set aside.",
        _centre(nothing, _HELD, condition=StoreCondition.SET_ASIDE),
    ),
    Example(
        "store-unreadable",
        "The record cannot be read now.",
        _centre(nothing, _HELD, condition=StoreCondition.UNREADABLE),
    ),
)
