"""Examples: named states of a component, with plain data.

They stand beside each component. The gallery, the headless tests, the browser tests and the
screenshots all go through the same ones, in every locale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ..i18n import Language
from ..policy.pack import Pack
from .runtime import kit_component
from .viewport import WidthClass, use_width_class


@dataclass(frozen=True)
class Setting:
    """What an example is shown with: a language, and a pack that has the words.

    ``did`` is called with a word for whatever is pressed, so that a test can see it.
    """

    language: Language
    pack: Pack
    did: Callable[[str], None]

    def does(self, act: str) -> Callable[..., None]:
        """A callback that notes ``act`` and what it was called with."""

        def note(*details: Any) -> None:
            self.did(" ".join([act, *(str(it) for it in details if it is not None)]))

        return note


@dataclass(frozen=True)
class Example:
    """One state of a component.

    Attributes:
        name: Kebab-case, unique among the component's examples.
        about: What it shows, in a sentence.
        build: Makes the control; called while a component renders.
        fills: Whether it needs the height of a page rather than what its content takes.
        wide: Whether it takes all of a wide window, not only a column of text.
    """

    name: str
    about: str
    build: Callable[[Setting], ft.Control]
    fills: bool = True
    wide: bool = False


@kit_component
def AsWideAsThePage(build: Callable[[WidthClass], ft.Control]) -> ft.Control:
    """What has another layout in a wide window, with the width that there really is."""
    return build(use_width_class(ft.context.page))
