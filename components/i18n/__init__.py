"""In which words: languages, catalogs, dates, numbers and direction, by Babel."""

from .language import Direction, Language, available_locales, negotiate

__all__ = ["Direction", "Language", "available_locales", "negotiate"]
