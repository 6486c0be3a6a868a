"""Finding words in a document: in any language, whatever their case and width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .passages import Passage


@dataclass(frozen=True)
class Hit:
    """One place where the words occur.

    Attributes:
        passage: Position of the passage, from 0.
        text: Position of the text in the passage; 0 is the heading.
        start: First character, from 0.
        end: The character behind the last.
    """

    passage: int
    text: int
    start: int
    end: int


def search(passages: Sequence[Passage], words: str) -> tuple[Hit, ...]:
    """Every place where some words occur, in reading order; empty if there is nothing to find.

    White space around the words does not count, and inside them any of it is like a blank.
    """
    wanted = _folded(words.strip())[0]
    if not wanted:
        return ()
    return tuple(
        Hit(number, position, start, end)
        for number, passage in enumerate(passages)
        for position, text in enumerate(passage.texts)
        for start, end in _found(text, wanted)
    )


def places(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where a text has some words, from left to right, none overlapping another."""
    wanted = _folded(words.strip())[0]
    return tuple(_found(text, wanted)) if wanted else ()


def fold(text: str) -> str:
    """A text in the form in which it is compared: full width as half, capitals as small letters."""
    return _folded(text)[0]


def _found(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    folded, origins = _folded(text)
    position = folded.find(wanted)
    while position >= 0:
        last = position + len(wanted) - 1
        # Whole characters: one may have become several, as a ligature does.
        start, end = origins[position], origins[last] + 1
        yield start, end
        after = last + 1
        while after < len(folded) and origins[after] < end:
            after += 1
        position = folded.find(wanted, after)


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """A text as it is compared, and for each of its characters the one it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        plain = unicodedata.normalize("NFKC", character).casefold()
        for letter in plain:
            letters.append(" " if letter.isspace() else letter)
            origins.append(position)
    return "".join(letters), tuple(origins)
