"""Joining what a browser shows with what the control tree declares."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from ..subject import PRESSABLE, Element, Role

_FAMILIES = {
    **dict.fromkeys(PRESSABLE, "pressed"),
    Role.TEXT: "read",
    Role.HEADING: "read",
    Role.IMAGE: "seen",
    Role.TEXTBOX: "typed",
    Role.PROGRESS: "seen",
}


def joined(shown: Sequence[Element], tree: Sequence[Element]) -> tuple[Element, ...]:
    """The elements that are shown, each with the look that its control declares.

    They are matched by identifier, else by name, in order; an element that is not found in the
    tree has no look. A progress bar that listeners do not meet is added, since eyes do.
    """
    by_identifier: dict[tuple[str, str], deque[Element]] = defaultdict(deque)
    by_name: dict[tuple[str, str], deque[Element]] = defaultdict(deque)
    for element in tree:
        family = _FAMILIES[element.role]
        if element.identifier:
            by_identifier[family, element.identifier].append(element)
        by_name[family, _flat(element.name)].append(element)
    found = [_with_look(element, by_identifier, by_name) for element in shown]
    if not any(it.role is Role.PROGRESS for it in shown):
        found += [it for it in tree if it.role is Role.PROGRESS]
    return tuple(found)


def _with_look(
    element: Element,
    by_identifier: dict[tuple[str, str], deque[Element]],
    by_name: dict[tuple[str, str], deque[Element]],
) -> Element:
    family = _FAMILIES[element.role]
    for where in (
        by_identifier.get((family, element.identifier)) if element.identifier else None,
        by_name.get((family, _flat(element.name))),
    ):
        if where:
            match = where[0] if len(where) == 1 else where.popleft()
            identifier = element.identifier or match.identifier
            return replace(element, look=match.look, identifier=identifier)
    return element


def _flat(name: str) -> str:
    return "".join(name.split())
