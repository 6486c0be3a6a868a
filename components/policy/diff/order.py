"""In which order changes are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Positions(NamedTuple):
    """Where something stood and where it stands, from 0 (None: nowhere), and if it was moved."""

    old: int | None
    new: int | None
    moved: bool


def reading_order(items: Iterable[tuple[Item, Positions]]) -> tuple[Item, ...]:
    """What is there now in its order; what is gone behind its last old neighbour that stayed."""
    keyed: list[tuple[tuple[int, int], Item]] = []
    anchor = -1
    known = sorted(items, key=lambda item: -1 if item[1].old is None else item[1].old)
    for item, at in known:
        if at.new is not None:
            keyed.append(((at.new, -1), item))
            if at.old is not None and not at.moved:
                anchor = at.new
        else:
            assert at.old is not None  # noqa: S101 - it stood or stands somewhere
            keyed.append(((anchor, at.old), item))
    keyed.sort(key=lambda pair: pair[0])
    return tuple(item for _, item in keyed)
