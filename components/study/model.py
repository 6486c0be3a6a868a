"""A study as it was written down, checked and unchangeable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from .words import (
    Book,
    DesignKind,
    Expectedness,
    Fact,
    Form,
    Kind,
    Layer,
    Primary,
    Risk,
    Scope,
    StepKind,
    Stratum,
    TaskOrder,
    Truth,
)

Localised = Mapping[str, str]
"""A text by locale."""

Condition = Mapping[str, str]
"""A level of every factor; empty in a study with one condition."""


@dataclass(frozen=True)
class Step:
    """One step: ``str()`` is how the study file writes it, as in ``task:find_retention``.

    Attributes:
        kind: What it is.
        subject: The task's id, the form, or ``neutral`` for the probe; empty for the others.
        turn: Of a participant who sees several conditions, in which of them, counted from 1: then
            ``str()`` ends with it, as in ``task:find_retention@2``. 0 for all others.
    """

    kind: StepKind
    subject: str = ""
    turn: int = 0

    def __str__(self) -> str:
        written = f"{self.kind}:{self.subject}" if self.subject else self.kind.value
        return f"{written}@{self.turn}" if self.turn else written


@dataclass(frozen=True)
class ResearchConsent:
    """What a participant is asked before anything is kept.

    Attributes:
        version: Of the words; it goes into the record.
        paragraphs: The words.
        scopes: What can be agreed to, each on its own; behaviour and answers are always there.
        retention_days: After how many days what was kept is deleted.
    """

    version: int
    paragraphs: tuple[Localised, ...]
    scopes: frozenset[Scope]
    retention_days: int


@dataclass(frozen=True)
class Design:
    """Who sees what.

    Attributes:
        kind: One condition, one each, or all for each.
        factors: The levels of each factor.
        block: So many participants in a row see each condition equally often; a multiple of the
            number of conditions (of orders, within participants).
        strata: The values of what participants are balanced by.
        seed: What the allocation is made from.
        participants: How many are wanted.
        task_order: Whether tasks come in balanced orders.
    """

    kind: DesignKind
    factors: Mapping[str, tuple[str, ...]]
    block: int
    strata: Mapping[Stratum, tuple[str, ...]]
    seed: int
    participants: int
    task_order: TaskOrder

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every combination of levels, in the order of the file; one empty one without factors."""
        names = list(self.factors)
        return tuple(
            dict(zip(names, levels, strict=True)) for levels in product(*self.factors.values())
        )


@dataclass(frozen=True)
class Calibration:
    """A passage of known length: how fast somebody reads such a text.

    Attributes:
        paragraphs: The passage.
        statement: Said of the passage afterwards, to see whether it was read.
        answer: Whether the statement is true.
    """

    paragraphs: tuple[Localised, ...]
    statement: Localised
    answer: Truth


@dataclass(frozen=True)
class Success:
    """Where a task is done: a place reached, or a purpose in a state. One of the two is set.

    Attributes:
        layer: The layer reached.
        clause: The clause reached in it; empty for the layer as such.
        purpose: The purpose decided on.
        choice: ``grant``, ``decline`` or ``either``.
    """

    layer: Layer | None = None
    clause: str = ""
    purpose: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Task:
    """Something to do in the live prototype.

    Attributes:
        id: Its name in the record.
        prompt: What the participant is asked to do.
        success: When it is done.
        give_up_after_s: Seconds after which the overlay offers to leave it.
    """

    id: str
    prompt: Localised
    success: Success
    give_up_after_s: int


@dataclass(frozen=True)
class Probe:
    """A neutral banner after the tasks: does what was seen carry over to another's?"""

    title: Localised
    body: Localised
    accept: Localised
    refuse: Localised


@dataclass(frozen=True)
class Item:
    """A statement about the policy, to be called true, false or not stated.

    Attributes:
        id: Its name in the record.
        form: Which form it belongs to.
        layer: The layer in which the answer stands.
        place: The card, prompt or purpose in that layer; empty in the full text.
        clause: The clause of the full text that it rests on; of what is not stated, the clause
            where one would look.
        fact: What it is about.
        expectedness: Whether people take it for granted.
        risk: What being wrong costs.
        answer: What it is.
        statement: Its words.
        evidence: Words of the layer that decide it; None for what is not stated.
        absent: Words that the policy would use if it did state it, and does not.
    """

    id: str
    form: Form
    layer: Layer
    place: str
    clause: str
    fact: Fact
    expectedness: Expectedness
    risk: Risk
    answer: Truth
    statement: Localised
    evidence: Localised | None
    absent: tuple[Localised, ...]


@dataclass(frozen=True)
class AttentionCheck:
    """A statement that everybody who reads it answers alike."""

    id: str
    form: Form
    answer: Truth
    statement: Localised


@dataclass(frozen=True)
class ItemBank:
    """The items of a policy."""

    items: tuple[Item, ...]
    attention: tuple[AttentionCheck, ...]

    def form(self, form: Form) -> tuple[Item, ...]:
        """The items of one form."""
        return tuple(item for item in self.items if item.form is form)


@dataclass(frozen=True)
class Study:
    """A study.

    Attributes:
        id: Its name.
        version: Counted up with each change after somebody took part.
        kind: How its results are read.
        title: What participants see it called.
        pack: The policy pack that it is about.
        policy_version: The version of the policy that the items stand on.
        locales: The languages that it is held in.
        primary: The outcome named beforehand.
        cover_story: What participants are told instead of what it is about; None if it is told.
        consent: The participant's agreement to be studied.
        design: Who sees what.
        steps: What happens, in the order of the file.
        calibration: None without a reading calibration.
        tasks: By id.
        probe: None without a probe.
        bank: The items.
        books: Whether the policy may be looked at, for each form.
        purposes: The purposes that recall and regret ask about.
        debrief: What is said at the end; empty without a debrief.
        minutes: What participants are told that it takes; None if they are told nothing.
        problems: What an observer can call what they see, by code; empty for the usual list.
        digest: SHA-256 of the study file and of its item bank; it goes into every record.
    """

    id: str
    version: int
    kind: Kind
    title: Localised
    pack: str
    policy_version: str
    locales: tuple[str, ...]
    primary: Primary
    cover_story: Localised | None
    consent: ResearchConsent
    design: Design
    steps: tuple[Step, ...]
    calibration: Calibration | None
    tasks: Mapping[str, Task]
    probe: Probe | None
    bank: ItemBank
    books: Mapping[Form, Book]
    purposes: tuple[str, ...]
    debrief: tuple[Localised, ...]
    minutes: int | None
    problems: Mapping[str, Localised]
    digest: str

    def steps_in_order(self, tasks: tuple[str, ...]) -> tuple[Step, ...]:
        """The steps with the tasks in somebody's own order, once for each condition they see.

        Args:
            tasks: Every task's id once; empty for the order of the file.

        Raises:
            ValueError: These are not the study's tasks.
        """
        if tasks and sorted(tasks) != sorted(self.tasks):
            raise ValueError("an order names every task of the study once")
        waiting = iter(tasks)
        steps = tuple(
            Step(StepKind.TASK, next(waiting, step.subject)) if step.kind is StepKind.TASK else step
            for step in self.steps
        )
        if self.design.kind is not DesignKind.WITHIN:
            return steps
        # Nothing else stands between the tasks; the study file has been checked for that.
        each = [step for step in steps if step.kind is StepKind.TASK]
        first = steps.index(each[0])
        turns = range(1, len(self.design.conditions) + 1)
        again = tuple(replace(step, turn=turn) for turn in turns for step in each)
        return steps[:first] + again + steps[first + len(each) :]
