"""In which words: languages, catalogs, dates, numbers and direction, by Babel."""

from .choice import LanguageChoice, available_locales, negotiate
from .direction import Direction
from .language import Language
from .pseudo import BASES

PSEUDO_LOCALES = tuple(BASES)
"""Locales for the gallery and for tests, never offered to a person."""

__all__ = [
    "PSEUDO_LOCALES",
    "Direction",
    "Language",
    "LanguageChoice",
    "available_locales",
    "negotiate",
]
