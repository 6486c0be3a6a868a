"""A mainland Chinese mobile number: what is one, and what is wrong with what is none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = 11
_SEPARATORS = re.compile(r"[\s\-‐-―()（）.]")


class Flaw(StrEnum):
    """Why a text is no mobile number."""

    EMPTY = "empty"
    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    START = "start"


@dataclass(frozen=True)
class Wrong:
    """A text that is no mobile number; ``digits`` is how many it has."""

    flaw: Flaw
    digits: int


@dataclass(frozen=True)
class PhoneNumber:
    """A mobile number of eleven digits."""

    digits: str

    @property
    def masked(self) -> str:
        """Enough for its owner to know it by: ``138 •••• 5678``."""
        return f"{self.digits[:3]} •••• {self.digits[-4:]}"


def read_phone_number(text: str) -> PhoneNumber | Wrong:
    """Read what a person typed: spaces, hyphens, ``+86`` and other scripts' digits are fine."""
    plain = _SEPARATORS.sub("", text)
    if not plain:
        return Wrong(Flaw.EMPTY, 0)
    for prefix in ("+86", "＋86", "0086"):
        plain = plain.removeprefix(prefix)
    digits = "".join(str(unicodedata.digit(it, "?")) for it in plain)
    if not digits.isdecimal():
        return Wrong(Flaw.NOT_DIGITS, sum(it.isdecimal() for it in digits))
    if len(digits) != _DIGITS:
        return Wrong(Flaw.LENGTH, len(digits))
    if not re.match(r"1[3-9]", digits):
        return Wrong(Flaw.START, len(digits))
    return PhoneNumber(digits)
