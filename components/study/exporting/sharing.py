"""What may leave the house: nobody can be picked out by what they told about themselves."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence

from .tables import DEMOGRAPHICS, Cell, Row

LEAST = 5
"""So many people must be alike in what could pick one out."""

SUPPRESSED = "*"
TELLING = ("device", "locale", *DEMOGRAPHICS)
"""The columns that together could pick somebody out."""

DROPPED = ("day", "text")
"""The columns that are not shared at all."""


class TooFew(ValueError):
    """There are fewer people than must be alike: nothing can be shared row by row."""


def shared(tables: Mapping[str, Sequence[Row]], least: int = LEAST) -> dict[str, list[Row]]:
    """The tables for sharing.

    Participants and sessions get new names, in a new order; times are rounded to a tenth of a
    second; the day goes, and so do the answers about oneself, but for the session's columns, and
    these are blanked for whoever fewer than ``least`` people are like. Free text is no table.

    Raises:
        TooFew: There are fewer than ``least`` participants.
    """
    people = {row["pid"] for row in tables["sessions"]}
    if len(people) < least:
        raise TooFew(f"{len(people)} participants are fewer than the {least} that must be alike")
    names = {"pid": _renamed(people, "r"), "sid": _renamed(_sids(tables), "x")}
    out: dict[str, list[Row]] = {}
    for name, rows in tables.items():
        kept = [row for row in rows if not str(row.get("instrument")).startswith("demographics")]
        out[name] = [_plain(row, names) for row in kept]
        out[name].sort(key=lambda row: str(row["sid"]))
    out["sessions"] = suppressed(out["sessions"], least)
    out["notes"] = _unnamed(out["notes"], least)
    return out


def _unnamed(notes: Sequence[Row], least: int) -> list[Row]:
    """Blank the codes that were noted of fewer than ``least`` people, and their severity."""
    people: dict[Cell, set[Cell]] = {}
    for row in notes:
        people.setdefault(row["code"], set()).add(row["pid"])
    rare = {code for code, hit in people.items() if code is not None and len(hit) < least}
    blank = {"code": SUPPRESSED, "severity": SUPPRESSED}
    return [{**row, **blank} if row["code"] in rare else row for row in notes]


def _sids(tables: Mapping[str, Sequence[Row]]) -> set[Cell]:
    return {row["sid"] for row in tables["sessions"]}


def _renamed(old: set[Cell], letter: str) -> dict[Cell, str]:
    order = sorted(old, key=str)
    random.SystemRandom().shuffle(order)
    run = secrets.token_hex(2)
    return {name: f"{letter}{run}-{at:05d}" for at, name in enumerate(order, start=1)}


def _plain(row: Row, names: Mapping[str, Mapping[Cell, str]]) -> Row:
    out: Row = {}
    for column, value in row.items():
        if column in DROPPED:
            continue
        if column in names:
            out[column] = names[column][value]
        elif column.startswith(("seconds", "first_action")) and value is not None:
            out[column] = round(float(value), 1)
        else:
            out[column] = value
    return out


def suppressed(rows: Sequence[Row], least: int) -> list[Row]:
    """Blank what could pick somebody out, for as few people as it takes.

    Afterwards the people behind each combination that is shown, and those behind the blanked one,
    are at least ``least``.
    """
    groups: dict[tuple[object, ...], set[object]] = {}
    for row in rows:
        groups.setdefault(_combination(row), set()).add(row["pid"])
    several = Counter(pid for people in groups.values() for pid in people)
    # Somebody with two sessions that differ would be in two groups, and can be told by that.
    blank = {
        combination
        for combination, people in groups.items()
        if len(people) < least or any(several[pid] > 1 for pid in people)
    }
    by_size = sorted(groups.keys() - blank, key=lambda it: (len(groups[it]), str(it)))
    while by_size and 0 < len(set().union(*(groups[it] for it in blank))) < least:
        blank.add(by_size.pop(0))
    return [
        {**row, **dict.fromkeys(TELLING, SUPPRESSED)} if _combination(row) in blank else dict(row)
        for row in rows
    ]


def _combination(row: Row) -> tuple[object, ...]:
    return tuple(row.get(column) for column in TELLING)
