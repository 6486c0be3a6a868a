"""The people that bots play."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mind(StrEnum):
    """How somebody answers a question for consent."""

    GRANT = "grant"
    DECLINE = "decline"
    ANY = "any"


@dataclass(frozen=True)
class Persona:
    """How somebody goes through a study.

    Attributes:
        name: What the persona is called.
        mind: What is answered to a question for consent.
        reads: The share of the reading time that a text gets; its read ratio, then.
        backs_out: Whether a notice is first dismissed, and decided on when it comes again.
        changes_mind: Whether a decision is changed once it is made.
        withdraws: Whether a grant is withdrawn again.
        gives_up: The chance of giving up at a task.
        wanders: How many other sections are looked at on the way.
        knows: The chance of being right about a fact that was read; halved where it was skipped.
        taps_beside: The chance of a tap that hits nothing, before each that does.
    """

    name: str
    mind: Mind
    reads: float = 0.3
    backs_out: bool = False
    changes_mind: bool = False
    withdraws: bool = False
    gives_up: float = 0.0
    wanders: int = 1
    knows: float = 0.6
    taps_beside: float = 0.02


PERSONAS = (
    Persona("accept-all", Mind.GRANT, reads=0.02, wanders=0, knows=0.4),
    Persona("decline-all", Mind.DECLINE, reads=0.1),
    Persona("careful-reader", Mind.ANY, reads=1.1, wanders=4, knows=0.9),
    Persona("skimmer", Mind.ANY, reads=0.2, wanders=3, knows=0.5),
    Persona("back-outer", Mind.DECLINE, backs_out=True),
    Persona("mind-changer", Mind.ANY, changes_mind=True),
    Persona("withdrawer", Mind.GRANT, withdraws=True),
    Persona("give-up", Mind.ANY, gives_up=1.0, knows=0.3),
    Persona("random-walk", Mind.ANY, reads=0.4, gives_up=0.2, wanders=6, taps_beside=0.3),
)
"""The personas; that a session crashes at some event can happen to each of them."""
