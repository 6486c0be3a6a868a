"""How long a text takes to read, and its sentences."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[’'-][A-Za-z0-9]+)*")
_END = {"zh": re.compile(r"[。！？；!?;\n]+"), "en": re.compile(r"(?<=[.!?;])\s+|\n+")}


def han(text: str) -> int:
    """Chinese characters in a text."""
    return len(_HAN.findall(text))


def words(text: str) -> int:
    """Latin words and numbers in a text."""
    return len(_WORD.findall(text))


def sentences(text: str, language: str) -> list[str]:
    """A text's sentences."""
    end = _END["zh" if language == "zh" else "en"]
    return [part for raw in end.split(text) if (part := raw.strip())]


@cache
def rates() -> tuple[float, float]:
    """Chinese characters and English words a minute, from ``rules.toml``."""
    read = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
    limits = read["LX-14"]["limits"]
    return float(limits["zh_characters_a_minute"]), float(limits["en_words_a_minute"])


def reading_seconds(text: str, locale: str) -> float:
    """Seconds to read a text once, silently, in full; Latin words in Chinese count as words."""
    characters, latin = rates()
    return 60 * (han(text) / characters + words(text) / latin)
