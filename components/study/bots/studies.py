"""Whole simulated studies: everybody in the place that the allocation has for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..allocation import Place, allocate_without_codes
from ..log import MemoryLog
from ..model import Condition, Study
from ..record import Event, Session
from ..recorder import GivenConsent, Recorder, Start
from ..words import Scope
from .personas import PERSONAS, Persona
from .session import Bot, BotClock, play

CONSENT = GivenConsent(1, frozenset({Scope.BEHAVIOUR, Scope.ANSWERS}))
"""What bots agree to."""

UI = {"dev": "android", "w": 412, "h": 892, "scale": 1.0, "locale": "en", "a11y": "unknown"}
"""The screen that bots have."""


@dataclass(frozen=True)
class Simulated:
    """One bot's session.

    Attributes:
        condition: What it saw.
        persona: Whom it played.
        events: What was recorded.
    """

    condition: Condition
    persona: Persona
    events: tuple[Event, ...]


def simulate(
    study: Study,
    seed: int,
    success: Callable[[Condition], float] | None = None,
    personas: tuple[Persona, ...] = PERSONAS,
    places: Iterable[Place] | None = None,
) -> Iterator[Simulated]:
    """Simulate a study in memory.

    Args:
        study: The study; its own seed decides who sees what.
        seed: Of what the bots do.
        success: The planted chance of doing a task in a condition; None to leave it to them.
        personas: Who takes part, each equally often on average.
        places: Whose places; None for all.
    """
    chance = random.Random(seed)  # noqa: S311 - a simulation
    start = Start("2026-03-01", study.digest, f"{study.pack}@{study.policy_version}")
    for number, place in enumerate(allocate_without_codes(study) if places is None else places):
        persona = personas[chance.randrange(len(personas))]
        condition = dict(place.conditions[0])
        log, clock = MemoryLog(), BotClock()
        session = Session(study.id, f"s-{number}", f"bot-{number}", condition, UI)
        recorder = Recorder.begin(session, CONSENT, start, log, clock)
        play(recorder, clock, Bot(study, place, persona, chance, success).happenings())
        yield Simulated(condition, persona, tuple(log.events))


def with_seed(study: Study, seed: int) -> Study:
    """The same study with another allocation."""
    return replace(study, design=replace(study.design, seed=seed))
