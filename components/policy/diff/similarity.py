"""Which text of one list became which of another, by their words alone.

Equal texts first, then similar ones. Similar texts are looked up by the rarer of their word pairs,
so that a list of any length takes time in proportion to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from ..document import normalised
from .positions import longest_rising
from .segments import words

_MOST_SHARERS = 16
"""A word pair that more texts than this have says nothing about which is which."""
_MOST_CANDIDATES = 6
_LARGEST_GAP = 24


def shingles(text: str) -> frozenset[str]:
    """The pairs of neighbouring words (in Chinese: characters) of a text, without punctuation."""
    found = words(text)
    if len(found) == 1:
        return frozenset(found)
    return frozenset(map(" ".join, pairwise(found)))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """How alike two texts are, from 0 to 1.

    A text that was added to, or of which a part is left, is as alike as half of what is kept.
    """
    smaller, larger = sorted((len(first), len(second)))
    if not smaller:
        return 0.0
    shared = len(first & second)
    within = shared / smaller * (0.8 if smaller >= 6 else 0.5)
    return max(2 * shared / (smaller + larger), within)


def matched(
    old: Sequence[str],
    new: Sequence[str],
    least: float = 0.5,
    known: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """Positions in ``old`` and the positions in ``new`` of what they became.

    Args:
        old: Texts in order.
        new: Texts in order.
        least: How alike two texts must be, wherever they stand. Texts between two neighbours
            that are matched already need be only half as alike.
        known: Pairs that are certain; they are in the result.
    """
    pairs = dict(known or {})
    _add_equal(pairs, [normalised(text) for text in old], [normalised(text) for text in new])
    _add_similar(pairs, old, new, least)
    _add_between(pairs, old, new, least / 2)
    return pairs


def _add_equal(pairs: dict[int, int], old: Sequence[str], new: Sequence[str]) -> None:
    """Equal texts; those that occur more than once go by their neighbours, then by order."""
    taken = set(pairs.values())
    where_old = _positions(old, pairs)
    where_new = _positions(new, taken)
    for text, positions in where_old.items():
        if len(positions) == 1 and len(where_new.get(text, ())) == 1:
            pairs[positions[0]] = where_new[text][0]
            taken.add(where_new[text][0])
    for step, line in ((1, sorted(pairs)), (-1, sorted(pairs, reverse=True))):
        for start in line:
            i, j = start + step, pairs[start] + step
            while (
                0 <= i < len(old)
                and 0 <= j < len(new)
                and i not in pairs
                and j not in taken
                and old[i] == new[j]
            ):
                pairs[i] = j
                taken.add(j)
                i, j = i + step, j + step
    for text, positions in where_old.items():
        left = [i for i in positions if i not in pairs]
        right = [j for j in where_new.get(text, ()) if j not in taken]
        pairs.update(zip(left, right, strict=False))
        taken.update(right[: len(left)])


def _positions(texts: Sequence[str], done: Container[int]) -> dict[str, list[int]]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        if text and position not in done:
            where[text].append(position)
    return where


def _add_similar(
    pairs: dict[int, int], old: Sequence[str], new: Sequence[str], least: float
) -> None:
    taken = set(pairs.values())
    left = {i: shingles(old[i]) for i in range(len(old)) if i not in pairs}
    right = {j: shingles(new[j]) for j in range(len(new)) if j not in taken}
    sharers: defaultdict[str, list[int]] = defaultdict(list)
    for j, of_new in right.items():
        for shingle in of_new:
            sharers[shingle].append(j)
    found: list[tuple[float, int, int, int]] = []
    for i, of_old in left.items():
        votes = Counter(
            j
            for shingle in of_old
            if len(sharers.get(shingle, ())) <= _MOST_SHARERS
            for j in sharers.get(shingle, ())
        )
        # Not most_common(): its order among equals would follow that of the set.
        best = sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0] - i), vote[0]))
        for j, _ in best[:_MOST_CANDIDATES]:
            alike = likeness(of_old, right[j])
            if alike >= least:
                found.append((-alike, abs(i - j), i, j))
    for _, _, i, j in sorted(found):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _add_between(
    pairs: dict[int, int], old: Sequence[str], new: Sequence[str], least: float
) -> None:
    for lefts, rights in gaps(pairs, len(old), len(new)):
        if len(lefts) > _LARGEST_GAP or len(rights) > _LARGEST_GAP:
            continue
        of_new = {j: shingles(new[j]) for j in rights}
        of_old = {i: shingles(old[i]) for i in lefts}
        found = sorted(
            (-likeness(of_old[i], of_new[j]), abs((i - lefts[0]) - (j - rights[0])), i, j)
            for i in lefts
            for j in rights
        )
        taken: set[int] = set()
        for alike, _, i, j in found:
            if -alike >= least and i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)


def gaps(
    pairs: dict[int, int], old_length: int, new_length: int
) -> Iterator[tuple[list[int], list[int]]]:
    """What is unmatched on both sides between two neighbours that kept their order."""
    line = sorted(pairs.items())
    line = [line[k] for k in longest_rising([j for _, j in line])]
    taken = set(pairs.values())
    unmatched = set(range(old_length)) - set(pairs)
    for (a, b), (a_end, b_end) in pairwise([(-1, -1), *line, (old_length, new_length)]):
        lefts = [i for i in range(a + 1, a_end) if i in unmatched]
        rights = [j for j in range(b + 1, b_end) if j not in taken]
        if lefts and rights:
            yield lefts, rights
