"""Sentences, lengths and bilingual word patterns: what rules about words have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..characters import is_cjk

_CHINESE_END = re.compile(r"[。！？；!?;\n\t]+")
_ENGLISH_END = re.compile(r"(?<=[.!?;])\s+|[\n\t]+")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[’'-][A-Za-z0-9]+)*")


_FULL_WIDTH = str.maketrans(",;:()!?", "，；：（）！？")


def full_width(text: str) -> str:
    """A text with the marks that Chinese is often typed with in Latin form made full-width.

    One character stands for one, so that positions stay. Only matching sees it.
    """
    return text.translate(_FULL_WIDTH)


def language_of(locale: str) -> str | None:
    """``zh`` for Simplified Chinese, ``en`` for English, None where no word lists exist."""
    if locale == "zh" or locale.startswith(("zh_Hans", "zh_CN", "zh_SG")):
        return "zh"
    return "en" if locale.partition("_")[0] == "en" else None


def sentences(text: str, language: str) -> list[str]:
    """A text's sentences; parts between semicolons count as sentences too, as do table cells."""
    end = _CHINESE_END if language == "zh" else _ENGLISH_END
    return [part for raw in end.split(text) if (part := raw.strip())]


def words(text: str) -> list[str]:
    """The Latin words and numbers of a text."""
    return _WORD.findall(text)


def size(text: str, language: str) -> int:
    """How long a text is: characters without blanks in Chinese, words in English."""
    if language == "zh":
        return sum(not character.isspace() for character in text)
    return len(words(text))


def columns(text: str) -> int:
    """How wide a text is drawn, in half squares: 2 for a Chinese character, 1 for a Latin one."""
    return sum(2 if is_cjk(character) else 1 for character in text)


def shortened(text: str, most: int = 48) -> str:
    """A text as a message quotes it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


@dataclass(frozen=True)
class Words:
    """The same idea as a regular expression in each language that the rules know.

    Attributes:
        zh: For Simplified Chinese.
        en: For English; case is ignored.
    """

    zh: str
    en: str

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {"zh": re.compile(self.zh), "en": re.compile(self.en, re.IGNORECASE)}

    def find(self, text: str, language: str) -> str | None:
        """The first words of a text that fit, or None."""
        match = self._patterns[language].search(_matched(text, language))
        return match[0] if match else None

    def count(self, text: str, language: str) -> int:
        """How often the pattern fits."""
        return sum(1 for _ in self._patterns[language].finditer(_matched(text, language)))

    def without(self, text: str, language: str) -> str:
        """The text with everything that fits taken out."""
        return self._patterns[language].sub(" ", _matched(text, language))


def _matched(text: str, language: str) -> str:
    return full_width(text) if language == "zh" else text
