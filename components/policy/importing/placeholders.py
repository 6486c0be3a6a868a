"""Words that stand where an author has to write: they load, and nobody can take them for real."""

from __future__ import annotations

_MARKS = {"zh": "待填写：", "": "To be written: "}


def placeholder(locale: str, chinese: str, english: str) -> str:
    """An instruction in place of words, in the pack's language or in English.

    Args:
        locale: Babel locale id.
        chinese, english: What to write there.
    """
    language = "zh" if locale.startswith("zh") else ""
    return _MARKS[language] + (chinese if language else english)


def is_placeholder(text: str) -> bool:
    """Whether words are, or begin with, an instruction that nobody has followed yet."""
    return text.lstrip().startswith(tuple(_MARKS.values()))
