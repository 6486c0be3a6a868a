"""A text -> the smallest parts that a comparison may mark.

Latin and other spaced scripts go by words, Chinese by characters (:mod:`.words` joins them into
readable stretches). A number, a date, an address on the web and a quoted term are one part each:
nobody reads half a date.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SQUARE = _HAN + "\u3040-\u30ff\U00020000-\U0003ffff"
_NUMERAL = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u4e07\u3007"
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_LONGEST_QUOTED_TERM = 24

_PART = re.compile(
    "|".join(
        (
            r"(?:https?|mailto|tel):[!-~]*[0-9A-Za-z/=_-]",
            r"[0-9A-Za-z_.+-]{1,64}+@[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63})+",
            r"www\.[!-~]*[0-9A-Za-z/]",
            # 2021年11月1日, 11月1日
            "[0-9]{4}\\s?\u5e74(?:\\s?[0-9]{1,2}\\s?\u6708(?:\\s?[0-9]{1,2}\\s?\u65e5)?)?",
            "[0-9]{1,2}\\s?\u6708\\s?[0-9]{1,2}\\s?\u65e5",
            f"[0-9]{{1,2}} {_MONTH} [0-9]{{4}}\\b",
            f"{_MONTH} [0-9]{{1,2}}, [0-9]{{4}}\\b",
            # “…”, ‘…’, 「…」, 『…』, 《…》 and straight quotes, each on one line
            *(
                f"{a}[^{a}{b}\\n]{{1,{_LONGEST_QUOTED_TERM}}}{b}"
                for a, b in (
                    "\u201c\u201d",
                    "\u2018\u2019",
                    "\u300c\u300d",
                    "\u300e\u300f",
                    "\u300a\u300b",
                )
            ),
            f'"(?=\\S)[^"\\n]{{1,{_LONGEST_QUOTED_TERM}}}(?<=\\S)"',
            # 400-113-9001, 3.2, 1,000, 15%, +86, 2021-11-01, 10:30
            r"[+]?\d+(?:[.,:/\u2013-]\d+)*[%\u2030\uff05]?",
            f"[{_NUMERAL}]{{2,}}",
            f"[{_SQUARE}]",
            f"(?:(?![{_SQUARE}])[^\\W\\d_]|_)+(?:['\u2019-](?:(?![{_SQUARE}])[^\\W\\d_])+)*",
            r"[^\S\n]+",
            r".",
        )
    ),
    flags=re.DOTALL,
)
_JOINER = "\u200d"


def split(text: str) -> list[str]:
    """The parts of a text in order; joined they are the text."""
    starts: list[int] = []
    for match in _PART.finditer(text):
        start = match.start()
        # An accent, a vowel sign or half a pictograph belongs to what it stands on.
        if not starts or not (_is_mark(text[start]) or text[start - 1] == _JOINER):
            starts.append(start)
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


_WORD = re.compile(f"[{_SQUARE}]|(?:(?![{_SQUARE}])[^\\W_])+")


def words(text: str) -> list[str]:
    """Only the words and numbers of a text, in lower case; much faster than :func:`split`."""
    return _WORD.findall(text.casefold())


def is_han(text: str) -> bool:
    """Whether a part is Chinese (or kana), which is written without spaces."""
    return _ONLY_SQUARE.fullmatch(text) is not None


_ONLY_SQUARE = re.compile(f"[{_SQUARE}]+")


def is_word(part: str) -> bool:
    """Whether a part says anything: it is no blank and no lone punctuation mark."""
    return any(map(str.isalnum, part))


def _is_mark(character: str) -> bool:
    return character == _JOINER or (
        not character.isascii() and unicodedata.category(character).startswith("M")
    )
