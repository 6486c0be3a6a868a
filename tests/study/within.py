"""A study in which each participant sees both conditions, and a folder of bots that took part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from components.study.allocation import allocate
from components.study.bots.personas import PERSONAS
from components.study.folder import StudyFolder
from components.study.model import Condition, Study
from components.study.reading import load_study

from .drawn import drawn
from .reported import put, recorded
from .writing import PACKS, ready, written

STEPS = ("welcome", "research_consent", "calibrate_reading")
AFTERWARDS = ("comprehension:A", "demographics", "debrief")


def values_within(*tasks: str, participants: int = 40) -> dict[str, Any]:
    """The ready study for many people, turned so that each sees both openings."""
    study = ready("layers")
    study["study"] |= {"id": "epiao-within", "primary": "tasks.success"}
    del study["study"]["purposes"]
    study["design"] = {
        "kind": "within",
        "factors": {"opening": ["summary", "full"]},
        "strata": {"locale": ["zh_Hans", "en"]},
        "seed": 20263,
        "participants": participants,
        "task_order": "williams" if len(tasks) > 1 else "fixed",
    }
    study["tasks"] = [it for it in study["tasks"] if it["id"] in tasks]
    steps = [*STEPS, *(f"task:{it}" for it in tasks), *AFTERWARDS]
    study["flow"] = {"steps": steps}
    return study


def study_within(folder: Path, *tasks: str, participants: int = 40) -> Study:
    """The same, read from its file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return load_study(written(folder, values_within(*tasks, participants=participants)), PACKS)


def played(
    study: Study, folder: Path, people: int, success: Callable[[Condition], float], seed: int = 1
) -> StudyFolder:
    """Bots who took part; nobody of them is careless."""
    kept = StudyFolder(folder)
    kept.put_places(study, allocate(study))
    kept.put_study(folder / "study.toml")
    chance = drawn(seed)
    places = sorted(kept.places(study), key=lambda it: it.position)[:people]
    for number, place in enumerate(places):
        persona = PERSONAS[1 + chance.randrange(3)]
        put(folder, *recorded(study, place, persona, seed * 1000 + number, success=success))
    return kept
