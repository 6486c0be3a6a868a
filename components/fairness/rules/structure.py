"""Rules on what somebody hears who does not see the screen."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from ..model import Problem, Rule, Unjudged, spot
from ..subject import PRESSABLE, Element, Form, Role, Screen, Subject
from .links import in_running_text
from .registry import each_screen, rule


@rule("AX-07")
@each_screen
def names_are_unique(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Something to press has no name, or another's."""
    pressable = [
        it
        for it in screen.elements
        # A word that is explained in two sentences has one name and one explanation.
        if it.role in PRESSABLE and not (it.name.strip() and in_running_text(it, screen))
    ]
    count = Counter((it.role, it.name.strip()) for it in pressable)
    for element in pressable:
        name = element.name.strip()
        if not name:
            yield Problem(spot(screen, element), f"a {element.role} without a name")
        elif count[element.role, name] > 1:
            yield Problem(
                spot(screen, element),
                f"{count[element.role, name]} times “{name}” on one surface",
            )


@rule("AX-08")
@each_screen
def headings_are_an_outline(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """No heading, two first ones, or a level skipped."""
    headings = [it for it in screen.elements if it.role is Role.HEADING]
    if not headings:
        if len(screen.texts) >= rule.limits["texts_least"]:
            yield Problem(spot(screen), f"{len(screen.texts)} texts and no heading")
        return
    first = [it for it in headings if it.level == 1]
    if len(first) > 1:
        yield Problem(spot(screen, first[1]), f"{len(first)} headings of the first level")
    elif not first and screen.form is Form.PAGE:
        yield Problem(spot(screen, headings[0]), "no heading of the first level on the page")
    before: int | None = None
    for number, element in enumerate(headings):
        if element.level is None:
            continue
        # What a window shows first has its own place in the outline, above the window.
        jumps = screen.form is Form.EXCERPT and number == 1
        if before is not None and element.level > before + 1 and not jumps:
            yield Problem(
                spot(screen, element), f"level {element.level} comes after level {before}"
            )
        before = element.level


@rule("AX-09")
@each_screen
def heard_as_seen(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """The order of hearing jumps back up, or something stands between the answers."""
    if not screen.placed:
        return
    slack = rule.limits["tolerance"]
    seen = [it for it in screen.elements if it.whole and it.box is not None]
    for before, after in itertools.pairwise(seen):
        if _bottom(after) < _top(before) + slack and not _side_by_side(before, after):
            yield Problem(
                spot(screen, after), f"is heard after “{before.name[:30]}” and stands above it"
            )
            break
    if screen.pair is not None:
        places = sorted(screen.elements.index(it) for it in screen.pair)
        between = screen.elements[places[0] + 1 : places[1]]
        if any(it.role in PRESSABLE for it in between) and not screen.options:
            yield Problem(
                spot(screen, screen.pair[1]),
                f"{len(between)} other things are heard between agreeing and refusing",
            )


def _top(element: Element) -> float:
    return element.box.y if element.box is not None else 0.0


def _bottom(element: Element) -> float:
    return element.box.bottom if element.box is not None else 0.0


def _side_by_side(one: Element, other: Element) -> bool:
    """Columns are heard one after the other."""
    if one.box is None or other.box is None:
        return False
    return one.box.right <= other.box.x + 1 or other.box.right <= one.box.x + 1


@rule("AX-13")
def heard_to_the_end(subject: Subject, rule: Rule) -> Iterator[Problem | Unjudged]:
    """Text that never came up, however far one scrolled."""
    looked = [it for it in subject.screens if it.expected is not None and it.heard is not None]
    if not looked:
        yield Unjudged("nobody scrolled through a surface of which all texts are known")
    for screen in looked:
        heard = "\n".join(screen.heard or ())
        missing = [it for it in screen.expected or () if it not in heard]
        if missing:
            yield Problem(
                spot(screen),
                f"{len(missing)} texts are never heard, the first: “{missing[0][:40]}”",
            )
