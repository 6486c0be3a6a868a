"""The small grammar of numbers at the head of a line, Chinese and Western.

===========  =============================  ==========================================
family       written                        example
===========  =============================  ==========================================
part         第…部分, 第…编, Part …          第一部分 定义
chapter      第…章, Chapter …               第二章 信息收集
section      第…节, Section …               Section 2 Sharing
article      第…条, Article …               第三条 儿童
han          一、                           一、我们如何收集
han-bracket  （一） (一)                     (八)、每周推荐
arabic       1、 1. 1．                      1、基础会员服务
dotted       1.1 2.3.1                      1.1 Account data
bracket      (1) （1） 1) 1）                (3)友盟
circled      ① … ㊿                         ②设备标识符
letter       a) (a) a.                      (b) device data
roman        i) (i) i.                      (ii) log data
===========  =============================  ==========================================

A bullet (• · ● ■ ◆ – - *) is a family without numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..clause_ids import han_number

_HAN = "[〇零一二三四五六七八九十百]{1,6}"
_DIGITS = "[0-9０-９]{1,3}"
_ANY = f"(?:{_HAN}|{_DIGITS})"
_WESTERN = "[0-9]{1,3}|[IVXLC]{1,7}|[A-Z]"

FAMILIES = (
    "part",
    "chapter",
    "section",
    "article",
    "han",
    "han-bracket",
    "arabic",
    "dotted",
    "bracket",
    "circled",
    "letter",
    "roman",
)
"""Every numbered family, the ones that hold others first."""

_FORMS = (
    ("part", re.compile(rf"第({_ANY})(?:部分|编)[\s:：、.．]*")),
    ("part", re.compile(rf"(?i:part)\s+({_WESTERN})\b[\s:.—–-]*")),
    ("chapter", re.compile(rf"第({_ANY})章[\s:：、.．]*")),
    ("chapter", re.compile(rf"(?i:chapter)\s+({_WESTERN})\b[\s:.—–-]*")),
    ("section", re.compile(rf"第({_ANY})节[\s:：、.．]*")),
    ("section", re.compile(rf"(?i:section)\s+({_WESTERN})\b[\s:.—–-]*")),
    ("article", re.compile(rf"第({_ANY})条[\s:：、.．]*")),
    ("article", re.compile(rf"(?i:article)\s+({_WESTERN})\b[\s:.—–-]*")),
    ("han", re.compile(rf"({_HAN})[、.．]\s*")),
    ("han-bracket", re.compile(rf"[（(]({_HAN})[)）]、?\s*")),
    ("dotted", re.compile(r"([0-9]{1,3}(?:[.．][0-9]{1,3}){1,4})[.．、]?(?![0-9%])\s*")),
    ("arabic", re.compile(rf"({_DIGITS})(?:[、．]|\.(?![0-9]))\s*")),
    ("bracket", re.compile(rf"[（(]({_DIGITS})[)）]\s*|({_DIGITS})[)）]\s*")),
    ("circled", re.compile(r"([①-⑳㉑-㉟㊱-㊿])\s*")),
    ("roman", re.compile(r"[（(]([ivx]{1,5})[)）]\s*|([ivx]{1,5})[.)]\s+")),
    ("letter", re.compile(r"[（(]([a-z])[)）]\s*|([a-zA-Z])[.)]\s+")),
)
_BULLET = re.compile(r"[•·●○■□◆◇▪‣※]\s*|[-*–]\s+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Marker:
    """The number or bullet at the head of a line.

    Attributes:
        family: One of :data:`FAMILIES`, or ``bullet``.
        ordinals: Its number; several for ``1.2.3``; empty for a bullet.
        length: Characters of the line that it takes, with the blanks behind it.
    """

    family: str
    ordinals: tuple[int, ...]
    length: int

    @property
    def ordinal(self) -> int:
        """The last number; 0 for a bullet."""
        return self.ordinals[-1] if self.ordinals else 0


def markers_of(line: str) -> tuple[Marker, ...]:
    """What the head of a line may be, the likelier first; ``(i)`` is roman or a letter."""
    found: list[Marker] = []
    for family, form in _FORMS:
        if match := form.match(line):
            ordinals = _ordinals(family, next(group for group in match.groups() if group))
            if ordinals is not None:
                found.append(Marker(family, ordinals, match.end()))
    if not found and (match := _BULLET.match(line)):
        found.append(Marker("bullet", (), match.end()))
    return tuple(found)


def _ordinals(family: str, written: str) -> tuple[int, ...] | None:
    match family:
        case "dotted":
            return tuple(int(number) for number in re.split("[.．]", written))
        case "circled":
            return (int(unicodedata.numeric(written)),)
        case "letter":
            return (ord(written.lower()) - ord("a") + 1,)
        case "roman":
            return _roman(written)
    number = han_number(written)
    if number is not None:
        return (number,)
    if len(written) == 1 and written not in "IVXLC":
        return (ord(written) - ord("A") + 1,)
    return _roman(written)


def _roman(written: str) -> tuple[int, ...] | None:
    values = [_ROMAN[letter] for letter in written.lower()]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return (total,) if 0 < total < 400 else None
