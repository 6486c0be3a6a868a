"""Which clause of the old document became which of the new one, and which were moved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ..document import Clause, Document, block_text, normalised
from .document_changes import Place
from .numbering import NumberedTitle, split_number
from .positions import heaviest_rising
from .similarity import matched

_GENERATED = re.compile(r"(?:[a-z-]*[a-z])?-?\d+(?:-\d+)*")
"""An id that only counts, as a reader of plain Markdown gives it, says nothing about identity."""


@dataclass(frozen=True)
class Listed:
    """A clause with what its document says about it.

    Attributes:
        clause: The clause.
        place: Where it stands.
        parent: Position of the clause it stands under; None if under none.
        title: Its heading, taken apart.
        body: The words under the heading.
    """

    clause: Clause
    place: Place
    parent: int | None
    title: NumberedTitle
    body: str

    @property
    def words(self) -> str:
        """What it says, without its number."""
        return f"{self.title.words}\n{self.body}"


def listed(document: Document) -> list[Listed]:
    """Every clause of a document in order."""
    found: list[Listed] = []
    for number, section in enumerate(document.sections):
        above: list[int] = []
        for position, clause in enumerate(section.clauses):
            while above and found[above[-1]].clause.level >= clause.level:
                above.pop()
            found.append(
                Listed(
                    clause,
                    Place(number, position, len(found)),
                    above[-1] if above else None,
                    split_number(clause.title),
                    "\n".join(map(block_text, clause.blocks)),
                )
            )
            above.append(len(found) - 1)
    return found


def match_clauses(old: Sequence[Listed], new: Sequence[Listed]) -> dict[int, int]:
    """Positions of old clauses and of what they became.

    By id where the heading or the words agree; by equal words; by any id that an author gave; by
    equal headings; by similar words; by the place between two neighbours.
    """
    pairs: dict[int, int] = {}
    by_id = {item.clause.id: position for position, item in enumerate(new)}
    same_id = {i: by_id[item.clause.id] for i, item in enumerate(old) if item.clause.id in by_id}
    for i, j in same_id.items():
        alike = normalised(old[i].title.words) == normalised(new[j].title.words) != ""
        if alike or normalised(old[i].words) == normalised(new[j].words):
            pairs[i] = j
    _add_unique(pairs, [item.words if item.body else "" for item in old], [i.words for i in new])
    taken = set(pairs.values())
    for i, j in same_id.items():
        if i not in pairs and j not in taken and not _GENERATED.fullmatch(old[i].clause.id):
            pairs[i] = j
    _add_unique(pairs, [item.title.words for item in old], [item.title.words for item in new])
    return matched([item.words for item in old], [item.words for item in new], known=pairs)


def _add_unique(pairs: dict[int, int], old: Sequence[str], new: Sequence[str]) -> None:
    """Pair texts that occur once among what is left of either side."""
    taken = set(pairs.values())
    left, right = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for i, text in enumerate(old):
        if i not in pairs:
            left[normalised(text)].append(i)
    for j, text in enumerate(new):
        if j not in taken:
            right[normalised(text)].append(j)
    for text, positions in left.items():
        if text and len(positions) == 1 and len(right.get(text, ())) == 1:
            pairs[positions[0]] = right[text][0]


def moved_clauses(
    old: Sequence[Listed], new: Sequence[Listed], pairs: Mapping[int, int]
) -> tuple[set[int], set[int]]:
    """Old positions of what has another place among its neighbours, and of what has another parent.

    A clause that went along with the clause it stands under was not moved.
    """
    weights = [len(item.words) + 1 for item in old]
    for position in range(len(old) - 1, -1, -1):
        parent = old[position].parent
        if parent is not None:
            weights[parent] += weights[position]
    elsewhere: set[int] = set()
    neighbours: defaultdict[int | None, list[int]] = defaultdict(list)
    for i, j in sorted(pairs.items(), key=lambda pair: pair[1]):
        above_old, above_new = old[i].parent, new[j].parent
        if (None if above_old is None else pairs.get(above_old, -1)) == above_new:
            neighbours[above_new].append(i)
        else:
            elsewhere.add(i)
    stayed = chain.from_iterable(
        (line[k] for k in heaviest_rising(line, [weights[i] for i in line]))
        for line in neighbours.values()
    )
    return set(pairs) - elsewhere - set(stayed), elsewhere
