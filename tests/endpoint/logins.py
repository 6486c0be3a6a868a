"""A login service: keys of its own, tokens, and the file by which an endpoint knows it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import encode

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())
ISSUER = "https://login.example"
AUDIENCE = "mingshi-endpoint"
EC = ECKey.generate_key("P-256", {"kid": "ec-1"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed-1", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa-1"})

Claims = dict[str, Any]


def claims_for(subject: str, **changes: object) -> Claims:
    """What a good token says, with some claims changed; None takes one out."""
    claims: Claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "li-si@example.com",
        "iat": SECOND,
        "exp": SECOND + 300,
        "mingshi_subject": subject,
        **changes,
    }
    return {name: value for name, value in claims.items() if value is not None}


def token_of(claims: Claims, key: Key = EC, algorithm: str = "ES256", **header: object) -> str:
    """A token signed with a key; parameters of the header may be changed, None takes one out."""
    named = {"alg": algorithm, "kid": key.kid, **header}
    shown = {name: value for name, value in named.items() if value is not None}
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    return encode(shown, claims, key, registry=registry)


def write_issuers(folder: Path, **changes: object) -> Path:
    """The file of issuers with the login service in it, its entry changed; None takes one out."""
    keys = {"keys": [key.as_dict(private=False) for key in (EC, ED, RSA)]}
    (folder / "keys.json").write_text(json.dumps(keys), "utf-8")
    entry = {
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "keys": "keys.json",
        "algorithms": ["ES256", "EdDSA", "Ed25519", "RS256"],
        **changes,
    }
    # JSON's texts and lists of texts are TOML's too.
    lines = [f"{name} = {json.dumps(value)}" for name, value in entry.items() if value is not None]
    file = folder / "issuers.toml"
    file.write_text("\n".join(["[[issuers]]", *lines]), "utf-8")
    return file
