"""Two languages that nobody speaks, made from the English source when they are asked for.

``en_XA`` has accents on its letters and is longer by two fifths: what is cut off, overlaps, or
was never given to be translated shows at a glance. ``ar_XB`` runs from right to left with every
word mirrored: what does not turn round with the rest shows, to people who do not read Arabic.
Neither has a catalog, and neither is ever offered to a person.
"""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Final

ACCENTED: Final = "en_XA"
MIRRORED: Final = "ar_XB"
BASES: Final = {ACCENTED: "en", MIRRORED: "ar"}
"""The pseudo-locales, each with the locale whose dates, numbers and direction it has."""

_LENGTHENING = 0.4
_FILLER = "one two three four five six seven eight nine ten"
_ACCENTS = str.maketrans(
    "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz", "ÅÇÐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽåçðéĝĥîĵķļñöŕšţûŵýž"
)
_SLOT = re.compile(r"(\{[^{}]*\})")
_WORD = re.compile(r"[^\W\d_]+")
_OVERRIDE, _END, _MARK = "\u202e", "\u202c", "\u200f"


def accented(text: str) -> str:
    """A text with accents, in brackets that show where it ends, longer by about 40 %.

    ``{slots}`` stay as they are.
    """
    pieces = _SLOT.split(text)
    letters = sum(len(piece) for piece in pieces[::2])
    more = max(2, round(letters * _LENGTHENING))
    filler = (_FILLER * (more // len(_FILLER) + 1))[:more].strip()
    # Every other piece is a slot.
    pieces[::2] = [piece.translate(_ACCENTS) for piece in pieces[::2]]
    return f"[{''.join(pieces)} {filler}]"


def mirrored(text: str) -> str:
    """A text whose words are drawn from right to left; ``{slots}`` stay as they are."""
    pieces = _SLOT.split(text)
    pieces[::2] = [
        _WORD.sub(lambda word: f"{_MARK}{_OVERRIDE}{word[0]}{_END}{_MARK}", piece)
        for piece in pieces[::2]
    ]
    return "".join(pieces)


class PseudoTranslations(NullTranslations):
    """Translates out of nothing but the source text."""

    def __init__(self, locale: str) -> None:
        super().__init__()
        self._turned = {ACCENTED: accented, MIRRORED: mirrored}[locale]

    def gettext(self, message: str) -> str:
        """The source text, turned."""
        return self._turned(message)

    def pgettext(self, context: str, message: str) -> str:
        """The source text, turned; the context is nothing to it."""
        return self._turned(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The English form for this number, turned."""
        return self._turned(msgid1 if n == 1 else msgid2)
