"""What is judged: plain data that cannot change, whatever it was collected from.

Adapters make a :class:`Subject`; the rules read it and nothing else. What an adapter could not
see is None, and the rules that need it say so instead of guessing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from .happenings import Trace
from .ways import ScreenGraph
from .words_shown import Texts


class Role(StrEnum):
    """What an element is to somebody who listens."""

    BUTTON = "button"
    LINK = "link"
    CHECKBOX = "checkbox"
    SWITCH = "switch"
    RADIO = "radio"
    TEXTBOX = "textbox"
    SLIDER = "slider"
    TAB = "tab"
    HEADING = "heading"
    TEXT = "text"
    IMAGE = "image"
    PROGRESS = "progress"


PRESSABLE = frozenset(
    {Role.BUTTON, Role.LINK, Role.CHECKBOX, Role.SWITCH, Role.RADIO, Role.SLIDER, Role.TAB}
)
"""Roles of what a finger acts on."""
TOGGLES = frozenset({Role.CHECKBOX, Role.SWITCH})
"""Roles of what is on or off."""


class Part(StrEnum):
    """What an element is to the decision.

    ``ACCEPT`` and ``ACCEPT_ALL`` agree, ``REFUSE`` says no, ``OPTION`` is one thing to agree to or
    not, ``REQUIRED`` an option that cannot be refused, ``OTHER`` the rest.
    """

    ACCEPT = "accept"
    ACCEPT_ALL = "accept-all"
    REFUSE = "refuse"
    OPTION = "option"
    REQUIRED = "required"
    OTHER = "other"


class Form(StrEnum):
    """How a surface meets a person.

    ``PAGE``: as a whole page. ``DIALOG``: over a page, or as a part of one. ``EXCERPT``: as a page
    that shows a window into something longer, from its middle.
    """

    PAGE = "page"
    DIALOG = "dialog"
    EXCERPT = "excerpt"


@dataclass(frozen=True)
class Box:
    """A rectangle in logical pixels, from the top left of the screen."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The edge at the end of ``x``."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The edge at the end of ``y``."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    def within(self, other: Box) -> Box | None:
        """What both have in common; None if nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(x, y, right - x, bottom - y) if right > x and bottom > y else None


@dataclass(frozen=True)
class Look:
    """How a control is declared to be drawn; None where it is left to the theme.

    Attributes:
        kind: The control's class, as ``OutlinedButton``.
        size: Of its letters, in logical pixels at a text scale of 1.
        line_height: As a multiple of the size.
        weight, colour, fill, edge, elevation: As declared, in words.
        icon: Whether an icon stands with the words.
        motion: Whether anything of it is animated.
        autofocus: Whether it asks for the focus.
    """

    kind: str
    size: float | None = None
    line_height: float | None = None
    weight: str | None = None
    colour: str | None = None
    fill: str | None = None
    edge: str | None = None
    elevation: str | None = None
    icon: bool = False
    motion: bool = False
    autofocus: bool = False

    @property
    def style(self) -> dict[str, object]:
        """What makes one button look unlike another."""
        names = ("kind", "size", "weight", "colour", "fill", "edge", "elevation", "icon")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Ink:
    """What the pixels of an element's box show.

    Attributes:
        ground: The colour that is there most, as ``#rrggbb``.
        ink: The colour that stands out most from it.
        contrast: Of the two, 1 to 21.
        mark: The least contrast of a switch's or box's own mark; None for other elements.
    """

    ground: str
    ink: str
    contrast: float
    mark: float | None = None


@dataclass(frozen=True)
class Element:
    """One thing on a screen.

    Attributes:
        role, name: As a screen reader says them.
        identifier: Stable in every language; empty if it has none.
        part: What it is to the decision.
        guessed: Whether ``part`` was guessed from the label.
        box: Where it is laid out, also out of sight; None if nobody looked.
        seen: What of the box is in sight; None if nothing is, or nobody looked.
        cut: Whether the box itself ends where a scrolling area does, so that it is larger than
            could be measured.
        checked: Of a switch, box or radio; None for other elements.
        enabled: Whether it can be pressed.
        level: Of a heading.
        purposes: What it agrees to, by id or name, where that is known.
        look: From the control tree.
        ink: From the pixels.
    """

    role: Role
    name: str
    identifier: str = ""
    part: Part = Part.OTHER
    guessed: bool = False
    box: Box | None = None
    seen: Box | None = None
    cut: bool = False
    checked: bool | None = None
    enabled: bool = True
    level: int | None = None
    purposes: tuple[str, ...] = ()
    look: Look | None = None
    ink: Ink | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it is in sight."""
        if self.box is None or self.seen is None or self.cut:
            return False
        return self.seen.area >= 0.99 * self.box.area

    def __str__(self) -> str:
        name = self.name if len(self.name) <= 40 else self.name[:39] + "…"
        return f"{self.role} “{name}”" + (f" ({self.identifier})" if self.identifier else "")


