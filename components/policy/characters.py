"""What the reader must know of single characters: which are Chinese, which cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_UNSEEN = re.compile(
    "["
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # control characters but tab and line feed
    "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f"  # soft hyphen, fillers
    "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"  # zero width, line separators, direction
    "\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\U000e0000-\\U000e007f"  # fillers, byte order, tags
    "\\ud800-\\udfff"  # half a surrogate pair
    "\\ufffd"  # what a decoder leaves where it failed
    "\\ue000-\\uf8ff\\U000f0000-\\U0010ffff"  # private use: a glyph in one font only
    "]"
)
_HANGUL = re.compile("[\\u1100-\\u11ff\\u3130-\\u318f\\ua960-\\ua97f\\uac00-\\ud7ff]")
_SHARED_PUNCTUATION = frozenset("“”‘’…—·")
_BLANKS = re.compile(r"[ \t]+")


def unseen_characters(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text that a reader cannot see, or that no two fonts draw alike.

    They would let two texts look the same and differ, or read as words to a screen reader that
    are not on the screen.

    Yields:
        Offset in the text, and the character's name, for example ``U+00AD SOFT HYPHEN``.
    """
    for match in _UNSEEN.finditer(text):
        character = match[0]
        name = unicodedata.name(character, "").strip()
        yield match.start(), f"U+{ord(character):04X} {name}".strip()


def without_unseen(text: str) -> str:
    """The text without those characters."""
    return _UNSEEN.sub("", text)


def is_cjk(character: str) -> bool:
    """Whether a character is set on a full square: Han, kana, hangul and their punctuation.

    After UAX #11: East Asian Width wide, full-width or half-width; pictographs do not count.
    """
    wide = unicodedata.east_asian_width(character) in ("W", "F", "H")
    return wide and not 0x1F000 <= ord(character) < 0x20000


def adjoins_chinese(character: str) -> bool:
    """Whether a character may stand in Chinese without a space around it.

    Beside what :func:`is_cjk` covers: the quotation marks, dashes and ellipsis that Chinese
    shares with Latin script in Unicode.
    """
    return character in _SHARED_PUNCTUATION or is_cjk(character)


def line_separator(before: str, after: str) -> str:
    """What stands in place of a line break between two characters: nothing, or one space.

    Chinese and Japanese are not spaced, so a line that was broken in the source is joined
    without a space; Korean and all others are (CSS Text 3, 4.1.3).
    """
    if before.isspace() or after.isspace():
        return ""
    unspaced = adjoins_chinese(before) and adjoins_chinese(after)
    either = is_cjk(before) or is_cjk(after)
    hangul = _HANGUL.match(before) or _HANGUL.match(after)
    return "" if unspaced and either and not hangul else " "


def one_blank(text: str) -> str:
    """The text with every run of spaces and tabs as one space."""
    return _BLANKS.sub(" ", text)


def one_line(text: str) -> str:
    """A text as it is drawn and hashed: NFC, on one line, no blanks at its ends or doubled."""
    lines = [line.strip() for line in unicodedata.normalize("NFC", text).split("\n")]
    joined = ""
    for line in filter(None, lines):
        joined += (line_separator(joined[-1], line[0]) if joined else "") + line
    return one_blank(joined)
