"""A decision as a consent record of ISO/IEC TS 27560:2023, in JSON-LD with DPV 2.3 terms.

The structure follows the W3C's guide to 27560 with DPV. One event makes one record, and the record
holds the event itself, so that its hash can be taken again. The same event and pack make the same
record, wherever it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...policy.pack import Pack, Purpose
from ..event import Cause, Event, IndicatedBy, TargetKind
from .context import CONTEXT, by_language
from .errors import NotOfThisPolicy
from .notices import notices
from .parties import controller, controller_id
from .processes import consent_type, permission_of, process, purposes_of
from .validity import validity

RECORD_SCHEMAS = (
    "https://w3id.org/dpv/schema/dpv-27560#record",
    "urn:mingshi:schema:consent-record:1",
)
"""What a record says it conforms to: the W3C's profile of 27560, and the shape of this kit."""


def record(event: Event, pack: Pack) -> dict[str, Any]:
    """The consent record of one event.

    Args:
        event: Any event, whatever its status.
        pack: The pack the event is about. The facts are those of the version whose words were
            shown; for an event without a notice (the operating system's, or a rule's) those of the
            version that the pack was given in (see :meth:`~...policy.pack.Pack.at`).

    Returns:
        Plain JSON values, with the context of JSON-LD in it.

    Raises:
        FactsMissing: The pack does not say what 27560 makes mandatory; names what.
        NotOfThisPolicy: The pack has not what the event is about, or not that version.
    """
    pack = _at_its_version(event, pack)
    purposes = purposes_of(event.target, pack)
    return {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{event.event_id}",
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": list(RECORD_SCHEMAS),
        "dct:identifier": event.event_id,
        "mingshi:target": str(event.target),
        "dpv:hasDataSubject": {
            "@id": _subject_id(event),
            "@type": "dpv:DataSubject",
            "dct:identifier": event.subject,
        },
        "dpv:hasNotice": notices(event, pack),
        "dpv:hasProcess": [process(pack, purpose) for purpose in purposes],
        "dpv:hasDataController": controller(pack),
        "dpv:hasService": {"@type": "dpv:Service", "dct:title": by_language(pack.name)},
        # A pack names no jurisdiction of its own.
        "dpv:hasJurisdiction": f"loc:{pack.storage_location}",
        "dpv:hasConsentControl": _withdrawal(event, pack),
        "dpv:hasRight": [
            {
                "@id": f"urn:mingshi:right:{pack.id}:{right.id}",
                "@type": "dpv:DataSubjectRight",
                "dct:identifier": right.id,
                "dct:title": by_language(right.name),
                "mingshi:workingDays": right.working_days,
            }
            for right in pack.rights.values()
        ],
        "dpv:hasConsentStatus": [_status(event, pack, purposes)],
        "mingshi:event": event.to_json(),
    }


def _at_its_version(event: Event, pack: Pack) -> Pack:
    if event.notice is None:
        return pack
    owner = event.notice.notice.partition("/")[0]
    if owner != pack.id:
        raise NotOfThisPolicy(f"the event is about the policy {owner}, not {pack.id}")
    try:
        return pack.at(event.notice.version)
    except KeyError:
        raise NotOfThisPolicy(
            f"the policy {pack.id} has no version {event.notice.version}"
        ) from None


def _subject_id(event: Event) -> str:
    return f"urn:mingshi:subject:{event.subject}"


def _withdrawal(event: Event, pack: Pack) -> dict[str, Any]:
    texts = {locale: pack.texts_for(locale).withdrawal for locale in pack.locales}
    of_the_system = event.target.kind is TargetKind.PERMISSION
    return {
        "@type": "dpv:WithdrawConsent",
        "dct:title": by_language({locale: text.label for locale, text in texts.items()}),
        "dct:description": by_language({locale: text.statement for locale, text in texts.items()}),
        "dpv:isExercisedAt": [
            "mingshi:ConsentCentre",
            *(["mingshi:SystemSettings"] if of_the_system else []),
        ],
    }


def _status(event: Event, pack: Pack, purposes: tuple[Purpose, ...]) -> dict[str, Any]:
    permission = permission_of(event.target, pack)
    how: dict[str, Any] = {"@type": "mingshi:IndicationMethod", "mingshi:cause": event.cause.value}
    if event.gesture is not None:
        how["mingshi:gesture"] = event.gesture
    if event.label is not None:
        how["mingshi:label"] = event.label
    if permission is not None:
        how["mingshi:permission"] = {
            "@id": f"urn:mingshi:permission:{pack.id}:{permission.id}",
            "@type": "mingshi:Permission",
            "dct:identifier": permission.id,
            "dct:title": by_language(permission.name),
        }
    return {
        "@type": event.status.dpv,
        "dpv:hasLegalBasis": consent_type(event.target, purposes),
        "dpv:isIndicatedAtTime": event.occurred_at,
        "dpv:isIndicatedBy": _indicated_by(event, pack),
        "dpv:hasIndicationMethod": how,
        "dpv:hasDuration": validity(event, purposes[0], permission),
    }


def _indicated_by(event: Event, pack: Pack) -> Mapping[str, Any]:
    if event.cause is Cause.RULE:
        return {"@id": controller_id(pack)}
    if event.cause is Cause.OPERATING_SYSTEM and event.gesture is None:
        # Found changed in the system's settings: nobody knows by whom.
        return {"@type": "mingshi:OperatingSystem"}
    if event.indicated_by is IndicatedBy.GUARDIAN:
        return {"@type": "dpv:GuardianOfDataSubject"}
    return {"@id": _subject_id(event)}
