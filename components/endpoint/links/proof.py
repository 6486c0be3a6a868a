"""A login token -> the account it proves, or which part of it proves nothing.

The token is a signed JWT (RFC 7519) that the host's login service makes for this one installation.
Nothing of it is kept but a hash.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import datetime

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwa import JWSAlgModel
from joserfc.jws import JWSRegistry

from .issuers import LoginIssuer, LoginIssuers, canonical

LONGEST_LIFE_SECONDS = 600
"""Most that may lie between ``iat`` and ``exp``."""

LEEWAY_SECONDS = 30
"""By how much the clocks of issuer and endpoint may differ."""

LONGEST_TOKEN = 8192
"""Most characters of a token."""

SUBJECT_CLAIM = "mingshi_subject"
"""The claim that ties a token to one installation, so that no other can use it."""

_DOMAIN = b"mingshi/account/1\0"
_LONGEST_NAME = 255


class NotProven(ValueError):
    """A token proves no login. The message names the claim, never a value of it."""


def account_of(token: str, issuers: LoginIssuers, *, subject: str, now: datetime) -> str:
    """The account that a token proves a login to: 64 hexadecimal digits.

    It is the SHA-256 over the issuer's name and the ``sub`` claim, so that no login name is kept.

    Args:
        token: A JWT in compact form.
        issuers: Who may sign it.
        subject: The installation that shows it.
        now: Any time zone.

    Raises:
        NotProven: The signature, or one of ``iss``, ``aud``, ``exp``, ``iat``, ``nbf``, ``sub``
            and :data:`SUBJECT_CLAIM`, is missing or wrong.
    """
    issuer, claims = _verified(token, issuers)
    _check_audience(claims, issuer)
    _check_times(claims, now.timestamp())
    if claims.get(SUBJECT_CLAIM) != subject:
        raise NotProven(f"{SUBJECT_CLAIM}: is not the subject of this request")
    name = claims.get("sub")
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME:
        raise NotProven(f"sub: text of 1 to {_LONGEST_NAME} characters is needed")
    # surrogatepass: JSON can spell half characters, and any spelling must have a hash.
    parts = (canonical(issuer.issuer).encode(), name.encode("utf-8", "surrogatepass"))
    return hashlib.sha256(_DOMAIN + b"\0".join(parts)).hexdigest()


class _Registry(JWSRegistry):
    """The algorithms of one issuer; header parameters that nobody knows are passed over."""

    def __init__(self, issuer: LoginIssuer) -> None:
        super().__init__(algorithms=issuer.algorithms, strict_check_header=False)

    def get_alg(self, name: str) -> JWSAlgModel:
        # Without the library's warning: issuers still write EdDSA for what RFC 9864 renamed.
        return self.algorithms[name]


def _verified(token: str, issuers: LoginIssuers) -> tuple[LoginIssuer, Mapping[str, object]]:
    """Issuer and claims, once the signature was found to be the issuer's."""
    try:
        unverified = jws.extract_compact(token.encode("utf-8", "replace"))
        claims = json.loads(unverified.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        raise NotProven("the token is no signed JWT in compact form") from None
    if not isinstance(claims, dict):
        raise NotProven("the token has no claims")
    issuer = issuers.named(claims.get("iss"))
    if issuer is None:
        raise NotProven("iss: no issuer that is known here")
    header = unverified.headers()
    algorithm = header.get("alg")
    if algorithm not in issuer.algorithms:
        raise NotProven("alg: not one that this issuer signs with")
    key = issuer.key(header.get("kid"), algorithm)
    if key is None:
        raise NotProven("kid: names no key of this issuer that fits")
    try:
        proven = jws.validate_compact(unverified, key, registry=_Registry(issuer))
    except (JoseError, ValueError):
        proven = False
    if not proven:
        raise NotProven("the signature is not the issuer's")
    return issuer, claims


def _check_audience(claims: Mapping[str, object], issuer: LoginIssuer) -> None:
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if not any(one in named for one in issuer.audiences):
        raise NotProven("aud: does not name this endpoint")


def _check_times(claims: Mapping[str, object], now: float) -> None:
    issued, expires = _moment(claims, "iat"), _moment(claims, "exp")
    if issued > now + LEEWAY_SECONDS:
        raise NotProven("iat: lies in the future")
    if expires <= now - LEEWAY_SECONDS:
        raise NotProven("exp: is over")
    if expires - issued > LONGEST_LIFE_SECONDS:
        raise NotProven(f"exp: lies more than {LONGEST_LIFE_SECONDS} seconds after iat")
    if "nbf" in claims and _moment(claims, "nbf") > now + LEEWAY_SECONDS:
        raise NotProven("nbf: lies in the future")


def _moment(claims: Mapping[str, object], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise NotProven(f"{name}: seconds since 1970 are needed")
    return value
