"""A report's words and figures in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import inf, isfinite
from pathlib import Path
from typing import Any

from ...policy.errors import Findings
from ...policy.pack import Pack
from ...policy.toml_reader import TomlFile, TomlTable
from ...policy.toml_source import TomlSource
from ..builds import NOTICE
from ..measures.intervals import Interval
from ..model import Study
from ..progress import PROBE
from .outcomes import Scale

FILE = Path(__file__).with_name("texts.toml")
LOCALES = ("zh_Hans", "en")
"""The languages in which a report can be written."""

MINUS = "\N{MINUS SIGN}"
_LANGUAGE_TAGS = {"zh_Hans": "zh-Hans", "en": "en"}


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every text by key, then by locale.

    Raises:
        PackError: The file that comes along has faults.
    """
    findings = Findings()
    source = TomlSource(FILE.read_text(encoding="utf-8"))
    root = TomlTable(TomlFile(FILE.name, source, findings, LOCALES), (), source.values)
    table = root.table("texts")
    found = {key: table.localised(key) for key in source.values["texts"]}
    findings.raise_if_any()
    return found


class Writer:
    """Writes in one language, with the names that the policy has for things.

    Args:
        locale: One of :data:`LOCALES`.
        study: The study.
        pack: The policy that it is about.
    """

    def __init__(self, locale: str, study: Study, pack: Pack) -> None:
        self.locale = locale
        self._study = study
        self._pack = pack
        self._in_pack = locale if locale in pack.locales else pack.locales[0]

    def __call__(self, key: str, **fields: object) -> str:
        """A text, with its fields filled in. Raises KeyError if there is none of that name."""
        return texts()[key][self.locale].format(**fields)

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return _LANGUAGE_TAGS[self.locale]

    def localised(self, text: Mapping[str, str]) -> str:
        """A text of the study, in this language or in one that it has."""
        return text.get(self.locale) or next(iter(text.values()))

    def purpose(self, name: str) -> str:
        """A purpose as the policy calls it."""
        purpose = self._pack.purposes.get(name)
        return name if purpose is None else self._pack.text(purpose.name, self._in_pack)

    def asked_about(self, name: str) -> str:
        """What a question asks for: a purpose, or the purpose that a permission is for."""
        permission = self._pack.permissions.get(name)
        if permission is None:
            return self.purpose(name)
        return self.purpose(permission.purpose) if permission.purpose else name

    def section(self, name: str) -> str:
        """A section of the full text as the policy heads it."""
        document = self._pack.document(self._in_pack)
        return document.clause(name).title if name in document else name

    def target(self, name: str) -> str:
        """What was decided on."""
        if name == PROBE:
            return self("target_probe")
        if name == NOTICE:
            return self("target_notice")
        return self.purpose(name.removeprefix("purpose:"))

    def share(self, value: float) -> str:
        """A share as whole per cent; of very few, and of nearly all, with a place more."""
        if 0 < value < 0.01 or 0.99 < value < 1:
            return f"{value * 100:.1f}%"
        return f"{value * 100:.0f}%"

    def interval(self, found: Interval, scale: Scale) -> str:
        """A figure with its interval, as ``62% (48% to 74%)``."""
        return self(
            "with_interval",
            middle=self.value(found.estimate, scale),
            low=self.value(found.low, scale),
            high=self.value(found.high, scale),
        )

    def value(self, value: float, scale: Scale) -> str:
        """A figure on its scale."""
        if not isfinite(value):
            return "∞" if value == inf else f"{MINUS}∞"
        if scale is Scale.SHARE:
            return self.share(value)
        return self.seconds(value) if scale is Scale.SECONDS else f"{value:.1f}"

    def seconds(self, value: float) -> str:
        """A time, to a tenth of a second below ten."""
        return self("seconds", value=f"{value:.1f}" if value < 10 else f"{value:.0f}")

    def of(self, k: int, n: int) -> str:
        """So many of so many."""
        return self("k_of_n", k=k, n=n)

    def listed(self, items: Iterable[str]) -> str:
        """Several things in a row."""
        return ("，" if self.locale.startswith("zh") else ", ").join(items)

    def difference(self, found: Interval, scale: Scale) -> str:
        """A difference with its interval: in points, or as a ratio."""
        if scale is Scale.SECONDS:
            return self.ratio(found)
        factor = 100 if scale is Scale.SHARE else 1
        places = 0 if scale is Scale.SHARE else 1
        key = "points_with_interval" if scale is Scale.SHARE else "with_interval"
        return self(
            key,
            middle=signed(found.estimate * factor, places),
            low=signed(found.low * factor, places),
            high=signed(found.high * factor, places),
        )

    def ratio(self, found: Interval) -> str:
        """A ratio with its interval."""
        parts = {
            name: f"{value:.2f}" if isfinite(value) else "∞"
            for name, value in (
                ("middle", found.estimate),
                ("low", found.low),
                ("high", found.high),
            )
        }
        return self("with_interval", **parts)

    def p(self, value: float | None) -> str:
        """A p value; a dash for none."""
        if value is None:
            return "–"
        return "< 0.001" if value < 0.001 else f"{value:.3f}"

    def outcome(self, key: Any) -> str:
        """An outcome's name."""
        return self(f"outcome_{str(key).replace('.', '_')}")


def signed(value: float, places: int) -> str:
    """A number with its sign; nothing has none."""
    text = f"{abs(value):.{places}f}"
    if float(text) == 0:
        return text
    return f"{MINUS}{text}" if value < 0 else f"+{text}"
