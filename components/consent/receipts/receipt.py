"""A receipt: the copy of a record that an endpoint gives out, and signs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

RECEIPT_SCHEMAS = (
    "https://w3id.org/dpv/schema/dpv-27560#receipt",
    "urn:mingshi:schema:consent-receipt:1",
)
"""What a receipt says it conforms to: the W3C's profile of 27560, and the shape of this kit."""

ALGORITHM: Final = "Ed25519"
"""``alg`` of a signed receipt (RFC 9864)."""
SIGNED_TYPE: Final = "mingshi-receipt+jws"
"""``typ`` of a signed receipt, so that nothing else with a signature is taken for one."""
CONTENT_TYPE: Final = "ld+json"
"""``cty`` of a signed receipt: what is signed is JSON-LD."""
SIGNED_MEDIA_TYPE: Final = "application/jose"
"""Media type of a compact JWS (RFC 7515)."""


def receipt(record: Mapping[str, Any], received_at: str) -> dict[str, Any]:
    """The receipt of one record.

    The same event gives the same receipt whenever it is asked for: its id comes from the event's,
    and its time is the one at which the endpoint took the event.

    Args:
        record: As :func:`~.record.record` makes it.
        received_at: When the endpoint took the event; RFC 3339, UTC.
    """
    id_ = str(uuid.uuid5(uuid.UUID(record["dct:identifier"]), "receipt"))
    return {
        "@context": record["@context"],
        "@id": f"urn:uuid:{id_}",
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": list(RECEIPT_SCHEMAS),
        "dct:identifier": id_,
        "dct:created": received_at,
        "dct:publisher": record["dpv:hasDataController"]["@id"],
        "dpv:hasRecordOfActivity": [
            {key: value for key, value in record.items() if key != "@context"}
        ],
    }


def record_in(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """The record that a receipt is about, as it was before it was put in."""
    return {"@context": receipt["@context"], **receipt["dpv:hasRecordOfActivity"][0]}
