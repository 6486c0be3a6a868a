"""Two wordings of one text -> what is kept, deleted and inserted, in stretches a person can read.

The work is bounded: long texts are first cut at parts that occur once in both, the pieces between
are compared by :mod:`difflib`, and what would still take too long is told as replaced whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from .positions import longest_rising
from .segments import is_word, split
from .stretches import Hunk, readable


class Change(StrEnum):
    """What became of a stretch of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class WordRun:
    """Words that share one fate; never empty.

    Between two kept stretches there is at most one deleted stretch, then at most one inserted.
    """

    change: Change
    text: str


WordRuns = tuple[WordRun, ...]
"""A text in runs: what was kept, added and removed, in reading order."""


def old_words(runs: WordRuns) -> str:
    """The text before the change."""
    return "".join(run.text for run in runs if run.change is not Change.INSERTED)


def new_words(runs: WordRuns) -> str:
    """The text after the change."""
    return "".join(run.text for run in runs if run.change is not Change.DELETED)


def kept(text: str) -> WordRuns:
    """A text that did not change."""
    return _runs([Hunk(kept=[text])])


def deleted(text: str) -> WordRuns:
    """A text that is gone."""
    return _runs([Hunk(deleted=[text])])


def inserted(text: str) -> WordRuns:
    """A text that is new."""
    return _runs([Hunk(inserted=[text])])


def joined(parts: Iterable[WordRuns]) -> WordRuns:
    """Several results, one behind the other, as one."""
    hunks = [Hunk()]
    for runs in parts:
        for run in runs:
            match run.change:
                case Change.KEPT:
                    if hunks[-1].changes:
                        hunks.append(Hunk())
                    hunks[-1].kept.append(run.text)
                case Change.DELETED:
                    hunks[-1].deleted.append(run.text)
                case Change.INSERTED:
                    hunks[-1].inserted.append(run.text)
    return _runs(hunks)


def inverted(runs: WordRuns) -> WordRuns:
    """The change that leads back."""
    other = {
        Change.KEPT: Change.KEPT,
        Change.DELETED: Change.INSERTED,
        Change.INSERTED: Change.DELETED,
    }
    return joined((WordRun(other[run.change], run.text),) for run in runs)


class WordComparison:
    """Compares wordings of one pair of documents.

    Args:
        texts: Every text of both documents. From them it learns which Chinese characters stand
            together, so that 收集 against 采集 is told as a whole word.
        effort: How many pairs of equal parts may be weighed in all; the bound on the time.
    """

    def __init__(self, texts: Iterable[str] = (), effort: int = 8_000_000) -> None:
        self._texts: tuple[str, ...] | None = tuple(texts)
        self._single: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        self._effort = effort

    def runs(self, old: str, new: str) -> WordRuns:
        """What became of each word; the runs hold both texts exactly."""
        if old == new:
            return kept(old)
        before, after = split(old), split(new)
        matches = self._matches(before, after)
        return _runs(readable(_hunks(before, after, matches), self._belongs_together))

    def _matches(self, old: list[str], new: list[str]) -> list[tuple[int, int]]:
        """Pairs of equal parts, both positions rising."""
        found: list[tuple[int, int]] = []
        open_ranges = [(0, len(old), 0, len(new))]
        while open_ranges:
            a, a_end, b, b_end = open_ranges.pop()
            while a < a_end and b < b_end and old[a] == new[b]:
                found.append((a, b))
                a, b = a + 1, b + 1
            while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
                a_end, b_end = a_end - 1, b_end - 1
                found.append((a_end, b_end))
            if a == a_end or b == b_end:
                continue
            counts = Counter(old[a:a_end]), Counter(new[b:b_end])
            cost = sum(times * counts[1][part] for part, times in counts[0].items())
            if cost <= _CHEAP or (cost <= _DEAR and len(counts[0]) > _VARIED):
                found += self._compared(old, new, (a, a_end, b, b_end), cost)
            else:
                anchors = _anchors(old, new, (a, a_end, b, b_end), counts)
                ends = [(a - 1, b - 1), *anchors, (a_end, b_end)]
                found += anchors
                if anchors:
                    open_ranges += [
                        (i + 1, next_i, j + 1, next_j)
                        for (i, j), (next_i, next_j) in pairwise(ends)
                    ]
        return sorted(found)

    def _compared(
        self, old: list[str], new: list[str], part: tuple[int, int, int, int], cost: int
    ) -> list[tuple[int, int]]:
        if cost > self._effort:
            return []
        self._effort -= cost
        a, a_end, b, b_end = part
        matcher = SequenceMatcher(None, old[a:a_end], new[b:b_end], autojunk=False)
        return [
            (a + match.a + step, b + match.b + step)
            for match in matcher.get_matching_blocks()
            for step in range(match.size)
        ]

    def _belongs_together(self, pair: str) -> bool:
        """Whether two Chinese characters more often than not stand together in these documents."""
        if self._texts is not None:
            for text in self._texts:
                self._single.update(text)
                self._pairs.update(map("".join, pairwise(text)))
            self._texts = None
        rarer = min(self._single[character] for character in pair)
        return self._pairs[pair] > 1 and 2 * self._pairs[pair] > rarer


_CHEAP = 4_000
_DEAR = 60_000
_VARIED = 40
"""Up to ``_CHEAP`` pairs of equal parts are weighed at once; up to ``_DEAR`` in a text with many
different words, where most pairs are spaces and full stops."""


def _anchors(
    old: Sequence[str],
    new: Sequence[str],
    part: tuple[int, int, int, int],
    counts: tuple[Counter[str], Counter[str]],
) -> list[tuple[int, int]]:
    """Parts that occur once on either side, in the order of both (as a patience diff does it)."""
    a, a_end, b, b_end = part
    once = {
        text
        for text, times in counts[0].items()
        if times == 1 and counts[1][text] == 1 and is_word(text)
    }
    where = {new[j]: j for j in range(b, b_end) if new[j] in once}
    pairs = [(i, where[old[i]]) for i in range(a, a_end) if old[i] in once]
    return [pairs[k] for k in longest_rising([j for _, j in pairs])]


def _hunks(old: list[str], new: list[str], matches: list[tuple[int, int]]) -> list[Hunk]:
    hunks = [Hunk()]
    i = j = 0
    for a, b in [*matches, (len(old), len(new))]:
        hunks[-1].deleted += old[i:a]
        hunks[-1].inserted += new[j:b]
        if a < len(old) and b < len(new):
            if hunks[-1].changes:
                hunks.append(Hunk())
            hunks[-1].kept.append(old[a])
        i, j = a + 1, b + 1
    return hunks


def _runs(hunks: Iterable[Hunk]) -> WordRuns:
    return tuple(
        WordRun(change, "".join(parts))
        for hunk in hunks
        for change, parts in (
            (Change.KEPT, hunk.kept),
            (Change.DELETED, hunk.deleted),
            (Change.INSERTED, hunk.inserted),
        )
        if any(parts)
    )
