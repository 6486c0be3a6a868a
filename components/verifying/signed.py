"""A signed receipt taken apart: form and signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from ..consent.event import canonical
from ..consent.receipts.receipt import ALGORITHM, CONTENT_TYPE, SIGNED_TYPE
from .checks import Check, failed, passed, unchecked
from .keys import PublicKeys
from .strict import NotStrict, base64url, json_object

LARGEST_RECEIPT = 4 * 1024 * 1024
"""Most bytes of a receipt. One of a base notice in two languages has about 46,000."""


class _Receipts(JWSRegistry):
    """The library's own limit is too low for a policy with many languages."""

    max_payload_length = LARGEST_RECEIPT


_REGISTRY = _Receipts(algorithms=[ALGORITHM])
_NAMES = ("header", "content", "signature")


@dataclass(frozen=True)
class SignedReceipt:
    """A compact JWS of the one form that a receipt has. Nothing of it is verified yet.

    Attributes:
        raw: All of it.
        kid: Id of the key it claims to be signed with.
        signed: The bytes that are signed.
    """

    raw: bytes
    kid: str
    signed: bytes

    def content(self) -> dict[str, Any]:
        """What is signed, read. Not to be relied on before the signature was checked.

        Raises:
            NotStrict: It is no canonical JSON object.
        """
        return _object("content", self.signed)


def take_apart(raw: bytes) -> SignedReceipt:
    """Read a signed receipt, its form checked to the byte.

    Raises:
        NotStrict: It is not exactly a receipt in compact JWS form; says why.
    """
    try:
        parts = raw.decode("ascii").split(".")
    except UnicodeDecodeError:
        raise NotStrict("a byte in it can be in no receipt") from None
    if len(parts) != len(_NAMES):
        raise NotStrict("it is not three parts with a dot between them")
    decoded: dict[str, bytes] = {}
    for name, part in zip(_NAMES, parts, strict=True):
        try:
            decoded[name] = base64url(part)
        except NotStrict as error:
            raise NotStrict(f"{name}: {error}") from None
    header = _object("header", decoded["header"])
    kid = header.pop("kid", None)
    if header != {"alg": ALGORITHM, "cty": CONTENT_TYPE, "typ": SIGNED_TYPE}:
        raise NotStrict("header: it is not that of a receipt")
    if not isinstance(kid, str):
        raise NotStrict("header: it names no key")
    return SignedReceipt(raw, kid, decoded["content"])


def _object(name: str, raw: bytes) -> dict[str, Any]:
    try:
        value = json_object(raw)
        if canonical(value) != raw:
            raise NotStrict("it is not written in the canonical form of RFC 8785")
    except ValueError as error:
        raise NotStrict(f"{name}: {error}") from None
    return value


def check_signature(receipt: SignedReceipt, keys: PublicKeys | None) -> Check:
    """Whether the endpoint signed exactly this."""
    name = "signature"
    if keys is None:
        return unchecked(name, "No keys were given; get them from the endpoint once, --keys.")
    key = keys.get(receipt.kid)
    if key is None:
        return failed(name, f"It names the key {receipt.kid}, which is none of the keys given.")
    try:
        jws.deserialize_compact(receipt.raw, key, registry=_REGISTRY)
    except (JoseError, ValueError):
        return failed(name, f"The key {receipt.kid} did not sign this. It was changed, or made up.")
    return passed(name, f"The endpoint’s key {receipt.kid} signed exactly this.")
