"""The device's own identity: a secret, and the subject id that is its hash.

The endpoint keeps no secret and needs no registration: whoever can show the secret whose hash is
the subject id may write and read for that subject, and nobody else can.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Protocol

_DOMAIN = b"mingshi/subject/1\0"
SECRET_BYTES = 32


def new_secret() -> str:
    """A fresh 256-bit secret as 43 characters of base64url."""
    return _base64url(secrets.token_bytes(SECRET_BYTES))


def subject_of(secret: str) -> str:
    """The subject id of a secret: 43 characters of base64url.

    Raises:
        ValueError: The text is not a secret that :func:`new_secret` could have made.
    """
    try:
        raw = base64.urlsafe_b64decode(secret + "=")
    except ValueError:
        raw = b""
    if len(raw) != SECRET_BYTES or _base64url(raw) != secret:
        raise ValueError("not a device secret: 43 characters of base64url expected")
    return _base64url(hashlib.sha256(_DOMAIN + raw).digest())


class Identities(Protocol):
    """Where a record's secret and the ids of its events come from.

    Whoever can guess a secret can read and write that person's record, so every record of a real
    person takes :class:`RandomIdentities`, which is the default everywhere.
    """

    def secret(self) -> str:
        """A secret that no other record has; see :func:`new_secret`."""

    def event_id(self) -> str:
        """An id that no other event has: a UUID of version 7 (RFC 9562)."""


class RandomIdentities:
    """From the system's source of randomness."""

    def secret(self) -> str:
        """256 random bits."""
        return new_secret()

    def event_id(self) -> str:
        """The present time and random bits."""
        # With the first event: uuid6 reads its own package's description when it is imported, and
        # for that Python's whole reader of mail.
        import uuid6

        return str(uuid6.uuid7())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
