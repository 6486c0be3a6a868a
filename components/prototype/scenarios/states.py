"""What the console has to know of the player and the endpoint, without either."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlayerState(StrEnum):
    """What the player is doing.

    ``RESETTING``: everything is begun anew. ``READY``: the next step can be taken. ``STEPPING``:
    one step is under way. ``PLAYING``: steps follow each other. ``ENDED``: there is no further
    step. ``DIVERGED``: a step did not lead to what it should; begin anew. ``NO_PHONE``: no page
    shows the app.
    """

    RESETTING = "resetting"
    READY = "ready"
    STEPPING = "stepping"
    PLAYING = "playing"
    ENDED = "ended"
    DIVERGED = "diverged"
    NO_PHONE = "no-phone"


@dataclass(frozen=True)
class Arrived:
    """An event as the endpoint has it.

    Attributes:
        subject: Whose.
        sequence: Its number.
        hash: Of the event.
        body: ``kept``, or ``erased``.
        received_at: When, by the endpoint's clock.
    """

    subject: str
    sequence: int
    hash: str
    body: str
    received_at: str
