"""One bot's session: every step of a study, each event in the words of the vocabulary."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..allocation import Place
from ..model import Condition, Item, Step, Study, Task
from ..record import CONDITION_BEGUN
from ..recorder import Recorder
from ..words import Form, Reply, StepKind, Truth
from .personas import Mind, Persona

CHARACTERS_PER_SECOND = 6.0
"""The bots' reading rate, known beforehand."""

_SECTION_CHARACTERS = 360
_SECTIONS = ("collect", "device-info", "sdk", "share", "partners", "retention", "rights", "minors")
_WISHES = ("yes", "no", "unsure")
_CLAUSE_HASH = "0" * 64


class BotClock:
    """Time that passes when a bot does something."""

    def __init__(self) -> None:
        self._ms = 0

    def monotonic_ms(self) -> int:
        """Milliseconds so far."""
        return self._ms

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass."""
        self._ms += round(seconds * 1000)


Happening = tuple[float, str, Mapping[str, Any]]
"""Seconds after the one before, the event's name, and its fields."""


def play(recorder: Recorder, clock: BotClock, happenings: Iterator[Happening]) -> None:
    """Record what a bot does, as far as its participant has agreed to it."""
    for seconds, name, fields in happenings:
        clock.pass_seconds(seconds)
        if name == CONDITION_BEGUN:
            recorder.begin_condition(**fields)
        elif recorder.allows(name):
            recorder.record(name, **fields)


