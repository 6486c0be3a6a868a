"""Which pictures there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from components.prototype.gallery import addresses
from tests.browser.harness import DESKTOP, PHONE
from tests.browser.stage import find_example

BASELINES = Path(__file__).resolve().parent / "baselines"
"""The pictures of last time, one folder for each component."""
MOST = 300
"""So many baselines at most: a repository keeps every version of each."""
MOST_BYTES = 6_000_000
EXAMPLES_OF_ONE = 5
"""So many examples of a component are compared; the sheets show all."""
MOVING = frozenset({"/receipts/loading", "/sending/sending"})
"""What moves as long as it is looked at, a bar that runs to and fro, is never twice the same."""


@dataclass(frozen=True)
class View:
    """A way to look at an example: a language, a theme, a size."""

    name: str
    locale: str
    scheme: Literal["light", "dark"]
    size: tuple[int, int]
    """Width and height in logical pixels."""


_PHONE = (PHONE["width"], PHONE["height"])
_DESKTOP = (DESKTOP["width"], DESKTOP["height"])
ZH = View("zh", "zh_Hans", "light", _PHONE)
DARK = View("zh-dark", "zh_Hans", "dark", _PHONE)
EN = View("en", "en", "light", _PHONE)
AR = View("ar", "ar", "light", _PHONE)
WIDE = View("desktop", "zh_Hans", "light", _DESKTOP)
VIEWS = (ZH, DARK, EN, AR, WIDE)


@dataclass(frozen=True)
class Picture:
    """One picture to take: an example, looked at in one way."""

    address: str
    view: View

    @property
    def component(self) -> str:
        """The component's name in the gallery."""
        return self.address.strip("/").partition("/")[0]

    @property
    def example(self) -> str:
        """The example's name."""
        return self.address.rpartition("/")[2]

    @property
    def path(self) -> Path:
        """Where its baseline lies."""
        return BASELINES / self.component / f"{self.example}.{self.view.name}.webp"


def compared() -> list[Picture]:
    """Every picture that is held against the one of last time, those of one view together.

    In Chinese on a phone the first examples of each component; in English and in the dark the
    first, in Arabic and on a desktop the first of every second component. That a language or a
    theme fits everywhere is measured elsewhere; a picture notices that it looks otherwise.
    """
    firsts = [it[0] for it in _by_component().values()]
    chosen = {
        ZH: [
            it
            for examples in _by_component().values()
            for it in examples[:EXAMPLES_OF_ONE]
            if it not in MOVING
        ],
        DARK: firsts,
        EN: firsts,
        AR: firsts[::2],
        WIDE: firsts[1::2],
    }
    return _pictures(chosen)


def shown() -> list[Picture]:
    """Every picture of the contact sheets: each example, and each component in every way."""
    firsts = [it[0] for it in _by_component().values()]
    chosen = dict.fromkeys(VIEWS, firsts)
    chosen[ZH] = [it for examples in _by_component().values() for it in examples]
    return _pictures(chosen)


def _pictures(chosen: dict[View, list[str]]) -> list[Picture]:
    wide = [it for it in addresses() if _is_wide(it)]
    return [
        Picture(address, view)
        for view in VIEWS
        for address in chosen[view] + (wide if view is WIDE else [])
    ]


def _by_component() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in addresses():
        if not _is_wide(address):
            found.setdefault(address.strip("/").partition("/")[0], []).append(address)
    return found


def _is_wide(address: str) -> bool:
    """Whether it is made for a desktop; on a phone it is what another example is."""
    return find_example(address).wide
