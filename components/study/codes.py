"""Participant codes: short, said over a table without a mistake, and meaning nobody."""

from __future__ import annotations

import secrets

ALPHABET = "34679ACDEFGHJKMNPRTVWXY"
"""Twenty-three characters; none looks or sounds like another: no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U."""

LENGTH = 5
MOST_CODES = len(ALPHABET) ** (LENGTH - 1) // 4
"""More would make a guessed code too likely to be somebody's."""


def new_codes(count: int) -> tuple[str, ...]:
    """Different codes, each from the system's own chance.

    They are not made from the study's seed: whoever has the study file could list them.

    Raises:
        ValueError: There are not so many.
    """
    if count > MOST_CODES:
        raise ValueError(f"a study has at most {MOST_CODES} codes")
    codes: dict[str, None] = {}
    while len(codes) < count:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        codes[body + _check(body)] = None
    return tuple(codes)


def is_code(text: str) -> bool:
    """Whether a text can be a code: a wrong character or two swapped neighbours are noticed."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and _check(text[:-1]) == text[-1]


def read_code(typed: str) -> str | None:
    """The code that somebody typed, in whatever case and with spaces or hyphens; None if none."""
    bare = "".join(typed.split()).replace("-", "").upper()
    return bare if is_code(bare) else None


def _check(body: str) -> str:
    """Weights 1 to 4 modulo a prime: no two neighbours weigh the same, and no weight is 0."""
    total = sum(at * ALPHABET.index(it) for at, it in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]
