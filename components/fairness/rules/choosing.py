"""Rules on the symmetry of the choice, seen on single surfaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..colours import contrast
from ..labels import agrees_to_everything
from ..lexicon import lexicon
from ..model import Problem, Rule, Unjudged, spot
from ..subject import TOGGLES, Box, Form, Part, Role, Screen, Subject
from .registry import each_screen, rule

_BRIEF = 30


@rule("CS-01")
@each_screen
def refusal_beside(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Consent without a refusal on the same surface."""
    if screen.accepts and not screen.refuses:
        accept = screen.accepts[0]
        yield Problem(spot(screen, accept), f"“{accept.name}” stands without a refusal beside it")


@rule("CS-02")
@each_screen
def same_size(screen: Screen, rule: Rule) -> Iterator[Problem | Unjudged]:
    """The boxes of consent and refusal differ."""
    if screen.pair is None or not screen.placed:
        return
    accept, refuse = screen.pair
    if accept.box is None or refuse.box is None or not refuse.box.area:
        yield Unjudged("consent or refusal is not laid out")
        return
    ratio = accept.box.area / refuse.box.area
    limits = rule.limits
    if not limits["area_ratio_least"] <= ratio <= limits["area_ratio_most"]:
        yield Problem(
            spot(screen, refuse),
            f"agreeing is {ratio:.2f} times as large as refusing: {_size(accept.box)} against "
            f"{_size(refuse.box)}; {limits['area_ratio_least']:g} to "
            f"{limits['area_ratio_most']:g} is allowed",
        )
    elif abs(accept.box.height - refuse.box.height) > limits["height_apart_most"]:
        yield Problem(
            spot(screen, refuse),
            f"agreeing is {accept.box.height:.0f} high and refusing {refuse.box.height:.0f}",
        )


def _size(box: Box) -> str:
    return f"{box.width:.0f} by {box.height:.0f}"


@rule("CS-03")
@each_screen
def same_look(screen: Screen, rule: Rule) -> Iterator[Problem | Unjudged]:
    """Consent and refusal are drawn unlike each other."""
    if screen.pair is None:
        return
    accept, refuse = screen.pair
    if accept.look is not None and refuse.look is not None:
        wanted, other = accept.look.style, refuse.look.style
        apart = [
            f"{key} {wanted[key]} against {other[key]}"
            for key in wanted
            if wanted[key] != other[key]
        ]
        if apart:
            yield Problem(spot(screen, refuse), "agreeing and refusing differ: " + "; ".join(apart))
    elif accept.ink is not None and refuse.ink is not None:
        apart_by = contrast(accept.ink.ground, refuse.ink.ground)
        if apart_by > rule.limits["fill_contrast_most"]:
            yield Problem(
                spot(screen, refuse),
                f"the ground of agreeing is {accept.ink.ground}, of refusing {refuse.ink.ground}",
            )
    else:
        yield Unjudged("consent or refusal is in sight of neither the tree nor the pixels")


@rule("CS-04")
@each_screen
def same_legibility(screen: Screen, rule: Rule) -> Iterator[Problem | Unjudged]:
    """One of the two labels is harder to see."""
    if screen.pair is None or not screen.painted:
        return
    accept, refuse = screen.pair
    if accept.ink is None or refuse.ink is None:
        yield Unjudged("consent or refusal is out of sight")
        return
    yes, no = accept.ink.contrast, refuse.ink.contrast
    least, most = rule.limits["contrast_least"], rule.limits["ratio_most"]
    for element, value in ((accept, yes), (refuse, no)):
        if value < least and element.enabled:
            yield Problem(spot(screen, element), f"contrast {value:.2f}, at least {least:g}")
    if min(yes, no) >= least and max(yes, no) / min(yes, no) > most:
        yield Problem(
            spot(screen, accept if yes < no else refuse),
            f"contrast {yes:.2f} for agreeing and {no:.2f} for refusing; "
            f"one may be {most:g} times the other",
        )


@rule("CS-06")
def both_in_sight(subject: Subject, rule: Rule) -> Iterator[Problem | Unjudged]:
    """An answer is out of sight on a small phone."""
    size = (rule.limits["width"], rule.limits["height"])
    small = [it for it in subject.screens if it.placed and (it.width, it.height) == size]
    wanted = {it.name for it in subject.screens if it.pair is not None}
    for name in sorted(wanted):
        scales = {it.text_scale for it in small if it.name == name}
        missing = [s for s in rule.lists["text_scales"] if s not in scales]
        if missing:
            yield Unjudged(
                f"{name} was not rendered at {size[0]:g} by {size[1]:g} and text "
                f"{', '.join(f'{it:g}' for it in missing)}"
            )
    for screen in small:
        if screen.text_scale not in rule.lists["text_scales"]:
            continue
        for element in screen.pair or ():
            if element.box is None or not element.box.area:
                continue
            share = element.seen.area / element.box.area if element.seen is not None else 0.0
            if share < rule.limits["share_seen_least"]:
                yield Problem(
                    spot(screen, element), f"{share:.0%} of “{element.name}” is in sight at first"
                )


