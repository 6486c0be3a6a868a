"""The language of one session: the person's choice, their device's, and how both are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .i18n import Language, LanguageChoice, available_locales
from .surface.speaking import device_tags, follow_device

if TYPE_CHECKING:
    from collections.abc import Callable

    from .kit import ConsentKit


class Speaking:
    """Which language a kit speaks, and why; find it at ``kit.speaking``.

    A host that lets the device decide calls :meth:`begin` once, with what the person chose in an
    earlier session, and keeps :attr:`chosen` for the next one whenever the kit changes.

    Args:
        kit: The kit that speaks.
    """

    def __init__(self, kit: ConsentKit) -> None:
        self._kit = kit
        self._choice = LanguageChoice()
        self._end: Callable[[], None] = lambda: None

    @property
    def chosen(self) -> str | None:
        """The locale that the person, or the host, picked; None while the device is followed."""
        spoken = self._kit.language.locale
        # A host that called `kit.speak` or named a locale at `open` has picked by that.
        return self._choice.chosen if self._choice.locale == spoken else spoken

    @property
    def automatic(self) -> str:
        """The locale that the device leads to."""
        return self._choice.automatic

    async def begin(self, chosen: str | None) -> None:
        """Speak what was chosen, or what the device asks for, and follow the device from now on.

        Args:
            chosen: The locale kept from an earlier session; None or an unknown one follows.
        """
        known = chosen if chosen in available_locales() else None
        self._choice = LanguageChoice(known, await device_tags(self._kit.page))
        self._end()
        self._end = follow_device(self._kit.page, self.device_changed)
        self._speak()

    def end(self) -> None:
        """Stop following the device."""
        self._end()
        self._end = lambda: None

    async def read_device(self) -> None:
        """Ask the device for its languages, for a host that never called :meth:`begin`."""
        chosen = self.chosen
        if not self._choice.device:
            device = await device_tags(self._kit.page)
            self._choice = LanguageChoice(chosen, device)

    def choose(self, locale: str | None) -> None:
        """Speak a language from now on; None follows the device again.

        Raises:
            LookupError: There is no such language.
        """
        if locale is not None:
            Language.of(locale)
        self._choice = self._choice.choosing(locale)
        self._speak()

    def device_changed(self, tags: tuple[str, ...]) -> None:
        """Take in the device's languages; what the person chose by hand stays."""
        chosen = self.chosen
        self._choice = LanguageChoice(chosen, tags)
        self._speak()

    def _speak(self) -> None:
        # Also when the words stay the same: why they are spoken may have changed.
        self._kit.speak(self._choice.locale)
