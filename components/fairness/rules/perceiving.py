"""Rules on what can be seen, read and pressed."""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon import lexicon
from ..model import Problem, Rule, Unjudged, spot
from ..reading import han
from ..subject import PRESSABLE, Element, Role, Screen, Subject
from .links import in_running_text
from .registry import each_screen, rule

_HEAVY = {"bold", "w700", "w800", "w900", "w600"}


@rule("AX-01")
@each_screen
def text_stands_out(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Text that is hard to tell from its ground."""
    for element in screen.elements:
        if element.ink is None or not element.enabled or not element.name.strip():
            continue
        if element.role in (Role.IMAGE, Role.PROGRESS, Role.SLIDER) or element.ink.mark is not None:
            continue
        least = rule.limits[
            "large_contrast_least" if _large(element, screen, rule) else "contrast_least"
        ]
        if element.ink.contrast < least - rule.limits["tolerance"]:
            yield Problem(
                spot(screen, element),
                f"contrast {element.ink.contrast:.2f} ({element.ink.ink} on {element.ink.ground}), "
                f"at least {least:g}",
            )


def _large(element: Element, screen: Screen, rule: Rule) -> bool:
    size = None if element.look is None else element.look.size
    if size is None:
        return False
    bold = str(element.look.weight if element.look else "").casefold() in _HEAVY
    least = rule.limits["large_bold_size_least" if bold else "large_size_least"]
    return size * screen.text_scale >= least


@rule("AX-02")
@each_screen
def switches_stand_out(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """A switch or box that is hard to see."""
    for element in screen.elements:
        if element.ink is not None and element.ink.mark is not None and element.enabled:
            least = rule.limits["contrast_least"]
            if element.ink.mark < least:
                yield Problem(
                    spot(screen, element), f"contrast {element.ink.mark:.2f}, at least {least:g}"
                )


@rule("AX-03")
@each_screen
def targets_are_large(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Something to press is smaller than a finger."""
    if not screen.placed:
        return
    finger = rule.limits[screen.system if screen.system in ("android", "ios") else "mouse"]
    for element in screen.elements:
        if element.role not in PRESSABLE or not element.whole or element.box is None:
            continue
        if in_running_text(element, screen):
            continue
        # A line of a text that is all link: the line is no place for a button.
        least = rule.limits["link"] if element.role is Role.LINK else finger
        short = min(element.box.width, element.box.height)
        if short < least - rule.limits["tolerance"]:
            yield Problem(
                spot(screen, element),
                f"{element.box.width:.0f} by {element.box.height:.0f}, at least {least:g} each way",
            )


@rule("AX-04")
@each_screen
def letters_are_large(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Letters that are too small, or smaller for no than for yes."""
    for element in screen.elements:
        size = None if element.look is None else element.look.size
        if size is None or element.role is Role.IMAGE:
            continue
        body = element.role is Role.TEXT and (
            len(element.name) >= rule.limits["body_characters_least"]
        )
        least = rule.limits["body_least" if body else "any_least"]
        if size < least:
            yield Problem(spot(screen, element), f"letters of {size:g}, at least {least:g}")
    if screen.pair is not None:
        accept, refuse = screen.pair
        yes = None if accept.look is None else accept.look.size
        no = None if refuse.look is None else refuse.look.size
        if yes is not None and no is not None and no < yes:
            yield Problem(
                spot(screen, refuse), f"refusing in letters of {no:g}, agreeing of {yes:g}"
            )


@rule("AX-05")
@each_screen
def lines_are_short(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Long lines, or lines without air."""
    for element in screen.texts:
        if element.look is None or len(element.name) < rule.limits["characters_least"]:
            continue
        size, height = element.look.size, element.look.line_height
        if height is not None and height < rule.limits["line_height_least"]:
            yield Problem(
                spot(screen, element),
                f"lines of {height:g} times the letters, at least "
                f"{rule.limits['line_height_least']:g}",
            )
        if size is None or element.box is None:
            continue
        chinese = han(element.name) > len(element.name) / 3
        # A Latin letter is about half as wide as it is high.
        width = size * screen.text_scale * (1 if chinese else 0.5)
        most = rule.limits["zh_characters_most" if chinese else "en_characters_most"]
        measure = element.box.width / width
        if measure > most + rule.limits["tolerance"]:
            yield Problem(
                spot(screen, element), f"about {measure:.0f} characters a line, at most {most:g}"
            )


@rule("AX-06")
def large_text_is_whole(subject: Subject, rule: Rule) -> Iterator[Problem | Unjudged]:
    """Text at twice the size is cut, or pushes an answer out of reach."""
    wanted = rule.limits["text_scale"]
    large = [it for it in subject.screens if it.placed and it.text_scale == wanted]
    judged = {it.name for it in large}
    for name in sorted({it.name for it in subject.screens} - judged):
        yield Unjudged(f"{name} was not rendered with text {wanted:g}")
    normal = {
        (it.name, it.locale, it.width, it.height): it
        for it in subject.screens
        if it.placed and it.text_scale == 1 and not it.after
    }
    for screen in large:
        for element in screen.refuses:
            if element.seen is None:
                yield Problem(spot(screen, element), f"“{element.name}” is out of sight")
        before = normal.get((screen.name, screen.locale, screen.width, screen.height))
        small = {it.name: it for it in before.elements} if before is not None else {}
        for element in screen.elements:
            box = element.box
            if box is None or not element.name.strip():
                continue
            if box.x < -1 or box.right > screen.width + 1:
                yield Problem(spot(screen, element), "runs out of the side of the screen")
            elif element.role is Role.TEXT and element.name in small:
                yield from _grown(screen, element, small[element.name], rule)


def _grown(screen: Screen, element: Element, before: Element, rule: Rule) -> Iterator[Problem]:
    if before.box is None or element.box is None or not (before.whole and element.whole):
        return
    # A button's row may stretch it; only running text is held against itself.
    least = before.box.height * rule.limits["growth_least"] - rule.limits["growth_tolerance"]
    if element.box.height < least:
        yield Problem(
            spot(screen, element),
            f"{before.box.height:.0f} high, and {element.box.height:.0f} when letters are twice "
            "as large: it is cut, or does not grow",
        )


@rule("AX-10")
@each_screen
def fonts_draw_it(screen: Screen, rule: Rule) -> Iterator[Problem | Unjudged]:
    """A character that no font has."""
    if screen.characters is None:
        yield Unjudged("nobody said which characters the fonts have")
        return
    for element in screen.elements:
        missing = sorted({it for it in element.name if not it.isspace()} - screen.characters)
        if missing:
            shown = ", ".join(f"{it} (U+{ord(it):04X})" for it in missing)
            yield Problem(spot(screen, element), f"no font draws {shown}")


@rule("AX-11")
@each_screen
def no_motion_on_yes(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Consent moves and refusal does not."""
    if screen.pair is None:
        return
    accept, refuse = screen.pair
    if accept.look is None or refuse.look is None:
        return
    if accept.look.motion and not refuse.look.motion:
        yield Problem(spot(screen, accept), f"only “{accept.name}” is animated")


@rule("AX-12")
@each_screen
def state_is_said(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """A switch whose state is nowhere in words."""
    for number, element in enumerate(screen.elements):
        if element.role is not Role.SWITCH:
            continue
        near = screen.elements[max(0, number - 1) : number + 2]
        if not any(_says_state(it, element, screen) for it in near):
            yield Problem(spot(screen, element), "its state is in no words")


def _says_state(near: Element, element: Element, screen: Screen) -> bool:
    if near is not element and near.role is not Role.TEXT:
        return False
    return lexicon("state").finds(near.name, screen.language)
