"""Chance that comes out the same from the same seed, in every version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, MutableSequence
from typing import Any


class Chance:
    """Numbers from SHA-256 over a seed, a name and a counter.

    ``random`` promises its shuffles for one version of Python only, and an allocation must be
    possible to check years later.

    Args:
        seed: The study's seed.
        name: What the numbers are for; other names give other numbers.
    """

    def __init__(self, seed: int, name: str) -> None:
        self._words = self._stream(f"{seed}\n{name}\n")

    @staticmethod
    def _stream(start: str) -> Iterator[int]:
        counter = 0
        while True:
            block = hashlib.sha256(f"{start}{counter}".encode()).digest()
            for at in range(0, len(block), 8):
                yield int.from_bytes(block[at : at + 8], "big")
            counter += 1

    def below(self, limit: int) -> int:
        """A whole number from 0 to below ``limit``, each equally likely."""
        if limit < 1:
            raise ValueError("there is no number below that")
        # The numbers above the last full round would make the small ones likelier.
        full = 2**64 - 2**64 % limit
        while (word := next(self._words)) >= full:
            pass
        return word % limit

    def shuffle(self, things: MutableSequence[Any]) -> None:
        """Put things into a random order, each equally likely."""
        for last in range(len(things) - 1, 0, -1):
            other = self.below(last + 1)
            things[last], things[other] = things[other], things[last]
