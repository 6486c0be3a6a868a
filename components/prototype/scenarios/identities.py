"""Secrets and event ids that come out the same each time, so that two runs can be compared."""

from __future__ import annotations

import base64
import hashlib
import uuid

from ...consent.clock import Clock
from ...consent.identity import SECRET_BYTES


class SeededIdentities:
    """For the demo and nothing else: whoever knows the seed knows the secret.

    Args:
        seed: The scenario and the device.
        clock: Gives the time that stands in an event's id.
    """

    def __init__(self, seed: str, clock: Clock) -> None:
        self._seed = seed
        self._clock = clock
        self._count = 0

    def secret(self) -> str:
        """The secret of this seed."""
        raw = self._bytes("secret")[:SECRET_BYTES]
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def event_id(self) -> str:
        """A UUID of version 7 whose random part is drawn from the seed."""
        self._count += 1
        milliseconds = int(self._clock.now().timestamp() * 1000)
        drawn = int.from_bytes(self._bytes(f"event {self._count}")[:10])
        value = milliseconds << 80 | drawn
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        return str(uuid.UUID(int=value))

    def _bytes(self, purpose: str) -> bytes:
        return hashlib.sha256(f"mingshi/demo\0{self._seed}\0{purpose}".encode()).digest()
