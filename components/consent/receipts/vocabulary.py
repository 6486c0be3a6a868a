"""The IRIs that a record may hold: the terms of DPV 2.3, a few of Dublin Core, and our own.

They stand in ``vocabulary.toml``, with the version they were taken from. A term is written with
its prefix: ``dpv:Purpose``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VOCABULARY_FILE = "vocabulary.toml"


@dataclass(frozen=True)
class Vocabulary:
    """The list, read.

    Attributes:
        version: Version of DPV, for example ``2.3``.
        namespaces: Each prefix, and what it stands for.
        kinds: Each term with its prefix, and what it may be used as: ``structure``, ``statuses``,
            ``purposes``, ``processing``, ``legal_bases``, ``personal_data``, ``countries``.
        schemas: IRIs of the shapes that a record or receipt says it has.
    """

    version: str
    namespaces: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]
    schemas: frozenset[str]

    def is_a(self, term: str, kind: str) -> bool:
        """Whether a term (``dpv:Marketing``) is listed as something (``purposes``)."""
        return kind in self.kinds.get(term, frozenset())

    def iris(self) -> frozenset[str]:
        """Every IRI of the list, in full."""
        in_full = {
            self.namespaces[prefix] + name
            for prefix, _, name in (term.partition(":") for term in self.kinds)
        }
        return frozenset(in_full) | self.schemas


@cache
def vocabulary() -> Vocabulary:
    """The list that comes with the kit. Read once; it is 14 kB."""
    text = files(__package__).joinpath(VOCABULARY_FILE).read_text(encoding="utf-8")
    parts = tomllib.loads(text)
    kinds: dict[str, set[str]] = {}
    namespaces: dict[str, str] = {}
    for prefix, part in parts.items():
        if isinstance(part, dict):
            namespaces[prefix] = part.pop("namespace")
            for kind, names in part.items():
                for name in names:
                    kinds.setdefault(f"{prefix}:{name}", set()).add(kind)
    return Vocabulary(
        version=parts["version"],
        namespaces=namespaces,
        kinds={term: frozenset(several) for term, several in kinds.items()},
        schemas=frozenset(parts["schemas"]),
    )
