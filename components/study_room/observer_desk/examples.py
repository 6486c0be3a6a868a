"""Examples of the observer's page."""

from __future__ import annotations

from typing import Any

import flet as ft

from ...study.observing.desk import Kept, Seen
from ...study.observing.problems import problems_of
from ...study.record import Event
from ...study.running.moments import Part
from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, held_in, words
from ..observer_note import ObserverNote
from .observer_desk import ObserverDesk
from .showing import DeskView, Standing
from .words import Names, done_when

_HAPPENED: tuple[tuple[float, str, dict[str, Any], dict[str, Any]], ...] = (
    (0.0, "study.session.started", {}, {}),
    (96.4, "study.task.shown", {"task": "see_nearby"}, {}),
    (104.2, "study.task.started", {"task": "see_nearby"}, {}),
    (131.0, "stim.tap", {"control": "city.locate"}, {}),
    (131.3, "stim.notice.shown", {}, {"notice": "location@2021-11-01"}),
    (140.9, "stim.decision.made", {"choice": "decline"}, {"target": "purpose:nearby-cinema"}),
    (171.6, "stim.layer.opened", {"opened": "full"}, {}),
    (178.1, "stim.section.entered", {"section": "location"}, {}),
)
_SAID = {
    "zh_Hans": "以为不同意定位，就看不了附近的影院。",
    "en": "Thinks that without location there are no cinemas to see.",
}


def _names(setting: Setting) -> Names:
    pack, locale = setting.pack, held_in(setting.language.locale)
    return Names(
        purposes={key: pack.text(it.name, locale) for key, it in pack.purposes.items()},
        clauses={it.id: it.title for it in pack.document(locale).clauses()},
        permissions={key: pack.text(it.name, locale) for key, it in pack.permissions.items()},
    )


def _problems(setting: Setting) -> tuple[tuple[str, str], ...]:
    locale = setting.language.locale
    return tuple((it.code, words(it.label, locale)) for it in problems_of(example_study()))


def _view(
    setting: Setting, *, agreed: bool = True, kept: tuple[Kept, ...] = (), writing: bool = False
) -> DeskView:
    study = example_study()
    task = study.tasks["see_nearby"]
    events = tuple(
        Event(at, t, t, name, data, **context)
        for at, (t, name, data, context) in enumerate(_HAPPENED, start=1)
    )
    step = next(it for it in study.steps if it.subject == task.id)
    names = _names(setting)
    return DeskView(
        standing=Standing.RUNNING,
        code=CODE,
        seen=Seen(
            code=CODE,
            agreed=agreed,
            step=step,
            part=Part.TASK,
            t=185.0,
            t_act=171.0,
            task=task,
            task_seconds=80.8,
            events=events if agreed else (),
            kept=kept,
            quoting=False,
        ),
        prompt=words(task.prompt, setting.language.locale),
        done_when=done_when(setting.language, names, task.success),
        problems=_problems(setting),
        names=names,
        writing=writing,
    )


def _desk(setting: Setting, view: DeskView, note: ft.Control | None = None) -> ft.Control:
    return ObserverDesk(
        setting.language,
        view,
        note=note,
        on_note=setting.does("note"),
        on_mark=setting.does("mark"),
        on_help=setting.does("help"),
        on_undo=setting.does("undo"),
        on_keys=setting.does("keys"),
    )


def _running(setting: Setting) -> ft.Control:
    text = _SAID[held_in(setting.language.locale)]
    kept = (
        Kept("think_aloud", 112.0),
        Kept("note", 141.2, "misunderstands", 3, text),
        Kept("hint", 166.0),
    )
    return _desk(setting, _view(setting, kept=kept))


def _writing(setting: Setting) -> ft.Control:
    note = ObserverNote(
        setting.language,
        problem=_problems(setting)[0][1],
        at="3:05",
        on_written=setting.does("written"),
        on_edit=setting.does("edit"),
        on_severity=setting.does("severity"),
        on_cancel=setting.does("cancel"),
    )
    return _desk(setting, _view(setting, writing=True), note)


EXAMPLES = (
    Example("running", "A task is being done, and there are notes.", _running, wide=True),
    Example("writing", "A note is being written.", _writing, wide=True),
    Example(
        "not-agreed",
        "The participant has not agreed to be observed.",
        lambda it: _desk(it, _view(it, agreed=False)),
        wide=True,
    ),
    Example(
        "unreadable",
        "What was noted before cannot be read.",
        lambda it: _desk(it, DeskView(Standing.UNREADABLE)),
        wide=True,
    ),
    Example(
        "withdrawn",
        "The participant has withdrawn.",
        lambda it: _desk(it, DeskView(Standing.WITHDRAWN)),
        wide=True,
    ),
)
