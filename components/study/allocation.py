"""Who sees which condition: drawn up beforehand, so that a device needs no network to know it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import ceil

from .chance import Chance
from .codes import is_code, new_codes
from .model import Condition, Design, Study
from .williams import williams
from .words import DesignKind, Stratum, TaskOrder

_SEPARATOR = " > "


class AllocationFault(ValueError):
    """A table of participants is not one of this study's; the message says why."""


@dataclass(frozen=True)
class Place:
    """One row: what the next participant of a stratum gets.

    Attributes:
        code: Whom the place is for; empty once that participant has withdrawn.
        stratum: The values of what participants are balanced by.
        position: The place in its stratum, counted from 1.
        block: The block that it belongs to, counted from 1.
        conditions: One; all of them in the participant's order if each sees all.
        tasks: The participant's order of tasks; empty for that of the file.
    """

    code: str
    stratum: dict[Stratum, str]
    position: int
    block: int
    conditions: tuple[Condition, ...]
    tasks: tuple[str, ...]


def allocate(study: Study) -> tuple[Place, ...]:
    """Draw up the places of every stratum; the same for the same study, but for the codes.

    Each stratum has places for all participants, since nobody knows how many of each will come.

    Raises:
        ValueError: There are not so many codes.
    """
    places = allocate_without_codes(study)
    codes = new_codes(len(places))
    return tuple(replace(it, code=code) for it, code in zip(places, codes, strict=True))


def allocate_without_codes(study: Study) -> tuple[Place, ...]:
    """The places of every stratum as the seed makes them, with empty codes."""
    design = study.design
    strata = [
        dict(zip(design.strata, values, strict=True)) for values in product(*design.strata.values())
    ]
    in_each = ceil(design.participants / _in_a_block(study)) * _in_a_block(study)
    return tuple(
        Place("", stratum, position, block, conditions, tasks)
        for stratum in strata
        for position, (block, conditions, tasks) in enumerate(
            _sequence(study, stratum, in_each), start=1
        )
    )


def _in_a_block(study: Study) -> int:
    """A block holds each condition, or each order of them, equally often."""
    if study.design.kind is DesignKind.WITHIN:
        return len(williams(len(study.design.conditions)))
    return study.design.block


def _sequence(
    study: Study, stratum: dict[Stratum, str], count: int
) -> Iterator[tuple[int, tuple[Condition, ...], tuple[str, ...]]]:
    name = "/".join(stratum.values())
    given = _shown(study.design, Chance(study.design.seed, f"conditions/{name}"), count)
    orders = _TaskOrders(study, Chance(study.design.seed, f"tasks/{name}"))
    for at, conditions in enumerate(given):
        yield at // _in_a_block(study) + 1, conditions, orders.next_for(conditions)


def _shown(design: Design, chance: Chance, count: int) -> list[tuple[Condition, ...]]:
    all_of_them = design.conditions
    block: list[tuple[Condition, ...]] = []
    if design.kind is DesignKind.WITHIN:
        for row in williams(len(all_of_them)):
            block.append(tuple(all_of_them[it] for it in row))
    else:
        for condition in all_of_them:
            block += [(condition,)] * (design.block // len(all_of_them))
    shown: list[tuple[Condition, ...]] = []
    while len(shown) < count:
        chance.shuffle(block)
        shown += block
    return shown[:count]


class _TaskOrders:
    """Orders of tasks: each of the square once, in a random order, for each condition apart."""

    def __init__(self, study: Study, chance: Chance) -> None:
        self._tasks = tuple(study.tasks)
        self._mixed = study.design.task_order is TaskOrder.WILLIAMS
        self._chance = chance
        self._waiting: dict[str, list[tuple[int, ...]]] = {}

    def next_for(self, conditions: tuple[Condition, ...]) -> tuple[str, ...]:
        """The order of the next participant who sees these conditions."""
        if not self._mixed:
            return ()
        waiting = self._waiting.setdefault(str(conditions), [])
        if not waiting:
            waiting += williams(len(self._tasks))
            self._chance.shuffle(waiting)
        return tuple(self._tasks[it] for it in waiting.pop())


def to_csv(study: Study, places: Iterable[Place]) -> str:
    """The table of participants; :func:`from_csv` reads it."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(_head(study))
    table.writerows(_row(study, place) for place in places)
    return written.getvalue()


def from_csv(study: Study, text: str) -> tuple[Place, ...]:
    """Read a table of participants.

    Raises:
        AllocationFault: It was not made from this study's design, or was changed.
    """
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or rows[0] != _head(study):
        raise AllocationFault("the table's columns are not those of this study's design")
    expected = allocate_without_codes(study)
    if len(rows) - 1 != len(expected):
        raise AllocationFault(
            f"the table has {len(rows) - 1} places; this study's design makes {len(expected)}"
        )
    places = []
    seen: set[str] = set()
    for number, (row, place) in enumerate(zip(rows[1:], expected, strict=True), start=2):
        code = row[0]
        if (code and not is_code(code)) or code in seen - {""}:
            raise AllocationFault(f"line {number}: {code!r} is no code, or another place's")
        seen.add(code)
        own = replace(place, code=code)
        if _row(study, own) != row:
            raise AllocationFault(f"line {number} is not what the study's seed makes")
        places.append(own)
    return tuple(places)


def _head(study: Study) -> list[str]:
    strata, factors = study.design.strata, study.design.factors
    return ["code", *strata, "position", "block", *factors, "tasks"]


def _row(study: Study, place: Place) -> list[str]:
    return [
        place.code,
        *(place.stratum[it] for it in study.design.strata),
        str(place.position),
        str(place.block),
        *(
            _SEPARATOR.join(it[factor] for it in place.conditions)
            for factor in study.design.factors
        ),
        _SEPARATOR.join(place.tasks),
    ]
