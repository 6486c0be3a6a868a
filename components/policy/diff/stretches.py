"""A comparison part by part -> stretches that a person would mark with a pencil.

Never changes what is said, only where the marks begin and end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from .segments import is_han, is_word


@dataclass
class Hunk:
    """Parts that were kept, and what was deleted and inserted right behind them."""

    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything was deleted or inserted."""
        return bool(self.deleted or self.inserted)


def readable(hunks: list[Hunk], belongs_together: Callable[[str], bool]) -> list[Hunk]:
    """The same change with readable marks.

    Args:
        hunks: All but the last change something; taken over and changed.
        belongs_together: Whether two Chinese characters make a word.
    """
    _widen_to_words(hunks, belongs_together)
    for heaviest in (0, _HEAVIEST_CRUMB):  # blanks first: what they part weighs together
        hunks = _without_crumbs(hunks, heaviest)
    if _is_another_text(hunks):
        return [Hunk([], *map(list, _both_sides(hunks)))]
    for position, (hunk, following) in enumerate(pairwise(hunks)):
        _slide(hunk, following, at_start=position == 0)
    return hunks


def _weight(parts: list[str]) -> int:
    """How much is said: a word counts as two Chinese characters."""
    return sum(1 if is_han(part) else 2 for part in parts if is_word(part))


def _change_weight(hunk: Hunk) -> int:
    return max(_weight(hunk.deleted), _weight(hunk.inserted))


def _both_sides(hunks: list[Hunk]) -> tuple[list[str], list[str]]:
    old = [part for hunk in hunks for part in (*hunk.kept, *hunk.deleted)]
    new = [part for hunk in hunks for part in (*hunk.kept, *hunk.inserted)]
    return old, new


def _is_another_text(hunks: list[Hunk]) -> bool:
    """Whether so little was kept that marks inside the text would only confuse."""
    kept = sum(_weight(hunk.kept) for hunk in hunks)
    old, new = _both_sides(hunks)
    # A short text inside a long one was added to, not replaced.
    least = min(_weight(old), _weight(new))
    return 4 * kept < least or (len(hunks) > _MANY_MARKS and 2 * kept < least)


_MANY_MARKS = 4


def _widen_to_words(hunks: list[Hunk], belongs_together: Callable[[str], bool]) -> None:
    """Mark the whole of a Chinese word of which one character changed."""
    for hunk, following in zip(hunks, [*hunks[1:], Hunk()], strict=True):
        sides = [side for side in (hunk.deleted, hunk.inserted) if side]
        if len(sides) < 2 or min(map(len, sides)) > 1:
            continue
        if following.kept and _makes_word(sides, following.kept[0], belongs_together, behind=True):
            part = following.kept.pop(0)
            for side in sides:
                side.append(part)
        elif hunk.kept and _makes_word(sides, hunk.kept[-1], belongs_together, behind=False):
            part = hunk.kept.pop()
            for side in sides:
                side.insert(0, part)


def _makes_word(
    sides: list[list[str]], part: str, belongs_together: Callable[[str], bool], *, behind: bool
) -> bool:
    pairs = [side[-1] + part if behind else part + side[0] for side in sides]
    return any(len(pair) == 2 and is_han(pair) and belongs_together(pair) for pair in pairs)


def _without_crumbs(hunks: list[Hunk], heaviest: int) -> list[Hunk]:
    """Take in the odd kept word or blank between two changes."""
    result = hunks[:1]
    for hunk in hunks[1:]:
        last = result[-1]
        if hunk.changes and last.changes and _is_crumb(last, hunk, heaviest):
            last.deleted += hunk.kept + hunk.deleted
            last.inserted += hunk.kept + hunk.inserted
        else:
            result.append(hunk)
    return result


def _is_crumb(before: Hunk, hunk: Hunk, heaviest: int) -> bool:
    kept = hunk.kept
    if not kept:
        return True
    if not (before.deleted or hunk.deleted) or not (before.inserted or hunk.inserted):
        return False  # nothing but the crumb would be marked on that side
    weight = _weight(kept)
    around = min(_change_weight(before), _change_weight(hunk))
    return all(map(str.isspace, kept)) or (weight < around and weight <= heaviest > 0)


_HEAVIEST_CRUMB = 4


_LONGEST_SLIDE = 400
_SENTENCE_END = frozenset(".!?。！？；;\n")
_PAUSE = frozenset(",:，：、)）\t")


def _slide(hunk: Hunk, following: Hunk, *, at_start: bool) -> None:
    """Shift an insertion or deletion to where a sentence, clause or word begins and ends.

    ``A. [+B. +]C.`` and ``A[+. B+]. C.`` insert the same; a person marks the sentence.
    """
    moving = hunk.deleted or hunk.inserted
    if hunk.deleted and hunk.inserted:
        return
    line = [*hunk.kept[-_LONGEST_SLIDE:], *moving, *following.kept[:_LONGEST_SLIDE]]
    before = min(len(hunk.kept), _LONGEST_SLIDE)
    size = len(moving)
    # One kept part stays between two changes, or they would touch.
    first = 0 if at_start else 1
    end = len(line) - 1 if following.changes else len(line)
    least, most = before, before
    while least > first and line[least - 1] == line[least + size - 1]:
        least -= 1
    while most + size < end and line[most] == line[most + size]:
        most += 1
    best = max(
        range(least, most + 1),
        key=lambda start: (_cut(line, start) + _cut(line, start + size), -abs(start - before)),
    )
    shift = best - before
    if shift:
        both = hunk.kept[len(hunk.kept) - before :] + moving + following.kept
        hunk.kept[len(hunk.kept) - before :] = both[:best]
        moving[:] = both[best : best + size]
        following.kept[:] = both[best + size :]


def _cut(line: list[str], position: int) -> int:
    """How good a place this is for a mark to begin or end."""
    left = line[position - 1] if position else "\n"
    if left.isspace() and position > 1 and line[position - 2][-1] in _SENTENCE_END:
        return 6
    if left[-1] in _SENTENCE_END:
        return 5
    if left[-1] in _PAUSE:
        return 3
    if left.isspace():
        return 2
    return 1 if position < len(line) and not is_word(line[position]) else 0
