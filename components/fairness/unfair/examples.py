"""Every unfair example with its fair twin: one fault each, and one with all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..happenings import Trace
from ..subject import Box, Element, Part, Role, Screen
from ..ways import ScreenGraph
from ..words_shown import Texts
from . import data
from .plan import FAIR, Plan


@dataclass(frozen=True)
class Window:
    """A rendering of an example: its size, and the system's text size."""

    width: int = 360
    height: int = 640
    text_scale: float = 1.0


PHONE = Window()
LARGER = Window(text_scale=1.3)
LARGEST = Window(text_scale=2.0)
DESKTOP = Window(1280, 800)


@dataclass(frozen=True)
class Side:
    """What an example, or its twin, consists of; what is None or empty is not there."""

    plans: tuple[Plan, ...] = ()
    graph: Callable[[str], ScreenGraph] | None = None
    trace: Trace | None = None
    texts: Callable[[str], tuple[Texts, ...]] | None = None
    screen: Callable[[str], Screen] | None = None


@dataclass(frozen=True)
class Example:
    """One fault.

    Attributes:
        name: Unique, in kebab-case.
        rules: The rules that it breaks: the first is the one that it is about, the others follow
            from the same fault.
        unfair, fair: The example and its twin.
        windows: How it is rendered.
        locales: In which languages.
    """

    name: str
    rules: tuple[str, ...]
    unfair: Side
    fair: Side
    windows: tuple[Window, ...] = (PHONE,)
    locales: tuple[str, ...] = field(default=("zh_Hans", "en"))


def _screen(
    name: str, rules: str, plan: Plan, twin: Plan = FAIR, *windows: Window, zh_only: bool = False
) -> Example:
    return Example(
        name,
        tuple(rules.split()),
        Side((plan,)),
        Side((twin,)),
        windows or (PHONE,),
        ("zh_Hans",) if zh_only else ("zh_Hans", "en"),
    )


def _ways(name: str, rule: str, graph: Callable[[str], ScreenGraph]) -> Example:
    return Example(name, (rule,), Side(graph=graph), Side(graph=data.fair_graph))


def _happened(name: str, rules: str) -> Example:
    first, *more = rules.split()
    trace = data.TRACES[first]
    return Example(name, (first, *more), Side(trace=trace), Side(trace=data.FAIR_TRACE))


def _written(name: str, rules: str, *, zh_only: bool = False) -> Example:
    first = rules.split()[0]
    return Example(
        name,
        tuple(rules.split()),
        Side(texts=lambda locale: data.wrong_texts(first, locale)),
        Side(texts=lambda locale: (data.fair_texts("zh_Hans"), data.fair_texts("en"))),
        locales=("zh_Hans",) if zh_only else ("zh_Hans", "en"),
    )


_SWITCHES = FAIR.but(options=(("location", False), ("statistics", False)))


def _virtual(heard: tuple[str, ...]) -> Callable[[str], Screen]:
    def screen(locale: str) -> Screen:
        box = Box(20, 20, 320, 40)
        title = Element(Role.HEADING, "1", level=1, box=box, seen=box)
        return Screen(
            "list", locale, 360, 640, (title,), placed=True, expected=("1", "2"), heard=heard
        )

    return screen


def _apart(order: tuple[str, ...]) -> Callable[[str], Screen]:
    """A surface that is heard in some order; Flutter itself hears things as they stand."""
    boxes = {
        "1": (Role.HEADING, Part.OTHER, Box(20, 20, 320, 40)),
        "2": (Role.TEXT, Part.OTHER, Box(20, 80, 320, 60)),
        "no": (Role.BUTTON, Part.REFUSE, Box(20, 560, 150, 48)),
        "yes": (Role.BUTTON, Part.ACCEPT, Box(190, 560, 150, 48)),
    }
    names = {"zh_Hans": {"no": "不同意", "yes": "同意"}, "en": {"no": "Refuse", "yes": "Agree"}}

    def screen(locale: str) -> Screen:
        found = tuple(
            Element(
                role,
                names[locale].get(key, key),
                part=part,
                box=box,
                seen=box,
                level=1 if role is Role.HEADING else None,
            )
            for key in order
            for role, part, box in [boxes[key]]
        )
        return Screen("heard", locale, 360, 640, found, placed=True)

    return screen


