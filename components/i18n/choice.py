"""Which language to speak: the person's own choice, or the best that their device asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from ..places import data_folder

if TYPE_CHECKING:
    from babel import Locale

DOMAIN = "mingshi"
FALLBACK = "zh_Hans"
"""The language when nothing the device prefers is available: that of the law it serves."""

_TRADITIONAL = frozenset({"TW", "HK", "MO"})
_SPOKEN_CHINESE = {"cmn": "Hans", "yue": "Hant"}
"""Codes of Mandarin and Cantonese, which phones send too, with how each is mostly written."""


@lru_cache
def available_locales(folder: Path | None = None) -> tuple[str, ...]:
    """The locales that have a catalog, as Babel ids in alphabetical order."""
    root = folder or data_folder("locales")
    return tuple(
        sorted(path.parent.parent.name for path in root.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    )


def negotiate(preferred: Sequence[str], available: Sequence[str]) -> str:
    """The best available locale for a person's list, best first.

    Tags may be written with ``-`` or ``_``, with regions, variants, and extensions such as
    ``-u-nu-latn``. Chinese goes by script: ``zh-CN`` and ``zh-SG`` mean ``zh_Hans``; ``zh-TW``,
    ``zh-HK`` and ``zh-MO`` mean ``zh_Hant``; a script that is named counts more than a region.
    Where one way of writing Chinese is not available, the other serves. What cannot be read, or
    has no catalog, is passed over. If nothing fits, :data:`FALLBACK`, or the first available.
    """
    for tag in preferred:
        subtags = _plain_subtags(tag)
        wanted = _known(subtags)
        if wanted is None:
            continue
        # Babel gives a region its usual script even where the tag names another.
        named = (it.title() for it in subtags[1:] if len(it) == 4 and it.isalpha())
        script = next(named, wanted.script)
        candidates = [f"{wanted.language}_{script}", wanted.language]
        if wanted.language in ("zh", *_SPOKEN_CHINESE):
            traditional = wanted.territory in _TRADITIONAL
            usual = "Hant" if traditional else _SPOKEN_CHINESE.get(wanted.language, "Hans")
            candidates += [f"zh_{script or usual}", "zh_Hans", "zh_Hant"]
        for candidate in candidates:
            if candidate in available:
                return candidate
    return FALLBACK if FALLBACK in available else available[0]


def _plain_subtags(tag: str) -> list[str]:
    """A language tag without encoding and extensions: they begin with a subtag of one letter."""
    subtags = tag.partition(".")[0].partition("@")[0].replace("-", "_").split("_")
    return list(takewhile(lambda subtag: len(subtag) != 1, subtags))


def _known(subtags: Sequence[str]) -> Locale | None:
    """The locale of the longest beginning that Babel can read.

    A region or variant that it does not know says nothing against the language.
    """
    # Only where a device is followed: who names a locale needs no negotiation.
    from babel import Locale, UnknownLocaleError

    for length in range(len(subtags), 0, -1):
        try:
            return Locale.parse("_".join(subtags[:length]), resolve_likely_subtags=True)
        except (ValueError, UnknownLocaleError):
            continue
    return None


@dataclass(frozen=True)
class LanguageChoice:
    """What decides about the language of one session.

    Attributes:
        chosen: The locale that the person picked by hand; None follows the device.
        device: The language tags that the device asks for, best first.
    """

    chosen: str | None = None
    device: tuple[str, ...] = ()

    @property
    def locale(self) -> str:
        """The locale to speak. A choice that is no longer available counts as none."""
        if self.chosen in available_locales():
            return str(self.chosen)
        return self.automatic

    @property
    def automatic(self) -> str:
        """The locale that the device leads to."""
        return negotiate(self.device, available_locales())

    def choosing(self, locale: str | None) -> LanguageChoice:
        """The same device after the person chose; None follows the device again."""
        return replace(self, chosen=locale)

    def on_device(self, tags: Sequence[str]) -> LanguageChoice:
        """The same choice on a device with these languages."""
        return replace(self, device=tuple(tags))
