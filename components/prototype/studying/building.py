"""What a study keeps of the build that it is run with: its code's digest, and its shortest ways."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...fairness.ways import Place as GraphPlace
from ...fairness.ways import ScreenGraph, State, shortest
from ...fairness.ways import Step as GraphStep
from ...policy.pack import Pack
from ...study.builds import NOTICE, Build, InCondition, Predicted, Shortest, Stand, Way
from ...study.folder import StudyFolder
from ...study.model import Condition, Study, Task
from ..scenarios.unseen import unseen_page
from ..session import before_main
from .touring import agrees_first, refuses_first
from .walking import TABS, Notebook, Opened, Place, Walker

ASKING = {"nearby-cinema": "city.locate"}
"""What asks for a purpose at a feature, by purpose; everything else is asked for in the centre."""

_LAYERS = {"full": "policy", "summary": "summary", "centre": "centre"}
_PACKAGE = Path(__file__).resolve().parents[2]


def build_digest() -> str:
    """SHA-256 over the code of the kit and the prototype: what has another is another build."""
    found = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        found.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


async def describe_build(study: Study, pack: Pack) -> Build:
    """Walk through the app in each condition of a study, where nobody looks.

    Raises:
        NotOnScreen: A screen is not what the walk knows.
        RuntimeError: The app was replaced by an error screen.
    """
    conditions = [
        in_condition(study, it, await _walked(study, pack, it)) for it in study.design.conditions
    ]
    about = f"{study.pack}@{study.policy_version}"
    return Build(build_digest(), _version(), about, tuple(conditions))


async def keep_build(study: Study, pack: Pack, folder: StudyFolder) -> Path | None:
    """Describe this build in a study's folder; None if it is there already.

    Raises:
        NotOnScreen: A screen is not what the walk knows.
        RuntimeError: The app was replaced by an error screen.
        NoBuild: A description in the folder is none.
        OSError: Something could not be read or written.
    """
    digest = build_digest()
    conditions = [dict(it) for it in study.design.conditions]
    for it in folder.builds():
        if it.digest == digest and [dict(one.condition) for one in it.conditions] == conditions:
            return None
    return folder.put_build(await describe_build(study, pack))


def purposes_of(study: Study) -> frozenset[str]:
    """The purposes that a study's tasks are about."""
    return frozenset(it.success.purpose for it in study.tasks.values() if it.success.purpose)


Tour = Callable[[Walker], Awaitable[None]]
"""A tour of a new app."""


def tours(study: Study) -> tuple[Tour, ...]:
    """The tours that lead to everything that a study's tasks ask for."""
    purposes = purposes_of(study)
    asking = {purpose: ASKING[purpose] for purpose in sorted(purposes & ASKING.keys())}
    return (
        lambda walker: refuses_first(walker, asking),
        lambda walker: agrees_first(walker, asking, purposes),
    )


def in_condition(study: Study, condition: Condition, notebook: Notebook) -> InCondition:
    """What a walk brought to light, as the answers that a study's report asks for."""
    graph = _Graph(notebook)
    purposes = [f"purpose:{it}" for it in sorted(purposes_of(study))]
    found = [
        Shortest(task.id, notice, purpose, way)
        for task in study.tasks.values()
        for notice in Stand
        for purpose in (Stand if task.success.purpose else (Stand.UNASKED,))
        if (way := graph.way_to(task, notice, purpose)) is not None
    ]
    predicted = [graph.around(NOTICE, "first-notice")]
    predicted += [graph.around(it, "question:") for it in purposes]
    return InCondition(dict(condition), tuple(found), tuple(predicted))


async def _walked(study: Study, pack: Pack, condition: Condition) -> Notebook:
    notebook = Notebook()
    purposes, locale = purposes_of(study), study.locales[0]
    for tour in tours(study):
        with tempfile.TemporaryDirectory(prefix="mingshi-walk-") as folder:
            opened = Opened(Path(folder), pack, condition, locale)
            async with unseen_page(opened.show_on, before_main) as page:
                await tour(Walker(page, opened.kit, purposes, notebook))
    return notebook


class _Graph:
    """The screen graph of a walk, to be asked for shortest ways."""

    def __init__(self, notebook: Notebook) -> None:
        if notebook.start is None:
            raise ValueError("nobody has walked")
        met = {notebook.start: None} | {
            it: None for step in notebook.steps for it in (step.start, step.goal)
        }
        self._names = {place: f"{at}" for at, place in enumerate(met)}
        self._places = {name: place for place, name in self._names.items()}
        self._graph = ScreenGraph(
            tuple(
                GraphPlace(name, policy=it.screen == "policy") for it, name in self._names.items()
            ),
            tuple(
                GraphStep(self._names[it.start], self._names[it.goal], it.press)
                for it in notebook.steps
            ),
            start=self._names[notebook.start],
            main=self._names[notebook.start],
        )

    def way_to(self, task: Task, notice: Stand, purpose: Stand) -> Way | None:
        """The shortest way to what a task asks for."""
        success = task.success
        target = f"purpose:{success.purpose}"
        starts = [
            it
            for it in self._names
            if it.stand(NOTICE) is notice
            and (not success.purpose or it.stand(target) is purpose)
            and (it.screen == "first-notice" if notice is Stand.UNASKED else it.screen in TABS)
        ]

        def there(place: Place) -> bool:
            if not success.purpose:
                return place.screen == _LAYERS.get(success.layer or "")
            stand = place.stand(target)
            if success.choice == "either":
                return stand is not Stand.UNASKED
            return stand is Stand(str(success.choice))

        return self._nearest(starts, there)

    def around(self, target: str, question: str) -> Predicted:
        """What it takes to agree, to refuse and to take back."""
        asked = [
            it
            for it in self._names
            if it.screen.startswith(question) and it.stand(target) is Stand.UNASKED
        ]
        if target != NOTICE:
            # Of several questions this is the one that decides on it.
            asked = [it for it in asked if self._decides(it, target)]
        agreed = [it for it in self._names if it.screen in TABS and it.stand(target) is Stand.GRANT]
        return Predicted(
            target,
            self._nearest(asked, lambda it: it.stand(target) is Stand.GRANT),
            self._nearest(asked, lambda it: it.stand(target) is Stand.DECLINE),
            self._nearest(agreed, lambda it: it.stand(target) is Stand.DECLINE),
        )

    def _decides(self, place: Place, target: str) -> bool:
        name = self._names[place]
        return any(
            self._places[it.goal].stand(target) is not place.stand(target)
            for it in self._graph.steps_from(name)
        )

    def _nearest(self, starts: Iterable[Place], there: Callable[[Place], bool]) -> Way | None:
        ways = [
            tuple(step.label for step in way)
            for it in starts
            if (
                way := shortest(
                    self._graph,
                    State(self._names[it]),
                    lambda state: there(self._places[state.place]),
                )
            )
            is not None
        ]
        return min(ways, key=lambda way: (len(way), way), default=None)


def _version() -> str:
    try:
        return version("mingshi")
    except PackageNotFoundError:
        return "unknown"
