"""Which key signs now, and which ones verify."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from ...consent.clock import Clock
from .key_files import KeyFile, KeysUnreadable, add_key, read_keys

LOGGER = logging.getLogger("mingshi.endpoint")

REREAD = timedelta(minutes=1)
"""How old the knowledge of the folder may be."""

MAX_AGE = timedelta(minutes=5)
"""How long a reader may keep the public keys."""

PUBLISHED_FIRST = timedelta(minutes=10)
"""How long a new key is only published before it signs: longer than every replica and every reader
takes to learn of it, so that no receipt is ever signed with a key that its reader cannot find."""


class SigningKeys:
    """The keys of a folder, read again once in a while. Blocks; usable from any thread.

    Args:
        folder: Where the keys are. A first key is made if there is none.
        clock: What tells how old a key is.

    Raises:
        KeysUnreadable: A file is no key, or every key is retired.
        OSError: The folder cannot be read, or a first key not be written.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        if not read_keys(folder):
            add_key(folder, clock.now())
        self._keys = _usable(folder)
        self._read_ms = clock.monotonic_ms()

    def signing(self) -> KeyFile:
        """The key to sign with: the newest that has been published for long enough."""
        known_since = self._clock.now() - PUBLISHED_FIRST
        private = [key for key in self.all() if not key.retired]
        published = [key for key in private if key.created <= known_since]
        return published[-1] if published else private[0]

    def all(self) -> Sequence[KeyFile]:
        """Every key, oldest first: those that sign, will sign or have signed."""
        with self._lock:
            now = self._clock.monotonic_ms()
            if now - self._read_ms >= REREAD / timedelta(milliseconds=1):
                self._read_ms = now
                try:
                    self._keys = _usable(self._folder)
                except (KeysUnreadable, OSError) as error:
                    # What was known a minute ago still holds.
                    LOGGER.error("signing keys cannot be read again: %s", error)
            return self._keys


def _usable(folder: Path) -> Sequence[KeyFile]:
    keys = read_keys(folder)
    if all(key.retired for key in keys):
        raise KeysUnreadable(
            f"{folder}: every key is retired or gone; add one with 'mingshi endpoint-keys rotate'"
        )
    return keys
