"""What an observer can call what they see: the study's own list, or the one that comes along."""

from __future__ import annotations

from dataclasses import dataclass

from ..instruments import instruments
from ..model import Localised, Study

OTHER = "other"
"""What none of the others fits; it is always there, and no study file declares it."""

MOST = 8
"""So many codes there may be besides: each has a key, from 1 to this."""


@dataclass(frozen=True)
class Problem:
    """A code for a note.

    Attributes:
        code: What is recorded.
        label: What it says.
    """

    code: str
    label: Localised


def problems_of(study: Study) -> tuple[Problem, ...]:
    """The codes of a study, ``other`` the last of them."""
    ready = tuple(Problem(it.value, it.text) for it in instruments()["observed"].options)
    own = tuple(Problem(code, label) for code, label in study.problems.items())
    return (*(own or ready[:-1]), ready[-1])
