"""Which way text runs, and how a piece that runs the other way is kept from tangling the rest.

The marks are Unicode's isolates (UAX #9). They are not seen and not spoken; what stands between
two of them is put in order by itself, so that the full stop after a name, or the groups of a
telephone number, stay where they belong.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
MARKS: Final = "\u2066\u2067\u2068\u2069"
"""The isolates and their end: no words, wherever words are compared."""

_PLAIN_NUMBER = re.compile(r"[+\-−\u200e]?[\d٠-٩]+(?:[.,٫٬][\d٠-٩]+)*[ \u00a0]?[%٪]?\u200e?")


class Direction(StrEnum):
    """Which way lines run."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


def direction_of(text: str) -> Direction | None:
    """The direction of the first letter that has one; None if no letter has."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return Direction.LEFT_TO_RIGHT
            case "R" | "AL":
                return Direction.RIGHT_TO_LEFT
    return None


def runs_only(text: str, direction: Direction) -> bool:
    """Whether a text has letters, and all of them run one way."""
    found = {unicodedata.bidirectional(character) for character in text}
    own = {"L"} if direction is Direction.LEFT_TO_RIGHT else {"R", "AL"}
    return bool(found & own) and not found & ({"L", "R", "AL"} - own)


def isolated(text: str, direction: Direction) -> str:
    """A piece of text as it may be put into a sentence that runs in ``direction``.

    It comes back as it was unless the sentence would put it in another order: letters of the other
    direction anywhere, and, from right to left, whatever has digits in groups (a telephone number,
    an id, a date written with hyphens). A plain number needs nothing.
    """
    if not text or text[0] in MARKS or _PLAIN_NUMBER.fullmatch(text):
        return text
    if direction is Direction.RIGHT_TO_LEFT:
        tangled = any(unicodedata.bidirectional(it) in ("L", "EN", "AN") for it in text)
    else:
        tangled = any(unicodedata.bidirectional(it) in ("R", "AL", "AN") for it in text)
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if tangled else text


def standing_alone(text: str, around: Direction) -> str:
    """A text of its own, such as a paragraph of a policy, on a screen that runs in ``around``.

    A Chinese paragraph on an Arabic screen would end with its full stop at the wrong side. The
    other way round a control can be told its direction, so nothing is done here.
    """
    if around is Direction.RIGHT_TO_LEFT and runs_only(text, Direction.LEFT_TO_RIGHT):
        return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"
    return text


def without_marks(text: str) -> str:
    """The words, without the marks."""
    return text.translate(dict.fromkeys(map(ord, MARKS)))
