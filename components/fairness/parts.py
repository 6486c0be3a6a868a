"""Which element agrees, which refuses, and which is an option.

In this order: what the caller says; the identifier, where the app gives one by the kit's
convention (``<surface>.accept``, ``<surface>.refuse``, ``option.<purpose>``); the label. What was
found by the label alone is marked as guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .labels import Saying, agrees_to_everything, saying
from .subject import TOGGLES, Element, Part, Role

_BY_ENDING = {
    "accept": Part.ACCEPT,
    "agree": Part.ACCEPT,
    "allow": Part.ACCEPT,
    "accept-all": Part.ACCEPT_ALL,
    "refuse": Part.REFUSE,
    "refuse-all": Part.REFUSE,
    "decline": Part.REFUSE,
    "deny": Part.REFUSE,
}
_BY_BEGINNING = {"option": Part.OPTION, "required": Part.REQUIRED}


def with_parts(
    elements: Sequence[Element], language: str, named: Mapping[str, Part] | None = None
) -> tuple[Element, ...]:
    """The elements with their parts in the decision.

    Args:
        elements: As an adapter found them.
        language: Of the labels.
        named: Parts by identifier or by name, where the caller knows; they come first.
    """
    found = [_with_part(element, language, named or {}) for element in elements]
    if any(it.part in (Part.ACCEPT, Part.ACCEPT_ALL, Part.REFUSE) for it in found):
        found = [_as_option(it) for it in found]
    return tuple(found)


def _with_part(element: Element, language: str, named: Mapping[str, Part]) -> Element:
    for key in (element.identifier, element.name):
        if key and key in named:
            return replace(element, part=named[key])
    beginning, _, ending = element.identifier.rpartition(".")
    if beginning and ending in _BY_ENDING:
        return replace(element, part=_BY_ENDING[ending])
    first, _, purposes = element.identifier.partition(".")
    if purposes and first in _BY_BEGINNING:
        return replace(element, part=_BY_BEGINNING[first], purposes=tuple(purposes.split("+")))
    if beginning or element.role not in (Role.BUTTON, Role.LINK):
        return element
    match saying(element.name, language):
        case Saying.ACCEPT if agrees_to_everything(element.name, language):
            return replace(element, part=Part.ACCEPT_ALL, guessed=True)
        case Saying.ACCEPT:
            return replace(element, part=Part.ACCEPT, guessed=True)
        case Saying.DECLINE:
            return replace(element, part=Part.REFUSE, guessed=True)
        case _:
            return element


def _as_option(element: Element) -> Element:
    """Where something is decided, what is switched on or off is an option."""
    if element.part is Part.OTHER and element.role in TOGGLES and not element.identifier:
        part = Part.OPTION if element.enabled else Part.REQUIRED
        return replace(element, part=part, guessed=True)
    return element
