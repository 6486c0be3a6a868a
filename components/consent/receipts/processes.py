"""What a decision is about: purposes with their data, storage and recipients."""

from __future__ import annotations

from typing import Any

from ...policy.pack import ConsentKind, DataCategory, Necessity, Pack, Permission, Purpose
from ..event import Target, TargetKind
from .context import by_language
from .errors import FactsMissing, NotOfThisPolicy
from .parties import NONE, recipients
from .vocabulary import vocabulary

_CONSENT_TYPES = {
    ConsentKind.ORDINARY: "dpv:ExpressedConsent",
    ConsentKind.SEPARATE: "dpv:ExplicitlyExpressedConsent",
}


def purposes_of(target: Target, pack: Pack) -> tuple[Purpose, ...]:
    """The purposes that a decision about a target is about.

    A purpose is its own. A permission serves one purpose. The base notice is about every purpose
    that is no choice and needs the notice: accepting it grants nothing that is asked separately.

    Raises:
        NotOfThisPolicy: The pack has no such target, or none of its purposes belongs to it.
    """
    if target.kind is TargetKind.NOTICE:
        found = tuple(
            purpose
            for purpose in pack.purposes.values()
            if purpose.notice_required and not purpose.asks_consent
        )
    else:
        permission = permission_of(target, pack)
        purpose_id = target.id if permission is None else permission.purpose
        purpose = None if purpose_id is None else pack.purposes.get(purpose_id)
        found = () if purpose is None else (purpose,)
    if not found:
        raise NotOfThisPolicy(
            f"the policy {pack.id} of {pack.version.id} has no purpose for {target}"
        )
    return found


def permission_of(target: Target, pack: Pack) -> Permission | None:
    """The permission that a decision is about; None if it is about something else.

    Raises:
        NotOfThisPolicy: The pack has no such permission.
    """
    if target.kind is not TargetKind.PERMISSION:
        return None
    try:
        return pack.permissions[target.id]
    except KeyError:
        raise NotOfThisPolicy(
            f"the policy {pack.id} of {pack.version.id} has no {target}"
        ) from None


def consent_type(target: Target, purposes: tuple[Purpose, ...]) -> str:
    """The DPV term of the kind of consent that was asked for."""
    if target.kind is TargetKind.NOTICE:
        return "dpv:ExpressedConsent"
    return _CONSENT_TYPES.get(purposes[0].consent, "dpv:ExpressedConsent")


def process(pack: Pack, purpose: Purpose) -> dict[str, Any]:
    """Everything the pack says of one purpose.

    Raises:
        FactsMissing: Storage or retention is not told, or a term is none of DPV's.
    """
    _check(pack, purpose)
    words = vocabulary()
    described: dict[str, Any] = {
        "@id": f"urn:mingshi:process:{pack.id}:{pack.version.id}:{purpose.id}",
        "@type": "dpv:Process",
        "dpv:hasPurpose": {
            "@id": f"urn:mingshi:purpose:{pack.id}:{purpose.id}",
            "@type": [
                "dpv:Purpose",
                *(term for term in purpose.dpv if words.is_a(term, "purposes")),
            ],
            "dct:identifier": purpose.id,
            "dct:title": by_language(purpose.name),
            "dct:description": by_language(purpose.description),
        },
        "dpv:hasNecessity": "dpv:Required"
        if purpose.necessity is Necessity.BASIC
        else "dpv:Optional",
        "dpv:hasLegalBasis": purpose.legal_basis,
        "dpv:hasPersonalData": [_data(pack, pack.data_categories[id_]) for id_ in purpose.data]
        or [{"@type": "dpv:PersonalData", **NONE}],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageLocation", "dpv:hasLocation": f"loc:{pack.storage_location}"},
            {
                "@type": "dpv:StorageDuration",
                "dpv:hasDuration": {
                    "@type": "dpv:Duration",
                    "dct:description": by_language(purpose.retention or {}),
                },
            },
        ],
        "dpv:hasRecipient": recipients(pack, purpose.recipients),
    }
    processing = [term for term in purpose.dpv if words.is_a(term, "processing")]
    if processing:
        described["dpv:hasProcessing"] = processing
    return described


def _data(pack: Pack, category: DataCategory) -> dict[str, Any]:
    types = [*(["dpv:SensitivePersonalData"] if category.sensitive else []), *category.dpv]
    return {
        "@id": f"urn:mingshi:data:{pack.id}:{category.id}",
        "@type": list(dict.fromkeys(types)) or ["dpv:PersonalData"],
        "dct:identifier": category.id,
        "dct:title": by_language(category.name),
    }


def _check(pack: Pack, purpose: Purpose) -> None:
    words = vocabulary()
    place = f"purposes.{purpose.id}"
    missing: list[str] = []
    if not words.is_a(f"loc:{pack.storage_location}", "countries"):
        missing.append(f"storage_location ({pack.storage_location} is no country)")
    if purpose.retention is None:
        missing.append(f"{place}.retention")
    if not words.is_a(purpose.legal_basis, "legal_bases"):
        missing.append(f"{place}.legal_basis ({purpose.legal_basis} is no such term)")
    missing += [
        f"{place}.dpv ({term} is no such term)"
        for term in purpose.dpv
        if not words.is_a(term, "purposes") and not words.is_a(term, "processing")
    ]
    missing += [
        f"data_categories.{id_}.dpv ({term} is no such term)"
        for id_ in purpose.data
        for term in pack.data_categories[id_].dpv
        if not words.is_a(term, "personal_data")
    ]
    if missing:
        raise FactsMissing(pack.id, tuple(missing))
