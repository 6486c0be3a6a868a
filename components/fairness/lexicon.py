"""The lists of words in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "words.toml"


@dataclass(frozen=True)
class Lexicon:
    """One idea, as a pattern for each language that the rules know."""

    patterns: dict[str, re.Pattern[str]]

    def first(self, text: str, language: str) -> str | None:
        """The first words of a text that fit; None if none do, or in another language."""
        pattern = self.patterns.get(language)
        found = pattern.search(text) if pattern is not None else None
        return found.group().strip() if found is not None else None

    def finds(self, text: str, language: str) -> bool:
        """Whether anything fits."""
        return self.first(text, language) is not None

    def all(self, text: str, language: str) -> list[str]:
        """Everything that fits, in order."""
        pattern = self.patterns.get(language)
        return [] if pattern is None else [it.group().strip() for it in pattern.finditer(text)]

    def without(self, text: str, language: str) -> str:
        """A text with everything that fits taken out."""
        pattern = self.patterns.get(language)
        return text if pattern is None else pattern.sub("", text)


@cache
def _all() -> dict[str, Lexicon]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Lexicon(
            {
                code: re.compile(pattern, re.IGNORECASE if code == "en" else 0)
                for code, pattern in by_language.items()
            }
        )
        for name, by_language in read.items()
    }


def lexicon(name: str) -> Lexicon:
    """A list by its name in ``words.toml``.

    Raises:
        KeyError: there is no such list.
    """
    return _all()[name]
