"""The public keys of an endpoint, from a file: what ``/.well-known/jwks.json`` answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

PublicKeys = Mapping[str, OKPKey]
"""Ed25519 keys by their id."""

_PUBLIC = ("kty", "crv", "x")


def read_public_keys(path: Path) -> PublicKeys:
    """The Ed25519 keys of a key set (RFC 7517). Other keys in it are passed over.

    Raises:
        ValueError: It is no key set, or has no such key; says which file.
        OSError: It cannot be read.
    """
    try:
        found = {
            jwk["kid"]: OKPKey.import_key({name: jwk[name] for name in _PUBLIC})
            for jwk in json.loads(path.read_bytes())["keys"]
            if (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519")
        }
    except (AttributeError, JoseError, KeyError, TypeError, ValueError):
        raise ValueError(f"{path}: this is no JSON Web Key Set") from None
    if not found:
        raise ValueError(f"{path}: there is no Ed25519 key in it")
    return found