class Bot:
    """Somebody who goes through a study.

    Args:
        study: The study.
        place: The place that the bot has in it.
        persona: How it behaves.
        chance: Its chance; the same chance makes the same session.
        success: The planted chance of doing a task in a condition, asked once for each; None to
            leave it to the persona.
    """

    def __init__(
        self,
        study: Study,
        place: Place,
        persona: Persona,
        chance: random.Random,
        success: Callable[[Condition], float] | None = None,
    ) -> None:
        self._study = study
        self._place = place
        self._persona = persona
        self._chance = chance
        # Drawn once for each condition: the chance is the person's, and not the task's.
        self._able = [
            1 - persona.gives_up if success is None else success(it) for it in place.conditions
        ]
        self._turn = 1
        self._decided: dict[str, str] = {}

    def happenings(self) -> Iterator[Happening]:
        """All that happens after the consent to be studied."""
        place = self._place
        yield 0.0, "study.assignment.made", {"position": place.position, "block": place.block}
        for step in self._study.steps_in_order(place.tasks):
            if step.turn > self._turn:
                self._turn = step.turn
                self._decided.clear()
                condition = place.conditions[step.turn - 1]
                fields = {"turn": step.turn, "condition": condition, "phase": str(step)}
                yield 3.0, CONDITION_BEGUN, fields
            yield from self._step(step)
            yield 0.5, "study.step.finished", {"step": str(step)}
        yield 1.0, "study.session.ended", {"reason": "finished"}

    def _step(self, step: Step) -> Iterator[Happening]:
        match step.kind:
            case StepKind.CALIBRATE_READING:
                yield self._answer("calibration", "passage", 1, "false", 20.0)
            case StepKind.TASK:
                yield from self._task(self._study.tasks[step.subject], str(step))
            case StepKind.PROBE:
                yield from self._asked("probe", "probe", str(step), self._mind())
            case StepKind.SUS:
                for at in range(1, 11):
                    mood = self._chance.randint(3, 5)
                    yield self._answer("sus", f"sus-{at}", at, mood if at % 2 else 6 - mood, 4.0)
            case StepKind.COMPREHENSION:
                yield from self._form(Form(step.subject))
            case StepKind.RECALL_CHOICE:
                for at, purpose in enumerate(self._study.purposes, start=1):
                    state = self._decided.get(f"purpose:{purpose}", "not_asked")
                    yield self._answer("recall", purpose, at, state, 5.0)
                    yield self._answer("wanted", purpose, at, self._chance.choice(_WISHES), 3.0)
            case StepKind.REGRET:
                for at, purpose in enumerate(self._study.purposes, start=1):
                    yield self._answer("regret", purpose, at, "keep", 5.0)
            case StepKind.DEMOGRAPHICS:
                yield self._answer("demographics-age", "age_band", 1, "no_answer", 3.0)
            case StepKind.WELCOME | StepKind.RESEARCH_CONSENT | StepKind.DEBRIEF:
                return

    def _form(self, form: Form) -> Iterator[Happening]:
        bank = self._study.bank
        for at, item in enumerate(bank.form(form), start=1):
            yield self._answer("comprehension", item.id, at, self._reply(item), 8.0)
        careless = self._persona.reads < 0.05
        for check in bank.attention:
            if check.form is form:
                reply = Reply.DONT_KNOW if careless else check.answer
                yield self._answer("comprehension", check.id, 0, reply.value, 4.0)

    def _task(self, task: Task, phase: str) -> Iterator[Happening]:
        told = {"task": task.id, "phase": phase}
        yield 2.0, "study.task.shown", told
        yield 4.0, "study.task.started", told
        if task.success.purpose:
            target = f"purpose:{task.success.purpose}"
            wanted = task.success.choice
            mind = self._mind() if wanted == "either" else wanted
            yield from self._asked(task.success.purpose, target, phase, mind)
        else:
            yield from self._looked(task, phase)
        if self._chance.random() < self._able[self._turn - 1]:
            outcome = "direct" if self._persona.wanders < 2 else "indirect"
            yield 1.0, "study.task.completed", {**told, "outcome": outcome, "confidence": 4}
        else:
            yield float(task.give_up_after_s), "study.task.gave_up", told

    def _looked(self, task: Task, phase: str) -> Iterator[Happening]:
        told = {"layer": "full", "phase": phase}
        yield from self._tap("me.policy", phase)
        yield 0.2, "stim.layer.opened", {"opened": "full", "how": "button", **told}
        sections = self._chance.sample(_SECTIONS, self._persona.wanders)
        for section in (*sections, task.success.clause or "collect"):
            yield from self._read(section, phase)
        yield 0.3, "stim.layer.closed", {"closed": "full", "how": "back", **told}

    def _read(self, section: str, phase: str) -> Iterator[Happening]:
        dwell = self._persona.reads * _SECTION_CHARACTERS / CHARACTERS_PER_SECOND
        dwell = round(dwell, 3)
        told = {"section": section, "layer": "full", "phase": phase}
        yield 0.4, "stim.tap", {"control": f"reader.to.{section}", "phase": phase}
        entered = {"chars": _SECTION_CHARACTERS, "share": 0.5, "clause_hash": _CLAUSE_HASH}
        yield 0.0, "stim.section.entered", {**entered, **told}
        yield dwell, "stim.section.left", {"dwell": dwell, "dwell_split": dwell, **told}

    def _asked(self, notice: str, target: str, phase: str, mind: str) -> Iterator[Happening]:
        """A question for consent, with all that the persona makes of it."""
        about = {"notice": f"{notice}@{self._study.policy_version}", "phase": phase}
        shown = {"timing": "in_context", "channel": "sheet", "trigger": "user", "blocking": "no"}
        exposure = 1
        yield 1.0, "stim.notice.shown", {**about, **shown, "exposure": exposure}
        if self._persona.backs_out:
            yield 2.0, "stim.notice.dismissed", {**about, "via": "back"}
            exposure += 1
            yield 6.0, "stim.notice.shown", {**about, **shown, "exposure": exposure}
        seconds = 1.5 + self._persona.reads * 20 * self._chance.lognormvariate(0, 0.3)
        decided = {**about, "target": target, "choice": mind, "via": "button"}
        yield from self._tap("prompt.clause", phase)
        yield seconds, "stim.decision.made", decided
        self._decided[target] = mind
        if self._persona.changes_mind:
            other = "decline" if mind == "grant" else "grant"
            changed = {"previous": mind, "choice": other, "place": "centre", "target": target}
            yield 9.0, "stim.decision.changed", {**about, **changed}
            self._decided[target] = mind = other
        if self._persona.withdraws and mind == "grant":
            withdrawn = {"previous": "grant", "place": "centre", "target": target}
            yield 12.0, "stim.decision.withdrawn", {**about, **withdrawn}
            self._decided[target] = "decline"

    def _tap(self, control: str, phase: str) -> Iterator[Happening]:
        if self._chance.random() < self._persona.taps_beside:
            yield 0.6, "stim.tap.missed", {"zone": self._chance.randrange(128), "phase": phase}
        yield 0.8, "stim.tap", {"control": control, "phase": phase}

    def _mind(self) -> str:
        if self._persona.mind is Mind.ANY:
            return self._chance.choice(("grant", "decline"))
        return self._persona.mind.value

    def _reply(self, item: Item) -> str:
        knows = self._persona.knows if self._persona.reads >= 0.05 else self._persona.knows / 2
        if self._chance.random() < knows:
            return item.answer.value
        wrong = [it.value for it in Truth if it is not item.answer]
        return self._chance.choice([*wrong, Reply.DONT_KNOW.value])

    def _answer(
        self, instrument: str, item: str, position: int, value: str | int, seconds: float
    ) -> Happening:
        fields = {
            "instrument": instrument,
            "item": item,
            "position": position,
            "value": value,
            "rt": seconds,
            "changed_n": 0,
            "phase": instrument,
        }
        return seconds, "study.item.answered", fields
