"""What a station is like: what it shows, on what, and how it behaves when nobody is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Showing(StrEnum):
    """What the study's page shows."""

    ENTRY = "entry"
    WELCOME = "welcome"
    CONSENT = "consent"
    SITTING = "sitting"
    STOPPING = "stopping"
    STILL_THERE = "still-there"
    END = "end"


@dataclass(frozen=True)
class Kiosk:
    """How a device behaves that nobody stands beside.

    Attributes:
        idle_seconds: After so long without a touch it asks whether anybody is there.
        grace_seconds: So long it waits for an answer; then it ends the session and forgets.
        self_service: Whether the next free place is taken instead of a code.
    """

    idle_seconds: float = 180.0
    grace_seconds: float = 30.0
    self_service: bool = False


@dataclass(frozen=True)
class Device:
    """What is known of the screen.

    Attributes:
        kind: ``android``, ``ios``, ``desktop`` or ``browser``.
        width: In logical pixels.
        height: In logical pixels.
        phone: Whether it is as narrow as a phone.
    """

    kind: str = "browser"
    width: float = 0.0
    height: float = 0.0
    phone: bool = True
