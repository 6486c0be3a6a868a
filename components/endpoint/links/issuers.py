"""Who may prove a login: issuers of tokens, with the public keys they sign with."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

SIGNATURES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
        **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
        **dict.fromkeys(("EdDSA", "Ed25519"), "OKP"),
    }
)
"""Algorithms that a token may be signed with, and the type of key of each. All are asymmetric:
whoever can check a token with a shared key could also make one."""


class LoginIssuersUnreadable(ValueError):
    """The file of issuers cannot be used; the message names it, the place and what to do."""


@dataclass(frozen=True)
class LoginIssuer:
    """One issuer.

    Attributes:
        issuer: The ``iss`` of its tokens, character by character.
        audiences: One of them must be in ``aud``.
        algorithms: Those it signs with; a subset of :data:`SIGNATURES`.
        keys: Its public keys.
    """

    issuer: str
    audiences: tuple[str, ...]
    algorithms: tuple[str, ...]
    keys: tuple[Key, ...]

    def key(self, key_id: object, algorithm: str) -> Key | None:
        """The key that a token names; without a name, the only one that fits. None: none does."""
        fitting = [
            key
            for key in self.keys
            if key.key_type == SIGNATURES[algorithm]
            and key.get("alg") in (None, algorithm)
            and key.get("use") in (None, "sig")
        ]
        if key_id is not None:
            fitting = [key for key in fitting if key.get("kid") == key_id]
        return fitting[0] if len(fitting) == 1 else None


class LoginIssuers:
    """All issuers of one endpoint; read once, when it starts.

    Args:
        path: TOML file with a table ``[[issuers]]`` for each: ``issuer``; ``audience``, one or a
            list; ``keys``, a JWKS file, looked for beside this one; ``algorithms``, a list of
            :data:`SIGNATURES`. None: nobody may prove a login.

    Raises:
        LoginIssuersUnreadable: The file or a key set is missing or wrong.
    """

    def __init__(self, path: Path | None) -> None:
        self._by_name = {} if path is None else _read(path)

    def named(self, issuer: object) -> LoginIssuer | None:
        """The issuer of that name; None if it is not known here."""
        return self._by_name.get(issuer) if isinstance(issuer, str) else None


def canonical(issuer: str) -> str:
    """An issuer's name as it goes into an account: a slash more or less makes no other account."""
    parts = urlsplit(issuer)
    if not parts.netloc:
        return issuer
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _read(path: Path) -> dict[str, LoginIssuer]:
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("issuers")
    except (OSError, ValueError) as error:
        raise LoginIssuersUnreadable(f"{path}: {error}") from error
    if not isinstance(entries, list) or not entries:
        raise LoginIssuersUnreadable(f"{path}: write one [[issuers]] table for each issuer")
    issuers: dict[str, LoginIssuer] = {}
    for number, entry in enumerate(entries, 1):
        issuer = _issuer(entry, f"{path}, issuer {number}", path.parent)
        if canonical(issuer.issuer) in map(canonical, issuers):
            raise LoginIssuersUnreadable(f"{path}: {issuer.issuer} stands there twice")
        issuers[issuer.issuer] = issuer
    return issuers


def _issuer(entry: object, place: str, folder: Path) -> LoginIssuer:
    if not isinstance(entry, dict) or set(entry) != {"issuer", "audience", "keys", "algorithms"}:
        raise LoginIssuersUnreadable(
            f"{place}: write issuer, audience, keys and algorithms, and nothing else"
        )
    audience = entry["audience"]
    algorithms = _texts(entry["algorithms"], f"{place}: algorithms")
    if unknown := sorted(set(algorithms) - set(SIGNATURES)):
        raise LoginIssuersUnreadable(
            f"{place}: {', '.join(unknown)} is not taken; write some of {', '.join(SIGNATURES)}"
        )
    [name] = _texts([entry["issuer"]], f"{place}: issuer")
    [file] = _texts([entry["keys"]], f"{place}: keys")
    return LoginIssuer(
        issuer=name,
        audiences=_texts(
            audience if isinstance(audience, list) else [audience], f"{place}: audience"
        ),
        algorithms=algorithms,
        keys=_keys(folder / file),
    )


def _texts(values: object, place: str) -> tuple[str, ...]:
    if (
        not isinstance(values, list)
        or not values
        or not all(isinstance(value, str) and value and "\0" not in value for value in values)
    ):
        raise LoginIssuersUnreadable(f"{place}: text is expected, and not empty")
    return tuple(values)


def _keys(path: Path) -> tuple[Key, ...]:
    try:
        keys = tuple(KeySet.import_key_set(json.loads(path.read_text("utf-8"))))
    except (OSError, ValueError, LookupError, TypeError, JoseError) as error:
        raise LoginIssuersUnreadable(f"{path}: not a JWKS of public keys ({error})") from error
    if any(key.key_type == "oct" or key.is_private for key in keys):
        raise LoginIssuersUnreadable(f"{path}: holds a private or shared key; keep public ones")
    return keys
