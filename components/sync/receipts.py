"""The signed receipt of a choice, as the endpoint issues it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..consent.event import Event
from ..consent.receipts.receipt import SIGNED_TYPE, record_in
from .answers import Failed, FailureKind
from .device import Device, refusal


@dataclass(frozen=True)
class SignedReceipt:
    """A receipt as it was issued: ``jws`` is a compact JWS (RFC 7515), to be kept as it is."""

    jws: str


@dataclass(frozen=True)
class NotIssued:
    """The endpoint issues no receipt for this event: it has not got it, signs nothing, or its
    policy lacks what a receipt has to say."""


async def signed_receipt(device: Device, event: Event) -> SignedReceipt | NotIssued | Failed:
    """Fetch the signed receipt of one of this installation's own events.

    The signature is not verified here (``mingshi verify`` does that, offline, whenever wanted);
    that the receipt is about this very event is.

    Args:
        device: Asks the endpoint.
        event: The event.

    Returns:
        Failed with ``UNTRUE_RECORD`` if what came is a receipt of something else.
    """
    reply = await device.ask("GET", "receipts", event.event_id)
    if isinstance(reply, Failed):
        return reply
    if reply.problem == "not-found":
        return NotIssued()
    if reply.status != 200:
        return refusal(reply)
    try:
        jws = reply.content.decode("ascii")
        header, payload, signature = jws.split(".")
        if not signature or _part(header).get("typ") != SIGNED_TYPE:
            return Failed(FailureKind.UNEXPECTED_ANSWER)
        told = record_in(_part(payload))["mingshi:event"]
    except (ValueError, LookupError, TypeError, AttributeError):
        return Failed(FailureKind.UNEXPECTED_ANSWER)
    same = told == event.to_json()
    return SignedReceipt(jws) if same else Failed(FailureKind.UNTRUE_RECORD)


def _part(text: str) -> Mapping[str, Any]:
    padded = text + "=" * (-len(text) % 4)
    part = json.loads(base64.urlsafe_b64decode(padded))
    if not isinstance(part, dict):
        raise ValueError("no JSON object")
    return part
