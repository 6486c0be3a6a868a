"""The keys that receipts are signed with, as files: one Ed25519 key each, as a JWK.

A file holds ``kty``, ``crv``, ``x``, ``kid`` (the thumbprint of RFC 7638), ``created`` and, unless
the key is retired, the private ``d``. It is readable by its owner alone.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

_CURVE: Final = "Ed25519"
_MODE = 0o600
_FOLDER_MODE = 0o700


class KeysUnreadable(ValueError):
    """The folder of keys cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True)
class KeyFile:
    """One key.

    Attributes:
        path: Its file.
        kid: Its id: the RFC 7638 thumbprint.
        created: Since when there is this key.
        retired: Whether only its public half is left.
        key: The key itself.
    """

    path: Path
    kid: str
    created: datetime
    retired: bool
    key: OKPKey


def read_keys(folder: Path) -> Sequence[KeyFile]:
    """Every key of a folder, oldest first; none if there is no such folder.

    Raises:
        KeysUnreadable: A file whose name ends in ``.json`` holds no such key.
        OSError: A file cannot be read.
    """
    files = [_read(path) for path in sorted(folder.glob("*.json"))]
    return sorted(files, key=lambda file: (file.created, file.kid))


def _read(path: Path) -> KeyFile:
    try:
        jwk = json.loads(path.read_bytes())
        created = datetime.fromisoformat(jwk["created"])
        if jwk["kty"] != "OKP" or jwk["crv"] != _CURVE or created.tzinfo is None:
            raise ValueError("not an Ed25519 key with the moment of its creation")
        key = _key(jwk)
    except (JoseError, KeyError, TypeError, ValueError) as error:
        # Never the error's own words: they may quote the file.
        raise KeysUnreadable(
            f"{path}: not a key of ours ({type(error).__name__}); remove it, or make keys with "
            "'mingshi endpoint-keys rotate'"
        ) from None
    kid = key.thumbprint()
    if jwk.get("kid") != kid:
        raise KeysUnreadable(f"{path}: its kid is not its thumbprint {kid}")
    return KeyFile(path, kid, created, "d" not in jwk, key)


def _key(jwk: Mapping[str, str]) -> OKPKey:
    return OKPKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "d") if name in jwk})


def _new_key() -> tuple[OKPKey, str]:
    """A key and its thumbprint, which a command does not take for an option.

    One thumbprint in 64 begins with a hyphen: whoever wrote it after ``retire`` would be told that
    there is no such option.
    """
    while True:
        key = OKPKey.generate_key(_CURVE)
        kid = key.thumbprint()
        if not kid.startswith("-"):
            return key, kid


def add_key(folder: Path, at: datetime) -> KeyFile:
    """Make a new key in a folder; the folder too, if need be.

    Args:
        folder: Where the keys are.
        at: Now.

    Raises:
        OSError: It cannot be written.
    """
    key, kid = _new_key()
    created = at.astimezone(UTC).replace(microsecond=0)
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    path = folder / f"{created:%Y%m%dT%H%M%SZ}-{kid[:8]}.json"
    _write(path, {**key.as_dict(private=True), "kid": kid, "created": created.isoformat()})
    return KeyFile(path, kid, created, False, key)


def retire_key(folder: Path, kid: str) -> None:
    """Take the private half out of a key. What it signed can still be verified.

    Raises:
        ValueError: There is no such key, or no other that could sign.
        KeysUnreadable: See :func:`read_keys`.
        OSError: It cannot be written.
    """
    keys = read_keys(folder)
    chosen = next((each for each in keys if each.kid == kid), None)
    if chosen is None:
        raise ValueError(f"{folder}: no key {kid}")
    if not any(each.kid != kid and not each.retired for each in keys):
        raise ValueError(f"{folder}: {kid} is the only key that signs; add another one first")
    public = chosen.key.as_dict(private=False)
    _write(chosen.path, {**public, "kid": kid, "created": chosen.created.isoformat()})


def _write(path: Path, jwk: Mapping[str, object]) -> None:
    """Write a file so that nobody ever sees half of it, and nobody but its owner sees any."""
    # Hidden, and not .json: whoever reads the folder meanwhile passes it over.
    unfinished = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(jwk, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
