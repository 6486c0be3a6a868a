"""What the observer's page is given to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ...study.observing.desk import Seen
from .words import Names


class Standing(StrEnum):
    """How things stand with the participant."""

    NOBODY = "nobody"
    DECIDING = "deciding"
    """Somebody has come, and has not agreed to anything yet."""
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    UNREADABLE = "unreadable"
    """What an observer wrote before cannot be read, and so nothing is added to it."""


@dataclass(frozen=True)
class DeskView:
    """What is shown.

    Attributes:
        standing: How things stand.
        code: The participant's code; empty without one.
        seen: What is to be seen of the session; None without one.
        prompt: The task that is before the participant; empty without one.
        done_when: What it is done by.
        problems: What a note can be about: codes, with their labels.
        names: What things are called in what happens.
        keys: Whether hot keys are on.
        writing: Whether a note is being written.
        said: What became of the last thing done.
    """

    standing: Standing
    code: str = ""
    seen: Seen | None = None
    prompt: str = ""
    done_when: str = ""
    problems: tuple[tuple[str, str], ...] = ()
    names: Names = field(default_factory=Names)
    keys: bool = True
    writing: bool = False
    said: str = ""


def clock_time(seconds: float) -> str:
    """Seconds as ``3:05``."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
