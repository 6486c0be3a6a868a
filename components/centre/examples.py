"""Examples of the consent centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import flet as ft
import uuid6

from ..consent.choices import reference
from ..consent.event import BASE_NOTICE, GENESIS, Cause, Event, Layer, Target
from ..consent.fold import fold, status_of
from ..consent.gate import permission_target, purpose_target
from ..consent.ledger import Draft
from ..consent.outbox import Delivery
from ..consent.status import ConsentStatus
from ..policy.notice import Notice, first_notice, prompt_notice, withdrawal_notice
from ..surface.example import Example, Setting
from ..sync.state import SyncPhase, SyncState
from .centre import CentreActs, ConsentCentre
from .view import centre_view

_SUBJECT = "A" * 43
_START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def _chain(drafts: list[Draft]) -> list[Event]:
    """Events as a ledger would have written them, an hour apart."""
    events: list[Event] = []
    for sequence, draft in enumerate(drafts, 1):
        events.append(
            Event.create(
                event_id=str(uuid6.uuid7()),
                subject=_SUBJECT,
                sequence=sequence,
                target=draft.target,
                status=draft.status,
                cause=draft.cause,
                gesture=draft.gesture,
                notice=draft.notice,
                label=draft.label,
                occurred_at=_START + timedelta(hours=sequence),
                monotonic_ms=sequence,
                previous_hash=events[-1].hash if events else GENESIS,
            )
        )
    return events


def _pressed(
    target: Target, status: ConsentStatus, notice: Notice, layer: Layer, label: str
) -> Draft:
    return Draft(
        target=target,
        status=status,
        cause=Cause.PRESSED,
        gesture="example",
        notice=reference(notice, layer),
        label=label,
    )


def _refused(setting: Setting) -> list[Draft]:
    locale = setting.language.locale
    text = setting.pack.texts_for(locale).first_notice
    notice = first_notice(setting.pack, locale)
    return [_pressed(BASE_NOTICE, ConsentStatus.REFUSED, notice, Layer.FIRST_NOTICE, text.refuse)]


def _agreed(setting: Setting) -> list[Draft]:
    pack, locale = setting.pack, setting.language.locale
    texts = pack.texts_for(locale)
    location, album = texts.prompts["location"], texts.prompts["photo-picker"]
    return [
        _pressed(
            BASE_NOTICE,
            ConsentStatus.GIVEN,
            first_notice(pack, locale),
            Layer.FIRST_NOTICE,
            texts.first_notice.accept,
        ),
        _pressed(
            purpose_target("nearby-cinema"),
            ConsentStatus.GIVEN,
            prompt_notice(pack, "location", locale),
            Layer.JUST_IN_TIME,
            location.accept,
        ),
        Draft(
            target=permission_target("location"),
            status=ConsentStatus.GIVEN,
            cause=Cause.OPERATING_SYSTEM,
        ),
        _pressed(
            purpose_target("avatar-upload"),
            ConsentStatus.REFUSED,
            prompt_notice(pack, "photo-picker", locale),
            Layer.JUST_IN_TIME,
            album.refuse,
        ),
    ]


def _withdrawn(setting: Setting) -> list[Draft]:
    pack, locale = setting.pack, setting.language.locale
    return [
        *_agreed(setting),
        _pressed(
            purpose_target("nearby-cinema"),
            ConsentStatus.WITHDRAWN,
            withdrawal_notice(pack, "nearby-cinema", locale),
            Layer.CONSENT_CENTRE,
            pack.texts_for(locale).withdrawal.label,
        ),
    ]


def _nothing(_setting: Setting) -> list[Draft]:
    return []


def _centre(
    drafts: Callable[[Setting], list[Draft]], phase: SyncPhase, unsent: int = 0
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        events = _chain(drafts(setting))
        state = fold(events)
        deliveries = {
            event.sequence: Delivery.PENDING
            if event.sequence > len(events) - unsent
            else Delivery.ACKNOWLEDGED
            for event in events
        }
        locale = setting.language.locale
        return ConsentCentre(
            centre_view(
                setting.pack,
                events,
                state,
                locale=locale,
                notice_accepted=status_of(state, BASE_NOTICE).permits,
                deliveries=deliveries,
            ),
            SyncState(phase, pending=unsent, rejected=0),
            setting.pack.texts_for(locale).withdrawal,
            setting.language,
            CentreActs(
                give=setting.does("give"),
                withdraw=setting.does("withdraw"),
                show_notice=setting.does("show-notice"),
                withdraw_notice=setting.does("withdraw-notice"),
                read=setting.does("read"),
                change_language=setting.does("language"),
                close=setting.does("close"),
            ),
        )

    return build


EXAMPLES = (
    Example("nothing-yet", "Before any choice.", _centre(_nothing, SyncPhase.HELD)),
    Example(
        "browse-only",
        "After not agreeing: the refusal stays on the device.",
        _centre(_refused, SyncPhase.HELD, unsent=1),
    ),
    Example("all-sent", "Location agreed, avatar refused.", _centre(_agreed, SyncPhase.IDLE)),
    Example(
        "not-yet-sent",
        "Location withdrawn while the endpoint cannot be reached.",
        _centre(_withdrawn, SyncPhase.WAITING, unsent=1),
    ),
)
