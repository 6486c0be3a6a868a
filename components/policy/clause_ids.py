"""Ids for clauses whose author gave them none.

An id is made of the heading alone, so that it stays when clauses around it come and go: Latin
headings give their words, numbered Chinese headings their number, all others eight digits of the
SHA-256 of their normalised words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from .document import normalised
from .identifiers import is_kebab

LONGEST_ID = 60
"""Characters of an id before a number that makes it unique."""

HAN_DIGITS = "零一二三四五六七八九"
_NUMBER = "[0-9０-９〇零一二三四五六七八九十百]{1,6}"
_PART = re.compile(rf"第({_NUMBER})([部章节条])")
_PART_NAMES = {"部": "part", "章": "chapter", "节": "section", "条": "article"}
_ORDINAL = re.compile(
    rf"[（(]?({_NUMBER})(?:[)）]|、|[.．](?![0-9])|[.．]([0-9.]{{1,9}}[0-9]|[0-9]))"
)
_LEADING_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*[.):]?\s+(?=\S*[A-Za-z])")
_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9]+")


def han_number(text: str) -> int | None:
    """A whole number below a thousand in Chinese or Western digits; None if it is none.

    ``十二`` is 12, ``一百零三`` 103, ``三〇`` 30.
    """
    digits = unicodedata.normalize("NFKC", text).replace("〇", "零")
    if digits.isascii() and digits.isdigit():
        return int(digits)
    if digits and all(digit in HAN_DIGITS for digit in digits):
        return int("".join(str(HAN_DIGITS.index(digit)) for digit in digits))
    match = re.fullmatch(
        r"(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九]?)(十))?"
        r"([一二三四五六七八九]?)",
        digits,
    )
    if match is None or not digits:
        return None
    hundreds, tens, ten, ones = match.groups()
    total = HAN_DIGITS.index(hundreds) * 100 if hundreds else 0
    if ten:
        total += (HAN_DIGITS.index(tens) if tens else 1) * 10
    return total + (HAN_DIGITS.index(ones) if ones else 0)


def is_numbered(title: str) -> bool:
    """Whether a heading begins with a number of its own, Chinese or Western."""
    return any(form.match(title) for form in (_PART, _ORDINAL, _LEADING_NUMBER))


def slug(words: str) -> str:
    """The Latin words and digits of a text in kebab-case, cut after a word; may be empty."""
    plain = unicodedata.normalize("NFKD", words.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("'", "").replace("’", "")
    kept = ""
    for word in _WORD.findall(plain[:500]):
        longer = f"{kept}-{word}" if kept else word[:LONGEST_ID]
        if len(longer) > LONGEST_ID:
            break
        kept = longer
    return kept


class ClauseIds:
    """Gives out ids, each once."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._taken: set[str] = set()

    def give(self, title: str, parent: str | None) -> str:
        """The id of a heading.

        Args:
            title: Its words.
            parent: Id of the clause above it, which a bare number such as ``(二)`` is added to;
                None at the top.
        """
        base = _base(title, parent)
        count = self._counts.get(base, 0) + 1
        id_ = base if count == 1 else f"{base}-{count}"
        while id_ in self._taken:
            count += 1
            id_ = f"{base}-{count}"
        self._counts[base] = count
        self._taken.add(id_)
        return id_


def _base(title: str, parent: str | None) -> str:
    if match := _PART.match(title):
        return f"{_PART_NAMES[match[2]]}-{han_number(match[1]) or 0}"
    if _CHINESE.search(title[:500]):
        return _numbered(title, parent) or _latin(title) or _hashed(title)
    return _latin(title) or _numbered(title, parent) or _hashed(title)


def _latin(title: str) -> str | None:
    """The words, if most letters are Latin; a number before them is left out."""
    words = _LEADING_NUMBER.sub("", title, count=1) if title[:1].isdigit() else title
    letters = [letter for letter in title[:500] if letter.isalpha()]
    if 2 * sum(letter < "\u0250" for letter in letters) <= len(letters):
        return None
    return slug(words) or None


def _numbered(title: str, parent: str | None) -> str | None:
    """The parent's id and the number."""
    match = _ORDINAL.match(title)
    if match is None:
        return None
    number = f"{han_number(match[1]) or 0}"
    if match[2]:
        number += "-" + match[2].strip(".").replace(".", "-")
    numbered = f"{parent}-{number}" if parent else f"clause-{number}"
    return numbered if is_kebab(numbered) and len(numbered) <= LONGEST_ID else None


def _hashed(title: str) -> str:
    return f"clause-{hashlib.sha256(normalised(title).encode()).hexdigest()[:8]}"
