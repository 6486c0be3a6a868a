"""Where each field of ISO/IEC TS 27560:2023 stands in a record, and what Kantara calls it.

The standard's own text is not free. Names and necessity are those that the W3C's guide to 27560
with DPV gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Need(StrEnum):
    """Whether 27560 wants a field."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Field:
    """One field of 27560 that a record has.

    Attributes:
        section: ``header``, ``processing``, ``pii``, ``party``, ``event`` or ``receipt``.
        name: As 27560 names it.
        need: Whether it must be there.
        place: The keys that lead to it in a record (in a receipt, for that section); every member
            of a list on the way has it.
        kantara: Its name in KI-CR 1.1; None if there is none.
    """

    section: str
    name: str
    need: Need
    place: tuple[str, ...]
    kantara: str | None


def _field(section: str, name: str, need: Need, *place: str, kantara: str | None = None) -> Field:
    return Field(section, name, need, place, kantara)


_M, _O = Need.MANDATORY, Need.OPTIONAL
_PROCESS = "dpv:hasProcess"
_PARTY = "dpv:hasDataController"
_STATUS = "dpv:hasConsentStatus"

FIELDS: tuple[Field, ...] = (
    _field("header", "schema_version", _M, "dct:conformsTo", kantara="version"),
    _field("header", "record_id", _M, "dct:identifier", kantara="consentReceiptID"),
    _field(
        *("header", "pii_principal_id", _M, "dpv:hasDataSubject", "dct:identifier"),
        kantara="piiPrincipalId",
    ),
    _field("processing", "privacy_notice", _M, "dpv:hasNotice", "@id", kantara="policyUrl"),
    _field("processing", "language", _M, "dpv:hasNotice", "dct:language", kantara="language"),
    _field(
        *("processing", "purpose", _M, _PROCESS, "dpv:hasPurpose", "dct:title"),
        kantara="services[].purposes[].purpose",
    ),
    _field(
        *("processing", "purpose_type", _O, _PROCESS, "dpv:hasPurpose", "@type"),
        kantara="services[].purposes[].purposeCategory",
    ),
    _field(
        *("processing", "lawful_basis", _O, _PROCESS, "dpv:hasLegalBasis"),
        kantara="services[].purposes[].consentType",
    ),
    _field("processing", "pii_information", _M, _PROCESS, "dpv:hasPersonalData"),
    _field("processing", "pii_controllers", _M, _PARTY, "@id", kantara="piiControllers"),
    _field(
        *("processing", "storage_locations", _M, _PROCESS, "dpv:hasStorageCondition", "0"),
        "dpv:hasLocation",
    ),
    _field(
        *("processing", "retention_period", _M, _PROCESS, "dpv:hasStorageCondition", "1"),
        "dpv:hasDuration",
        kantara="services[].purposes[].termination",
    ),
    _field(
        *("processing", "service", _O, "dpv:hasService", "dct:title"),
        kantara="services[].service",
    ),
    _field("processing", "jurisdiction", _M, "dpv:hasJurisdiction", kantara="jurisdiction"),
    _field(
        *("processing", "recipient_third_parties", _M, _PROCESS, "dpv:hasRecipient"),
        kantara="services[].purposes[].thirdPartyName",
    ),
    _field("processing", "withdrawal_method", _M, "dpv:hasConsentControl", "dpv:isExercisedAt"),
    _field("processing", "privacy_rights", _O, "dpv:hasRight"),
    _field(
        *("pii", "pii_type", _M, _PROCESS, "dpv:hasPersonalData", "@type"),
        kantara="services[].purposes[].piiCategory",
    ),
    _field(
        *("pii", "pii_optional", _O, _PROCESS, "dpv:hasNecessity"),
        kantara="services[].purposes[].primaryPurpose",
    ),
    _field(
        *("pii", "sensitive_pii_category", _O, _PROCESS, "dpv:hasPersonalData", "@type"),
        kantara="spiCat",
    ),
    _field("party", "party_id", _M, _PARTY, "dct:identifier"),
    _field(
        "party", "party_address", _M, _PARTY, "dpv:hasAddress", kantara="piiControllers[].address"
    ),
    _field(
        *("party", "party_name", _M, _PARTY, "dpv:hasName"),
        kantara="piiControllers[].piiController",
    ),
    _field("party", "party_role", _O, _PARTY, "@type"),
    _field(
        "party", "party_contact", _M, _PARTY, "dpv:hasContact", kantara="piiControllers[].contact"
    ),
    _field("party", "party_type", _M, _PARTY, "@type"),
    _field("event", "event_time", _M, _STATUS, "dpv:isIndicatedAtTime", kantara="consentTimestamp"),
    _field("event", "validity_duration", _M, _STATUS, "dpv:hasDuration"),
    _field("event", "entity_id", _M, _STATUS, "dpv:isIndicatedBy"),
    _field(
        *("event", "event_type", _M, _STATUS, "dpv:hasLegalBasis"),
        kantara="services[].purposes[].consentType",
    ),
    _field("event", "event_state", _M, _STATUS, "@type"),
    _field("receipt", "schema_version", _M, "dct:conformsTo", kantara="version"),
    _field("receipt", "receipt_id", _M, "dct:identifier", kantara="consentReceiptID"),
)
"""Every field of 27560 that a record or receipt has. The optional ones that it has not are not
listed: a pack says nothing of them."""


def found(document: Mapping[str, Any], place: tuple[str, ...]) -> list[Any]:
    """Every value at a place in a record or receipt; empty, or with None in it, where it lacks."""
    values: list[Any] = [document]
    for key in place:
        members = [
            each
            for value in values
            for each in (value if isinstance(value, list) and not key.isdecimal() else [value])
        ]
        values = [
            each[int(key)] if isinstance(each, list) else (each or {}).get(key) for each in members
        ]
    return values
