"""A receipt as a compact JWS (RFC 7515), signed with Ed25519 (RFC 8037, RFC 9864)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jws

from ...consent.event import canonical
from ...consent.receipts.receipt import ALGORITHM, CONTENT_TYPE, SIGNED_TYPE
from .key_files import KeyFile


def signed(receipt: Mapping[str, Any], key: KeyFile) -> bytes:
    """A receipt, signed. The same receipt and key always give the same bytes."""
    header = {"alg": ALGORITHM, "cty": CONTENT_TYPE, "kid": key.kid, "typ": SIGNED_TYPE}
    return jws.serialize_compact(
        header, canonical(receipt), key.key, algorithms=[ALGORITHM]
    ).encode()
