"""The gate's answers as tables: the first rule that fits a situation decides.

A situation is a few finite facts. A rule names the values that a fact must have; a fact it does
not name may have any. The last rule of each table fits everything and permits nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

Answer = TypeVar("Answer", bound=StrEnum)


@dataclass(frozen=True)
class Rule(Generic[Answer]):
    """One line of a table.

    Attributes:
        id: For example ``notice-first``.
        answer: What is answered where it decides.
        when: The values that facts must have, by the fact's name.
        because: The reason, as a sentence.
        source: Law, requirement or standard it stands on.
    """

    id: str
    answer: Answer
    because: str
    source: str
    when: Mapping[str, tuple[StrEnum, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def fits(self, situation: object) -> bool:
        """Whether every fact it names has one of the values it names."""
        return all(getattr(situation, name) in values for name, values in self.when.items())


def decide(rules: tuple[Rule[Answer], ...], situation: object) -> Rule[Answer]:
    """The rule that decides: the first that fits. The last one of a table always does."""
    return next((rule for rule in rules[:-1] if rule.fits(situation)), rules[-1])
