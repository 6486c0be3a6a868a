"""Records of made-up people, for the examples of the centre."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from ..consent.choices import reference
from ..consent.event import BASE_NOTICE, GENESIS, Cause, Event, IndicatedBy, Layer, Target
from ..consent.gate import permission_target, purpose_target
from ..consent.ledger import Draft
from ..consent.status import ConsentStatus
from ..policy.notice import (
    Notice,
    first_notice,
    prompt_notice,
    purpose_notice,
    withdrawal_notice,
)
from ..surface.example import Setting

SUBJECT = "A" * 43
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def chain(drafts: list[Draft]) -> list[Event]:
    """Events as a ledger would have written them, nine hours apart."""
    events: list[Event] = []
    for sequence, draft in enumerate(drafts, 1):
        events.append(
            Event.create(
                event_id=_event_id(sequence),
                subject=SUBJECT,
                sequence=sequence,
                target=draft.target,
                status=draft.status,
                cause=draft.cause,
                gesture=draft.gesture,
                notice=draft.notice,
                label=draft.label,
                occurred_at=START + timedelta(hours=9 * sequence),
                indicated_by=draft.indicated_by,
                monotonic_ms=sequence,
                previous_hash=events[-1].hash if events else GENESIS,
            )
        )
    return events


def pressed(
    target: Target, status: ConsentStatus, notice: Notice, layer: Layer, label: str
) -> Draft:
    """A choice that was pressed."""
    return Draft(
        target=target,
        status=status,
        cause=Cause.PRESSED,
        gesture="example",
        notice=reference(notice, layer),
        label=label,
    )


def refused(setting: Setting) -> list[Draft]:
    """The base notice refused."""
    locale = setting.language.locale
    text = setting.pack.texts_for(locale).first_notice
    notice = first_notice(setting.pack, locale)
    return [pressed(BASE_NOTICE, ConsentStatus.REFUSED, notice, Layer.FIRST_NOTICE, text.refuse)]


def agreed(setting: Setting) -> list[Draft]:
    """The notice and location agreed to, also in the system; the avatar refused."""
    pack, locale = setting.pack, setting.language.locale
    texts = pack.texts_for(locale)
    location, album = texts.prompts["location"], texts.prompts["photo-picker"]
    return [
        pressed(
            BASE_NOTICE,
            ConsentStatus.GIVEN,
            first_notice(pack, locale),
            Layer.FIRST_NOTICE,
            texts.first_notice.accept,
        ),
        pressed(
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
        pressed(
            purpose_target("avatar-upload"),
            ConsentStatus.REFUSED,
            prompt_notice(pack, "photo-picker", locale),
            Layer.JUST_IN_TIME,
            album.refuse,
        ),
    ]


def withdrawn(setting: Setting) -> list[Draft]:
    """As :func:`agreed`, and then location withdrawn."""
    pack, locale = setting.pack, setting.language.locale
    return [
        *agreed(setting),
        pressed(
            purpose_target("nearby-cinema"),
            ConsentStatus.WITHDRAWN,
            withdrawal_notice(pack, "nearby-cinema", locale),
            Layer.CONSENT_CENTRE,
            pack.texts_for(locale).withdrawal.label,
        ),
    ]


def by_guardian(setting: Setting) -> list[Draft]:
    """A guardian agreed to the notice and to location."""
    return [
        Draft(
            target=it.target,
            status=it.status,
            cause=it.cause,
            gesture=it.gesture,
            notice=it.notice,
            label=it.label,
            indicated_by=IndicatedBy.GUARDIAN,
        )
        for it in agreed(setting)[:2]
    ]


def many(setting: Setting) -> list[Draft]:
    """Everything that can be agreed to on its own words, agreed to."""
    pack, locale = setting.pack, setting.language.locale
    return [
        *agreed(setting),
        *(
            pressed(
                purpose_target(it.id),
                ConsentStatus.GIVEN,
                purpose_notice(pack, it.id, locale),
                Layer.CONSENT_CENTRE,
                setting.language.gettext("Agree"),
            )
            for it in pack.purposes.values()
            if it.asks_consent and not it.permissions
        ),
    ]


def nothing(_setting: Setting) -> list[Draft]:
    """No choice yet."""
    return []


def _event_id(sequence: int) -> str:
    """A UUIDv7 that is the same every time, so that pictures are."""
    milliseconds = int((START + timedelta(hours=9 * sequence)).timestamp() * 1000)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | sequence))