@rule("CS-07")
@each_screen
def no_focus_on_yes(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Consent asks for the focus."""
    for element in screen.accepts:
        if element.look is not None and element.look.autofocus:
            yield Problem(spot(screen, element), f"“{element.name}” has the focus from the start")


@rule("CS-08")
@each_screen
def starts_off(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """An option is on before anybody chose."""
    if not screen.accepts:
        return
    for element in screen.options:
        if element.checked:
            yield Problem(spot(screen, element), f"“{element.name}” is on before anybody chose")


@rule("CS-09")
@each_screen
def one_switch_one_purpose(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """A switch for several purposes, or one press for all without the single ones."""
    for element in screen.options:
        several = element.purposes
        if not several and lexicon("bundle").finds(element.name, screen.language):
            several = tuple(dict.fromkeys(lexicon("purposes").all(element.name, screen.language)))
        if len(several) > 1:
            yield Problem(
                spot(screen, element), f"one switch is for {len(several)}: {', '.join(several)}"
            )
    for element in screen.accepts:
        everything = element.part is Part.ACCEPT_ALL or agrees_to_everything(
            element.name, screen.language
        )
        if everything and not screen.options:
            yield Problem(
                spot(screen, element),
                f"“{element.name}” agrees to everything, and nothing can be chosen singly here",
            )


@rule("CS-12")
def no_pressure_of_time(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Something counts down, fills up, or keeps the refusal waiting."""
    first: dict[tuple[str, str, float, float, float], Screen] = {}
    for screen in subject.screens:
        if not screen.accepts:
            continue
        yield from _pressing(screen)
        key = (screen.name, screen.locale, screen.width, screen.height, screen.text_scale)
        before = first.setdefault(key, screen)
        if before is not screen:
            old = {it.name for it in before.elements}
            new = [it for it in screen.elements if it.name not in old]
            if new:
                yield Problem(
                    spot(screen, new[0]),
                    f"changed by itself within {screen.after:g} s, now “{new[0].name}”",
                )


def _pressing(screen: Screen) -> Iterator[Problem]:
    # Where neither can be pressed, nothing is asked here: the system asks, or it is being saved.
    asks = any(it.enabled for it in screen.accepts)
    for element in screen.elements:
        if element.role is Role.PROGRESS:
            yield Problem(spot(screen, element), "progress is shown while a choice is asked for")
        if element.part is Part.REFUSE and not element.enabled and asks:
            yield Problem(spot(screen, element), f"“{element.name}” cannot be pressed yet")
        # A long text may well speak of seconds.
        brief = element.role is Role.TEXT and len(element.name) <= _BRIEF
        counts = lexicon("counting").first(element.name, screen.language)
        if counts is not None and (brief or element.part is not Part.OTHER):
            yield Problem(spot(screen, element), f"counts: “{counts}”")


@rule("CS-18")
@each_screen
def no_imitation(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """A question in the system's words, or without a word that one may refuse."""
    if not screen.accepts or not (screen.question or screen.form is Form.DIALOG):
        return
    for element in screen.elements:
        if lexicon("system_alert").finds(element.name, screen.language):
            yield Problem(
                spot(screen, element), f"worded like the system's own question: “{element.name}”"
            )
    said = "\n".join(it.name for it in screen.elements)
    if not lexicon("may_refuse").finds(said, screen.language):
        yield Problem(spot(screen), "nothing says that one may refuse, or what it costs")


@rule("CS-22")
def one_act_one_label(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """The same act is labelled in several ways."""
    labels: dict[tuple[str, Part, bool], dict[str, Screen]] = defaultdict(dict)
    for screen in subject.screens:
        for element in screen.elements:
            if element.part in (Part.ACCEPT, Part.REFUSE) and element.role not in TOGGLES:
                key = (screen.locale, element.part, screen.question)
                labels[key].setdefault(element.name, screen)
    for (_, part, _), found in labels.items():
        if len(found) > 1:
            act = "agreeing" if part is Part.ACCEPT else "refusing"
            names = ", ".join(f"“{label}”" for label in found)
            yield Problem(spot([*found.values()][-1]), f"{act} is called {names}")
