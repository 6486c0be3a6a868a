"""What is said: statements, the clauses they stand on, dates and changes, in one locale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Layer(StrEnum):
    """Where a person reads it: a summary, a question at a feature, a purpose's description."""

    SUMMARY = "summary"
    QUESTION = "question"
    PURPOSE = "purpose"


@dataclass(frozen=True)
class Statement:
    """Something that is said briefly.

    Attributes:
        id: The same in every locale.
        layer: Where it is read.
        text: All its words.
        clauses: Ids of the clauses that it stands on.
        data, feature, refusing: Of a question: which data, what for, what a refusal costs.
    """

    id: str
    layer: Layer
    text: str
    clauses: tuple[str, ...] = ()
    data: str = ""
    feature: str = ""
    refusing: str = ""


@dataclass(frozen=True)
class Clause:
    """A section of the full policy. ``digest`` is of its words, ``marked`` what stands out."""

    id: str
    text: str
    digest: str
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What a new version does: the summary it shows, what changed, what it asks about again."""

    summary: str
    changed: frozenset[str]
    asked: frozenset[str]


@dataclass(frozen=True)
class Texts:
    """Everything that is said in one locale.

    Attributes:
        locale: As ``zh_Hans``.
        statements: Summary, questions and purposes.
        clauses: The full policy.
        purposes: Ids of the purposes that are explained.
        reviewed: Digests of the clauses as they were when the statements were last held against
            them; None if nobody keeps that.
        sensitive: Names of sensitive information that the policy speaks of.
        published, effective: The version's dates.
        change: What a new version does; None if there is none.
    """

    locale: str
    statements: tuple[Statement, ...] = ()
    clauses: tuple[Clause, ...] = ()
    purposes: frozenset[str] = frozenset()
    reviewed: Mapping[str, str] | None = None
    sensitive: tuple[str, ...] = ()
    published: date | None = None
    effective: date | None = None
    change: Change | None = None

    @property
    def language(self) -> str:
        """``zh``, ``en``, or another code that no word list knows."""
        return self.locale.replace("-", "_").partition("_")[0]

    def of(self, *layers: Layer) -> tuple[Statement, ...]:
        """The statements of some layers."""
        return tuple(it for it in self.statements if it.layer in layers)
