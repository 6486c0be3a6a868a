"""What is measured of an example: in which windows, text sizes and languages, and what is a fault.

``python -m tests.browser.everywhere`` goes through the whole product; ``test_everywhere_*`` through
a part of it in which every size meets every text size in every language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from playwright.async_api import ViewportSize

from components.i18n import PSEUDO_LOCALES, available_locales
from components.prototype.gallery import addresses

from .geometry import (
    choices,
    choices_out_of_sight,
    cut_short,
    not_grown,
    outside,
    overlapping,
    too_small,
)
from .harness import DESKTOP, PHONE
from .layout import Box, Piece, layout
from .stage import Stage

SMALL_PHONE: Final = ViewportSize(width=360, height=640)
TABLET: Final = ViewportSize(width=800, height=1280)
ENDLESS: Final = ViewportSize(width=360, height=4000)
"""As wide as the small phone and so high that nothing has to be scrolled."""

SIZES: Final[Mapping[str, ViewportSize]] = {
    "360x640": SMALL_PHONE,
    "412x892": PHONE,
    "800x1280": TABLET,
    "1280x800": DESKTOP,
}
TEXTS: Final = (1.0, 2.0)
"""As multiples of the usual size of text: WCAG 2.2 asks for 200 % (1.4.4)."""
LOCALES: Final = (*available_locales(), *PSEUDO_LOCALES)

DECISIONS: Final = (
    "/first-notice/",
    "/guardian/",
    "/other-hosts/",
    "/prompt/",
    "/purpose/",
    "/separate-consent/",
    "/update/",
)
"""Where the components that ask something are."""


@dataclass(frozen=True)
class Way:
    """One way of looking at an example.

    Attributes:
        locale: Of the interface.
        text: The text size, as a multiple of the usual one.
        size: A key of ``SIZES``.
    """

    locale: str
    text: float
    size: str

    def __str__(self) -> str:
        return f"{self.locale} at {self.text:.0%} on {self.size}"


@dataclass(frozen=True)
class Visit:
    """An example in one language and one window, with text of every size in turn."""

    address: str
    locale: str
    size: str


def part(sizes: Sequence[str], ahead: int = 0) -> list[Visit]:
    """Each example once: in some of the windows and in every language in turn.

    Together the visits of the phones and of the wide windows have every size, text size and
    language meet in a dozen examples, and see every example in four ways. They are in an order in
    which language and window seldom change.

    Args:
        sizes: Keys of ``SIZES``.
        ahead: How many languages further to begin, so that two parts see an example differently.
    """
    visits = [
        Visit(
            address,
            LOCALES[(number // len(sizes) + ahead) % len(LOCALES)],
            sizes[number % len(sizes)],
        )
        for number, address in enumerate(addresses())
    ]
    return sorted(visits, key=lambda it: (LOCALES.index(it.locale), it.size))


def decides(address: str) -> bool:
    """Whether an example has to have all of its choices in sight."""
    return address.startswith(DECISIONS)


async def at(stage: Stage, size: ViewportSize) -> list[Piece]:
    """What is where in a window of that size."""
    await stage.resize(size)
    return await layout(stage.app.page)


def window(size: ViewportSize) -> Box:
    """All of it."""
    return Box(0, 0, size["width"], size["height"])


def faults(
    pieces: list[Piece],
    size: ViewportSize,
    *,
    expected: Collection[str] = (),
    endless: list[Piece] | None = None,
    usual: list[Piece] | None = None,
    text: float = 1.0,
) -> list[str]:
    """What is wrong with where things are, each fault once.

    Args:
        pieces: What is where.
        size: Of the window.
        expected: Identifiers of the choices that have to be in sight.
        endless: The same in a window as wide in which nothing is scrolled.
        usual: The same in the same window with text of the usual size.
        text: The text size, as a multiple of the usual one.
    """
    found = outside(pieces, window(size)) + overlapping(pieces) + too_small(pieces, window(size))
    if expected:
        found += choices_out_of_sight(pieces, window(size), expected)
    if endless is not None:
        found += cut_short(pieces, endless)
    if usual is not None and text != 1:
        found += not_grown(usual, pieces, text)
    return list(dict.fromkeys(found))


async def visited(
    stage: Stage, visit: Visit, texts: Sequence[float] = TEXTS
) -> tuple[dict[float, list[Piece]], list[str]]:
    """What is where with each text size, the first of which is shown first, and what is wrong."""
    size = SIZES[visit.size]
    await stage.text_scale(texts[0])
    await stage.show(visit.address, visit.locale)
    expected: Collection[str] = ()
    if decides(visit.address):
        expected = choices(await at(stage, ENDLESS))
    there: dict[float, list[Piece]] = {}
    for text in texts:
        await stage.text_scale(text)
        there[text] = await at(stage, size)
    found = [
        f"{Way(visit.locale, text, visit.size)}: {fault}"
        for text, pieces in there.items()
        for fault in faults(pieces, size, expected=expected, usual=there[1.0], text=text)
    ]
    return there, found


def report(found: Mapping[str, Collection[str]]) -> str:
    """Faults by what has them, to be read by a person."""
    return "\n".join(
        line
        for name, lines in found.items()
        if lines
        for line in (name, *(f"  {it}" for it in lines))
    )
