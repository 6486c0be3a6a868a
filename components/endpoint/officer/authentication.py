"""Who the officers are: a name and the hash of a key each, from a file that holds no key."""

from __future__ import annotations

import hashlib
import hmac
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from ..authentication import bearer_token, refused_token

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of an officer's name: kebab-case."""

LONGEST_NAME = 100
"""Most characters of an officer's name."""

_HASH = re.compile(r"[0-9a-f]{64}")


class OfficersUnreadable(ValueError):
    """The file of officers cannot be used; the message names it, the place and what to do."""


@dataclass(frozen=True)
class Officer:
    """Someone who may see and export records. ``name`` is kebab-case and stands in the audit."""

    name: str


class Officers:
    """All officers of one endpoint.

    Args:
        path: TOML file with one table for each: ``[[officers]]``, ``name = "li-na"`` and
            ``key_sha256``, the SHA-256 of their key in hexadecimal. One name may stand there with
            several keys, while one replaces the other. None: there are no officers.

    Raises:
        OfficersUnreadable: The file is missing, is no TOML, or an entry is not of that form.
    """

    def __init__(self, path: Path | None) -> None:
        self._by_hash: dict[str, Officer] = {} if path is None else _read(path)

    def authenticated(self, request: Request) -> Officer:
        """Whose key the request shows.

        Raises:
            Problem: 401 without a key, or with what is no officer's.
        """
        shown = hashlib.sha256(bearer_token(request).encode()).hexdigest()
        found: Officer | None = None
        # All of them, in equal time: how long it takes tells nothing.
        for known, officer in self._by_hash.items():
            if hmac.compare_digest(known, shown):
                found = officer
        if found is None:
            raise refused_token("The bearer token is no officer's key.")
        return found


def _read(path: Path) -> dict[str, Officer]:
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("officers", [])
    except (OSError, ValueError) as error:
        raise OfficersUnreadable(f"{path}: {error}") from error
    if not isinstance(entries, list):
        raise OfficersUnreadable(f"{path}: write one [[officers]] table for each officer")
    officers: dict[str, Officer] = {}
    for number, entry in enumerate(entries, 1):
        name = entry.get("name") if isinstance(entry, dict) else None
        key = entry.get("key_sha256") if isinstance(entry, dict) else None
        if not (
            isinstance(name, str)
            and NAME.fullmatch(name)
            and len(name) <= LONGEST_NAME
            and isinstance(key, str)
            and _HASH.fullmatch(key)
        ):
            raise OfficersUnreadable(
                f"{path}: officer {number} needs a kebab-case name and key_sha256, the SHA-256 of "
                "the key as 64 lower-case hexadecimal digits; 'mingshi officer-key' writes both"
            )
        if key in officers:
            raise OfficersUnreadable(
                f"{path}: officer {number} has the key of officer {officers[key].name}; make one "
                "for each with 'mingshi officer-key'"
            )
        officers[key] = Officer(name)
    return officers