EXAMPLES: tuple[Example, ...] = (
    _screen("no-refusal", "CS-01", FAIR.but(refuse=None)),
    _screen("small-refusal", "CS-02", FAIR.but(small=True)),
    _screen("loud-consent", "CS-03", FAIR.but(loud=True)),
    _screen("faint-refusal", "CS-04 CS-03 AX-01", FAIR.but(faint="refuse")),
    _ways("second-surface", "CS-05", data.refusing_is_further),
    _screen("buried-answers", "CS-06", FAIR.but(buried=7), FAIR, PHONE, LARGER),
    _screen("focus-on-consent", "CS-07", FAIR.but(focus=True)),
    _screen(
        "switched-on",
        "CS-08",
        FAIR.but(options=(("location_on", True), ("statistics", False))),
        _SWITCHES,
    ),
    _screen("bundle", "CS-09", FAIR.but(options=(("both", False),)), _SWITCHES),
    _screen(
        "everything-at-once",
        "CS-09",
        FAIR.but(accept="accept_all", refuse="refuse_all"),
        _SWITCHES.but(accept="accept_all", refuse="refuse_all"),
    ),
    _ways("refusal-ends-the-app", "CS-10", data.refusing_ends_the_app),
    _happened("asked-again", "CS-11"),
    _screen("progress", "CS-12", FAIR.but(progress=True)),
    _screen("waiting-refusal", "CS-12", FAIR.but(waiting=True)),
    _screen("countdown", "CS-12", FAIR.but(lines=("body", "more", "counting"))),
    _ways("back-agrees", "CS-13", data.leaving_agrees),
    _happened("swiped-away", "CS-13"),
    _ways("deep-withdrawal", "CS-14", data.withdrawing_is_far),
    _happened("slow-withdrawal", "CS-14"),
    _ways("policy-out-of-reach", "CS-15", data.policy_is_lost),
    _happened("before-the-decision", "CS-16"),
    _happened("request-at-start", "CS-17"),
    _screen(
        "like-the-system",
        "CS-18",
        FAIR.but(question=True, lines=("alert", "body", "more")),
        FAIR.but(question=True),
    ),
    _happened("update-switches-on", "CS-19"),
    _written("silent-change", "CS-20"),
    _happened("three-questions", "CS-21"),
    Example(
        "two-labels",
        ("CS-22",),
        Side((FAIR, FAIR.but(accept="again", refuse="refuse_again"))),
        Side((FAIR, FAIR.but(lines=("filler", "more")))),
    ),
    _screen("refusal-called-close", "LX-01", FAIR.but(refuse="close")),
    _screen("shaming-label", "LX-01 LX-02", FAIR.but(refuse="shaming")),
    _screen("frightening", "LX-02", FAIR.but(lines=("body", "more", "shame_text"))),
    _screen("promising-consent", "LX-03", FAIR.but(accept="promise")),
    _screen("urgent", "LX-04", FAIR.but(lines=("body", "more", "press"))),
    _screen("vague-purpose", "LX-05", FAIR.but(lines=("vague", "more"))),
    _written("vague-question", "LX-05"),
    _written("no-consequence", "LX-06"),
    _screen(
        "inverted-switch",
        "LX-07",
        FAIR.but(options=(("inverted", False),)),
        FAIR.but(options=(("location", False),)),
    ),
    _screen("long-sentence", "LX-08", FAIR.but(lines=("long", "more")), zh_only=True),
    _written("run-on-policy", "LX-08 LX-09 LX-10", zh_only=True),
    _written("few-sentences", "LX-09", zh_only=True),
    _written("heavy-clauses", "LX-10", zh_only=True),
    _written("rare-characters", "LX-11", zh_only=True),
    _written("hard-english", "LX-12"),
    _screen("jargon", "LX-13", FAIR.but(lines=("body", "more", "jargon"))),
    _screen("much-to-read", "LX-14", FAIR.but(lines=("filler", "body", "more") * 9)),
    _written("much-to-read-in-the-summary", "LX-14"),
    _written("clause-has-changed", "LX-15"),
    _written("languages-apart", "LX-16"),
    _written("hedges", "LX-17"),
    _written("nothing-marked", "LX-18"),
    _written("no-date", "LX-19"),
    _screen("faint-text", "AX-01", FAIR.but(faint="body")),
    _screen("faint-switch", "AX-02", _SWITCHES.but(faint="switch"), _SWITCHES),
    _screen("low-buttons", "AX-03", FAIR.but(target=32)),
    _screen("small-letters", "AX-04", FAIR.but(body_size=11)),
    _screen(
        "no-air", "AX-05", FAIR.but(lines=("para", "more"), tight=True),
        FAIR.but(lines=("para", "more")),
    ),
    _screen(
        "wide-lines", "AX-05", FAIR.but(lines=("para", "more"), wide=True),
        FAIR.but(lines=("para", "more")), DESKTOP,
    ),
    _screen("fixed-height", "AX-06", FAIR.but(fixed=True), FAIR, PHONE, LARGEST),
    _screen("button-without-a-name", "AX-07", FAIR.but(unnamed=True)),
    _screen("level-skipped", "AX-08", FAIR.but(levels=(1, 3)), FAIR.but(levels=(1, 2))),
    _screen("something-between", "AX-09", FAIR.but(between=True)),
    Example(
        "heard-upwards",
        ("AX-09",),
        Side(screen=_apart(("no", "yes", "1", "2"))),
        Side(screen=_apart(("1", "2", "no", "yes"))),
    ),
    _screen("missing-glyph", "AX-10", FAIR.but(lines=("body", "more", "rare"))),
    _screen("moving-consent", "AX-11", FAIR.but(motion=True)),
    _screen(
        "state-by-colour",
        "AX-12",
        FAIR.but(options=(("bare", False),)),
        FAIR.but(options=(("location", False),)),
    ),
    Example(
        "unheard-text",
        ("AX-13",),
        Side(screen=_virtual(("1",))),
        Side(screen=_virtual(("1", "2"))),
    ),
)  # fmt: skip
"""One fault each."""

EVERYTHING = Example(
    "everything",
    (
        *("CS-02", "CS-03", "CS-04", "CS-08", "CS-09", "CS-12"),
        *("LX-01", "LX-02", "LX-04", "LX-05", "LX-07"),
        *("AX-01", "AX-03", "AX-04", "AX-07", "AX-08", "AX-10"),
    ),
    Side(
        (
            Plan(
                accept="promise",
                refuse="shaming",
                lines=("vague", "press", "jargon", "rare", "counting", "shame_text"),
                options=(("both", True), ("inverted", False)),
                loud=True,
                small=True,
                faint="refuse",
                focus=True,
                motion=True,
                progress=True,
                body_size=11,
                levels=(1, 3),
                unnamed=True,
                target=32,
            ),
        )
    ),
    Side((FAIR,)),
)
"""All faults of a single screen at once."""
