"""The number in front of a heading, in the ways that policies number."""

from __future__ import annotations

import re
from typing import NamedTuple

_CHINESE = (
    "\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u4e24"
)
_ROMAN = "[IVXLC]{1,7}"
_NUMBER = re.compile(
    "|".join(
        (
            # 第一部分, 第3条
            f"\u7b2c[{_CHINESE}\\d]+(?:\u90e8\u5206|[\u7f16\u7ae0\u8282\u6761\u6b3e\u9879\u90e8])",
            # （十一）, (3), (a), [2]
            f"[(\uff08\\[\u3010](?:[{_CHINESE}]+|\\d{{1,3}}|[A-Za-z]|[ivxlc]+)[)\uff09\\]\u3011]",
            # 一、 1、 1） 1.
            f"(?:[{_CHINESE}]+|\\d{{1,3}}|[A-Za-z])[\u3001\uff0e)\uff09]",
            # 3.2, 3.2.1., 3. and a bare 3 before a blank
            r"\d{1,3}(?:\.\d{1,3})+[.\u3001\uff0e]?(?!\d)",
            r"(?:\d{1,3}|[A-Z])\.(?=\s|[^\x00-\x7f])",
            r"\d{1,2}(?=\s+\S)",
            rf"{_ROMAN}\.(?=\s)",
            r"[\u2460-\u2473\u2474-\u249b\u3220-\u3229]",
            rf"(?i:section|article|part|chapter|annex|appendix|schedule|clause)\s+"
            rf"(?:\d+(?:\.\d+)*|{_ROMAN}|[A-Z])\b[.:)]?",
        )
    )
)


class NumberedTitle(NamedTuple):
    """A heading's number, empty if it has none, and its words, which are how the heading ends."""

    number: str
    words: str


def split_number(title: str) -> NumberedTitle:
    """Take a heading apart: ``（十）位置`` is ``（十）`` and ``位置``."""
    found = _NUMBER.match(title.lstrip())
    if found is None:
        return NumberedTitle("", title)
    rest = title.lstrip()[found.end() :].lstrip(" \t\u3000:\uff1a\u2013\u2014-")
    return NumberedTitle(found.group(), rest)