@dataclass(frozen=True)
class Picture:
    """A screenshot. ``png`` is the file; ``scale`` its pixels for one logical pixel."""

    png: bytes = field(repr=False)
    scale: float = 1.0


@dataclass(frozen=True)
class Screen:
    """One surface in one rendering.

    Attributes:
        name: Of the surface; the same in all its renderings.
        locale: Of the interface, as ``zh_Hans``.
        width, height: Logical pixels.
        text_scale: The system's text size; 1 is normal.
        system: ``android``, ``ios``, ``desktop``; empty if unknown.
        form: Page or dialog.
        elements: In the order in which they are heard.
        declared, placed, painted: Whether control tree, geometry and pixels were looked at.
        question: Whether it asks at a feature (just in time).
        change: Whether it asks about a new version, and so tells what changed as well.
        after: Seconds since it was first looked at, for a second look at the same rendering.
        characters: What the fonts can draw; None if unknown.
        expected, heard: Texts that belong to the surface, and those that came up in scrolling
            through all of it; None if nobody scrolled.
        picture: The screenshot.
    """

    name: str
    locale: str
    width: float
    height: float
    elements: tuple[Element, ...]
    text_scale: float = 1.0
    system: str = ""
    form: Form = Form.PAGE
    declared: bool = False
    placed: bool = False
    painted: bool = False
    question: bool = False
    change: bool = False
    after: float = 0.0
    characters: frozenset[str] | None = field(default=None, repr=False)
    expected: tuple[str, ...] | None = None
    heard: tuple[str, ...] | None = None
    picture: Picture | None = None

    @property
    def language(self) -> str:
        """``zh``, ``en``, or another code that no word list knows."""
        return self.locale.replace("-", "_").partition("_")[0]

    @property
    def accepts(self) -> tuple[Element, ...]:
        """What agrees."""
        return self.of(Part.ACCEPT, Part.ACCEPT_ALL)

    @property
    def refuses(self) -> tuple[Element, ...]:
        """What says no."""
        return self.of(Part.REFUSE)

    @property
    def options(self) -> tuple[Element, ...]:
        """What can be agreed to one by one."""
        return self.of(Part.OPTION)

    @property
    def pair(self) -> tuple[Element, Element] | None:
        """Consent and refusal, where both are there; the nearest two if there are several."""
        if not self.accepts or not self.refuses:
            return None
        accept = self.accepts[0]
        order = {id(it): place for place, it in enumerate(self.elements)}
        nearest = min(self.refuses, key=lambda it: abs(order[id(it)] - order[id(accept)]))
        return accept, nearest

    @property
    def decides(self) -> bool:
        """Whether a person can agree or refuse here."""
        return bool(self.accepts or self.refuses)

    @property
    def texts(self) -> tuple[Element, ...]:
        """What is there to be read: headings and texts."""
        return tuple(it for it in self.elements if it.role in (Role.HEADING, Role.TEXT))

    @property
    def rendering(self) -> str:
        """Which rendering of the surface it is."""
        size = f"{self.width:g}x{self.height:g}"
        scale = "" if self.text_scale == 1 else f", text {self.text_scale:g}"
        later = f", after {self.after:g} s" if self.after else ""
        return f"{self.locale}, {size}{scale}{later}"

    def of(self, *parts: Part) -> tuple[Element, ...]:
        """The elements of some parts of the decision."""
        return tuple(it for it in self.elements if it.part in parts)

    def named(self, name: str) -> Screen:
        """The same under another name."""
        return replace(self, name=name)


@dataclass(frozen=True)
class Subject:
    """Everything that is known of what is judged. Each input may be missing.

    Attributes:
        name: What reports call it.
        screens: Surfaces in their renderings: control tree, semantics and pixels.
        graph: Where each press leads.
        texts: What is said, one for each locale.
        trace: What happened, in order.
    """

    name: str
    screens: tuple[Screen, ...] = ()
    graph: ScreenGraph | None = None
    texts: tuple[Texts, ...] = ()
    trace: Trace | None = None
