"""Where in the rights screen somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...surface.file_saving import Saving


@dataclass(frozen=True)
class Overview:
    """The rights and the requests. ``saving``: what became of the copy, if one was saved."""

    saving: Saving | None = None


class Stage(StrEnum):
    """``WRITING``, ``REVIEWING`` before it is sent, or ``NOT_KEPT``: the device could not save."""

    WRITING = "writing"
    REVIEWING = "reviewing"
    NOT_KEPT = "not-kept"


@dataclass(frozen=True)
class Writing:
    """Making a request of a kind, about a clause if one is named."""

    kind: str
    clause: str | None = None
    message: str = ""
    stage: Stage = Stage.WRITING


@dataclass(frozen=True)
class Reading:
    """One request and what became of it."""

    request_id: str


class Erasing(StrEnum):
    """Erasing the record at the service: ``ASKED``, under way, ``DONE`` or ``FAILED``."""

    ASKED = "asked"
    UNDER_WAY = "under-way"
    DONE = "done"
    FAILED = "failed"


Place = Overview | Writing | Reading | Erasing
