"""The steps of a study, and what has to come before what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..policy.toml_reader import TomlTable
from .model import Step, Study
from .words import DesignKind, Form, Primary, StepKind, TaskOrder

_WITH_SUBJECT = {StepKind.TASK, StepKind.PROBE, StepKind.COMPREHENSION}
_BEFORE_CONSENT = {StepKind.WELCOME, StepKind.RESEARCH_CONSENT}
_QUESTIONNAIRES = {
    StepKind.SUS,
    StepKind.COMPREHENSION,
    StepKind.RECALL_CHOICE,
    StepKind.REGRET,
    StepKind.DEMOGRAPHICS,
}
_OF_ONE_APP = {StepKind.PROBE, StepKind.SUS, StepKind.RECALL_CHOICE, StepKind.REGRET}
NEUTRAL = "neutral"
"""The only probe there is."""


class _Fault(NamedTuple):
    problem: str
    remedy: str


def read_steps(flow: TomlTable) -> tuple[Step, ...]:
    """The steps of ``[flow]``; an unknown one is a fault and is left out."""
    steps = []
    for written in flow.texts("steps", required=True):
        step = _step(written)
        if step is None:
            flow.fault(
                "steps",
                f"{written!r} is no step",
                "steps are: " + ", ".join(_form(kind) for kind in StepKind),
            )
        else:
            steps.append(step)
    return tuple(steps)


def _form(kind: StepKind) -> str:
    subjects = {StepKind.TASK: ":<id>", StepKind.PROBE: ":neutral", StepKind.COMPREHENSION: ":A"}
    return kind.value + subjects.get(kind, "")


def _step(written: str) -> Step | None:
    word, colon, subject = written.partition(":")
    kinds = {kind.value: kind for kind in StepKind}
    if word not in kinds or bool(colon) != (kinds[word] in _WITH_SUBJECT):
        return None
    known = {
        StepKind.PROBE: {NEUTRAL},
        StepKind.COMPREHENSION: {form.value for form in Form},
    }
    if kinds[word] in known and subject not in known[kinds[word]]:
        return None
    return Step(kinds[word], subject)


def check_steps(root: TomlTable, study: Study) -> None:
    """Note every step that is missing, doubled, out of place, or has nothing to show."""
    for problem, remedy in (*_order(study), *_needs(study), *_design(study)):
        root.file.fault(("flow", "steps"), problem, remedy)


def _order(study: Study) -> Iterator[_Fault]:
    steps = study.steps
    kinds = [step.kind for step in steps]
    for step in dict.fromkeys(steps):
        if steps.count(step) > 1:
            yield _Fault(f"the step `{step}` is there twice", "leave one out")
    if StepKind.RESEARCH_CONSENT not in kinds:
        yield _Fault(
            "nobody is asked whether they want to take part",
            'add "research_consent" as the first step, or the second after "welcome"',
        )
        return
    for step in steps[: kinds.index(StepKind.RESEARCH_CONSENT)]:
        if step.kind not in _BEFORE_CONSENT:
            yield _Fault(
                f"`{step}` comes before the participant has agreed to anything",
                'put "research_consent" before it',
            )
    last_task = max((at for at, kind in enumerate(kinds) if kind is StepKind.TASK), default=-1)
    for at, step in enumerate(steps):
        if step.kind in _QUESTIONNAIRES and at < last_task:
            yield _Fault(
                f"`{step}` comes before a task, and would tell what the study is about",
                "put questions after the last task",
            )
        if step.kind is StepKind.CALIBRATE_READING and StepKind.TASK in kinds[:at]:
            yield _Fault(
                "the reading calibration comes after a task", "put it before the first task"
            )
    if StepKind.DEBRIEF in kinds and kinds[-1] is not StepKind.DEBRIEF:
        yield _Fault("`debrief` is not the last step", "put it last")


def _needs(study: Study) -> Iterator[_Fault]:
    kinds = {step.kind for step in study.steps}
    for kind, there, name in (
        (StepKind.CALIBRATE_READING, study.calibration is not None, "calibration"),
        (StepKind.PROBE, study.probe is not None, "probe"),
        (StepKind.DEBRIEF, bool(study.debrief), "debrief"),
    ):
        if (kind in kinds) != there:
            yield (
                _Fault(f"the step `{_form(kind)}` has no words", f"add a table [{name}]")
                if kind in kinds
                else _Fault(f"[{name}] is never shown", f'add the step "{_form(kind)}"')
            )
    if study.cover_story is not None and StepKind.DEBRIEF not in kinds:
        yield _Fault(
            "a cover story is told and never taken back",
            'add the step "debrief" with a table [debrief] that says what the study was about',
        )
    asked = {step.subject for step in study.steps if step.kind is StepKind.TASK}
    for task in sorted(asked - study.tasks.keys()):
        yield _Fault(f"there is no task `{task}`", f'add [[tasks]] with id = "{task}"')
    for task in sorted(study.tasks.keys() - asked):
        yield _Fault(f"the task `{task}` is never given", f'add the step "task:{task}"')
    for step in study.steps:
        if step.kind is not StepKind.COMPREHENSION:
            continue
        form = Form(step.subject)
        if not study.bank.form(form):
            yield _Fault(f"the item bank has no form {form}", "add items of that form")
        if form not in study.books:
            yield _Fault(
                f"it is not said whether the policy may be looked at in form {form}",
                f'write [comprehension] {form} = "closed" or "open"',
            )
    if {StepKind.RECALL_CHOICE, StepKind.REGRET} & kinds and not study.purposes:
        yield _Fault(
            "it is not said which choices recall and regret ask about",
            "name them in `purposes` of [study]",
        )


def _design(study: Study) -> Iterator[_Fault]:
    if study.design.task_order is TaskOrder.WILLIAMS and len(study.tasks) < 2:
        yield _Fault("fewer than two tasks have no order", 'write task_order = "fixed"')
    if study.design.kind is DesignKind.WITHIN:
        yield from _within(study)


def _within(study: Study) -> Iterator[_Fault]:
    """Where each participant sees all conditions, only the tasks are done in each of them."""
    kinds = [step.kind for step in study.steps]
    if StepKind.TASK not in kinds:
        yield _Fault("there is nothing to do in each condition", 'add a step "task:<id>"')
        return
    first, last = kinds.index(StepKind.TASK), len(kinds) - kinds[::-1].index(StepKind.TASK)
    for step in study.steps[first:last]:
        if step.kind is not StepKind.TASK:
            yield _Fault(
                f"`{step}` stands between tasks that are done once in each condition",
                "put it before the first task, or behind the last",
            )
    for step in study.steps:
        if step.kind in _OF_ONE_APP:
            yield _Fault(
                f"`{step}` asks about one app, and each participant sees several",
                'leave it out, or write kind = "between" in [design]',
            )
    if study.primary is not Primary.TASKS:
        yield _Fault(
            f"the primary outcome `{study.primary}` is not measured in each condition",
            f'write primary = "{Primary.TASKS}" in [study], or kind = "between" in [design]',
        )
