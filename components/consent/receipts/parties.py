"""Who is in a record: the controller, and who gets data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...policy.pack import Controller, Pack, Recipient, RecipientRole
from .context import by_language
from .errors import FactsMissing

NONE = {"dpv:hasApplicability": "dpv:NotApplicable"}
"""Said of a recipient or of data where there is none. An empty list would say nothing."""

_ROLES = {
    RecipientRole.PROCESSOR: "dpv:DataProcessor",
    RecipientRole.HANDLER: "dpv:ThirdParty",
    RecipientRole.JOINT: "dpv:JointDataControllers",
}


def controller_id(pack: Pack) -> str:
    """The IRI of a pack's controller."""
    return f"urn:mingshi:party:{pack.id}:controller"


def controller(pack: Pack) -> dict[str, Any]:
    """The controller with name, address and contacts.

    Raises:
        FactsMissing: The pack names nobody, or no way to reach them.
    """
    party = _named(pack)
    return {
        "@id": controller_id(pack),
        "@type": ["dpv:DataController", "dpv:Organisation"],
        "dct:identifier": f"{pack.id}:controller",
        "dpv:hasName": by_language(party.name),
        "dpv:hasAddress": by_language(party.address),
        "dpv:hasContact": [
            {
                "mingshi:contactKind": contact.kind,
                "dct:title": by_language(contact.value),
                "dct:description": by_language(contact.use),
            }
            for contact in party.contacts
        ],
    }


def _named(pack: Pack) -> Controller:
    if pack.controller is None:
        raise FactsMissing(pack.id, ("controller",))
    if not pack.controller.contacts:
        raise FactsMissing(pack.id, ("controller.contacts",))
    return pack.controller


def recipients(pack: Pack, ids: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """Who gets data, or that nobody does."""
    if not ids:
        return [{"@type": "dpv:Recipient", **NONE}]
    return [_recipient(pack, pack.recipients[id_]) for id_ in ids]


def _recipient(pack: Pack, recipient: Recipient) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@id": f"urn:mingshi:party:{pack.id}:{recipient.id}",
        "@type": ["dpv:Recipient", _ROLES[recipient.role]],
        "dct:identifier": recipient.id,
        "dpv:hasName": by_language(recipient.name),
        "mingshi:scene": by_language(recipient.scene),
        "mingshi:manner": by_language(recipient.manner),
        "mingshi:transferred": [
            {"dct:title": by_language(each.fields), "dct:description": by_language(each.purpose)}
            for each in recipient.data
        ],
    }
    if recipient.entity is not None:
        described["mingshi:legalName"] = by_language(recipient.entity)
    if recipient.links:
        described["dct:references"] = list(recipient.links)
    return described
