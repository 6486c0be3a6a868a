"""A record in the fields of the Kantara Initiative's Consent Receipt 1.1 (KI-CR v1.1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..event import Event

KANTARA_VERSION = "KI-CR-v1.1.0"
_EXPLICIT = ("dpv:ExpressedConsent", "dpv:ExplicitlyExpressedConsent")


def kantara(record: Mapping[str, Any]) -> dict[str, Any]:
    """A consent record as Kantara's JSON.

    KI-CR knows consents that were given and no others. ``consentStatus`` is therefore added, with
    the DPV term; whoever reads these must read that too. What the pack does not say (an e-mail
    address, a web address of the policy) is left out, although KI-CR asks for it.

    Args:
        record: As :func:`~.record.record` makes it.

    Returns:
        Plain JSON values; texts are in the language of the notice that was shown, or else in the
        one that prevails in the policy.
    """
    event = Event.from_json(record["mingshi:event"])
    notice = record["dpv:hasNotice"][0]
    language = notice["dct:language"]
    if isinstance(language, list):
        language = language[0]
    status = record["dpv:hasConsentStatus"][0]
    processes = record["dpv:hasProcess"]
    sensitive = [
        _pick(data["dct:title"], language)
        for process in processes
        for data in process["dpv:hasPersonalData"]
        if "dpv:SensitivePersonalData" in data["@type"]
    ]
    return {
        "version": KANTARA_VERSION,
        "jurisdiction": record["dpv:hasJurisdiction"].partition(":")[2],
        "consentTimestamp": int(datetime.fromisoformat(event.occurred_at).timestamp()),
        "collectionMethod": ", ".join(filter(None, (event.cause.value, event.gesture))),
        "consentReceiptID": event.event_id,
        "language": language,
        "piiPrincipalId": event.subject,
        "piiControllers": [_controller(record["dpv:hasDataController"], language)],
        "policyUrl": record["dpv:hasNotice"][-1]["@id"],
        "services": [
            {
                "service": _pick(record["dpv:hasService"]["dct:title"], language),
                "purposes": [
                    _purpose(process, status["dpv:hasLegalBasis"], language)
                    for process in processes
                ],
            }
        ],
        "sensitive": bool(sensitive),
        "spiCat": list(dict.fromkeys(sensitive)),
        "consentStatus": status["@type"],
    }


def _pick(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))


def _controller(party: Mapping[str, Any], language: str) -> dict[str, Any]:
    contacts = {
        contact["mingshi:contactKind"]: _pick(contact["dct:title"], language)
        for contact in reversed(party["dpv:hasContact"])
    }
    described = {
        "piiController": _pick(party["dpv:hasName"], language),
        "onBehalf": False,
        "contact": _pick(party["dpv:hasContact"][0]["dct:description"], language),
        "address": {"streetAddress": _pick(party["dpv:hasAddress"], language)},
    }
    return described | {kind: contacts[kind] for kind in ("email", "phone") if kind in contacts}


def _purpose(process: Mapping[str, Any], asked: str, language: str) -> dict[str, Any]:
    purpose = process["dpv:hasPurpose"]
    basis = process["dpv:hasLegalBasis"]
    recipients = [each for each in process["dpv:hasRecipient"] if "@id" in each]
    described: dict[str, Any] = {
        "purpose": _pick(purpose["dct:title"], language),
        "purposeCategory": purpose["@type"][1:] or purpose["@type"],
        "consentType": "EXPLICIT" if asked in _EXPLICIT and "Consent" in basis else basis,
        "piiCategory": [
            _pick(data["dct:title"], language)
            for data in process["dpv:hasPersonalData"]
            if "@id" in data
        ],
        "primaryPurpose": process["dpv:hasNecessity"] == "dpv:Required",
        "termination": _pick(
            process["dpv:hasStorageCondition"][1]["dpv:hasDuration"]["dct:description"], language
        ),
        "thirdPartyDisclosure": bool(recipients),
    }
    if recipients:
        names = [_pick(each["dpv:hasName"], language) for each in recipients]
        described["thirdPartyName"] = ", ".join(names)
    return described
