"""The graph and the trace of our own prototype, written down while somebody uses it, headless.

Every step is a real tap or a real press of the system's back in the running app; what it decides is
read from the record, and what the app takes or asks of the device from the calls that it makes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from components.consent.event import BASE_NOTICE, TargetKind
from components.consent.status import ConsentStatus
from components.fairness import (
    Event,
    Happening,
    Place,
    ScreenGraph,
    Step,
    Trace,
    Via,
)
from components.fairness.effort import MENTAL_SECONDS, POINT_SECONDS, PRESS_SECONDS
from components.fairness.reading import reading_seconds
from components.kit import ConsentKit
from components.policy import Pack
from components.prototype.session import Settings, before_main, prototype
from tests.pilot import Pilot, running
from tests.pilot.device import Device
from tests.pilot.screen_graph import taps_of
from tests.pilot.shadow import Node
from tests.pilot.words import names, role, words

NOTICE = "notice"
"""The base notice, as a purpose of the graph."""
LOCATION = "nearby-cinema"
_BASICS = "account-registration"
"""Rests on the contract, so it is permitted as soon as the base notice is agreed to."""
_TAP_SECONDS = MENTAL_SECONDS + POINT_SECONDS + PRESS_SECONDS
_TAKING = {
    ("Geolocator", "get_current_position"): Happening.COLLECTED,
    ("Geolocator", "get_last_known_position"): Happening.COLLECTED,
    ("PermissionHandler", "request"): Happening.REQUESTED,
    ("Geolocator", "request_permission"): Happening.REQUESTED,
}
_REFUSED = (ConsentStatus.REFUSED, ConsentStatus.DEFERRED)
_QUESTIONS = ("first-notice.", "prompt.", "in-place.", "separate.", "purpose.", "hand-over.")


@dataclass
class Notebook:
    """What was met so far. Time passes as the model of effort says: taps and reading."""

    pack: Pack
    locale: str
    places: dict[str, Place] = field(default_factory=dict)
    steps: dict[tuple[str, str, str], Step] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    now: float = 0.0
    session: int = 0

    @property
    def met(self) -> list[str]:
        """Names of the places, in the order in which they were met."""
        return list(self.places)

    @property
    def optional(self) -> frozenset[str]:
        """What was decided on the way."""
        return frozenset().union(*(it.grants for it in self.steps.values()))

    def graph(self, start: str, main: str) -> ScreenGraph:
        """The graph of everything that was met."""
        steps = tuple(
            Step(
                it.start,
                it.goal,
                it.label,
                it.via,
                grants=it.grants & self.optional,
                # What nobody agreed to is off: refusing the notice refuses all of it.
                refuses=self.optional if NOTICE in it.refuses else it.refuses & self.optional,
                withdraws=it.withdraws & self.optional,
            )
            for it in self.steps.values()
        )
        places = tuple(self.places.values())
        return ScreenGraph(places, steps, start, main, self.locale, self.optional)

    def trace(self) -> Trace:
        """Everything that happened, in order."""
        return Trace(tuple(self.events))


class Person:
    """Uses the app, and writes down what comes of it."""

    def __init__(self, notebook: Notebook, pilot: Pilot, kit: ConsentKit) -> None:
        self.notebook, self.pilot, self.kit = notebook, pilot, kit
        self._seen_events = len(kit.record.events)
        self._calls: list[tuple[Happening, bool]] = []
        for control, method in _TAKING:
            pilot.device.methods[f"{control}.{method}"] = partial(self._called, control, method)
        self.there: dict[str, Node] = {}
        self.here = self._arrive()
        self._note_question(by_person=False)
        self._calls = [
            (_TAKING[key], False)
            for it in pilot.invocations
            if (key := (it.control, it.method)) in _TAKING
        ]
        self._note_calls(by_person=False, explained=False, permitted=False)

    async def taps(self, *identifiers: str) -> None:
        """Tap one thing after the other."""
        for identifier in identifiers:
            label = " ".join(sorted(names(self.there[identifier]))) or identifier
            await self._acts(label, Via.BUTTON, identifier)

    async def goes_back(self) -> None:
        """Press the system's back."""
        await self._acts("", Via.BACK, None)

    async def _acts(self, label: str, via: Via, identifier: str | None) -> None:
        book, start, before = self.notebook, self.here, self._granted()
        explained = any(it.startswith(_QUESTIONS) for it in self.there)
        book.now += _TAP_SECONDS + reading_seconds(book.places[start].text, book.locale)
        if identifier is None:
            await self.pilot.press_back()
        else:
            await self.pilot.tap(self.there[identifier])
        self.here = self._arrive()
        after, refused = self._granted(), self._refused(via)
        step = Step(
            start,
            self.here,
            label,
            via,
            grants=after - before,
            refuses=refused,
            withdraws=before - after,
        )
        book.steps.setdefault((start, label, self.here + str(via)), step)
        self._note_calls(by_person=via is Via.BUTTON, explained=explained, permitted=False)
        for purposes, what in ((step.grants, Happening.GRANTED), (refused, Happening.REFUSED)):
            self._note(what, purposes, via)
        self._note_calls(by_person=via is Via.BUTTON, explained=explained, permitted=True)
        self._note(Happening.WITHDRAWN, step.withdraws - refused, via)
        self._note_question(by_person=via is Via.BUTTON)

    def _arrive(self) -> str:
        pilot = self.pilot
        self.there = taps_of(pilot)
        front = pilot.front
        headings = (it for it in pilot.walk(front or pilot.page) if role(it) == "heading")
        name = " ".join(words(next(headings)))
        if any(it.startswith("in-place.") for it in self.there):
            name += " (in place)"
        if name not in self.notebook.places:
            self.notebook.places[name] = Place(
                name,
                "\n".join(pilot.texts(front)),
                policy=any(it.startswith("reader.") for it in self.there),
                usable=front is None,
            )
        return name

    def _granted(self) -> frozenset[str]:
        granted = {
            it.id
            for it in self.kit.pack.purposes.values()
            if it.asks_consent and self.kit.status(it.id).permits
        }
        return frozenset(granted | ({NOTICE} if self.kit.permits(_BASICS) else set()))

    def _refused(self, via: Via) -> frozenset[str]:
        new = self.kit.record.events[self._seen_events :]
        self._seen_events = len(self.kit.record.events)
        return frozenset(
            NOTICE if it.target == BASE_NOTICE else it.target.id
            for it in new
            if it.status in _REFUSED
            and via is Via.BUTTON
            and (it.target == BASE_NOTICE or it.target.kind is TargetKind.PURPOSE)
        )

    def _note(self, what: Happening, purposes: frozenset[str], via: Via) -> None:
        book = self.notebook
        book.events += [Event(book.now, what, it, book.session, via=via) for it in sorted(purposes)]

    def _note_question(self, *, by_person: bool) -> None:
        """What stands open for an answer now."""
        book = self.notebook
        if any(it.startswith(_QUESTIONS) for it in self.there):
            book.events.append(
                Event(
                    book.now,
                    Happening.ASKED,
                    self._subject(),
                    book.session,
                    by_person=by_person,
                    blocking=self.pilot.front is not None,
                )
            )

    def _subject(self) -> str:
        """Which purpose is asked about: by the title of its prompt."""
        texts = self.kit.texts
        shown = self.pilot.texts(self.pilot.front)
        for prompt_id, text in texts.prompts.items():
            if text.title in shown:
                permission = self.kit.pack.permissions.get(prompt_id)
                return (permission.purpose if permission else None) or prompt_id
        return NOTICE

    def _called(self, control: str, method: str, arguments: dict[str, Any]) -> Any:
        """Answer a call of the app as the device does, and keep what held at that moment."""
        permitted = self.kit.status(LOCATION).permits
        self._calls.append((_TAKING[control, method], permitted))
        answers = getattr(self.pilot.device, f"_{control.lower()}")
        return answers(method, arguments)

    def _note_calls(self, *, by_person: bool, explained: bool, permitted: bool) -> None:
        """The calls that were made while the location was permitted, or was not."""
        book = self.notebook
        book.events += [
            Event(book.now, what, LOCATION, book.session, by_person=by_person, explained=explained)
            for what, held in self._calls
            if held is permitted
        ]
        self._calls = [it for it in self._calls if it[1] is not permitted]


@asynccontextmanager
async def using(notebook: Notebook, data: Path, device: Device) -> AsyncIterator[Person]:
    """The app, opened; the same folder and device again are the next session."""
    kits: list[ConsentKit] = []
    settings = Settings(data=data, pack=notebook.pack, endpoint=None, opened=kits.append)
    tag = {"zh_Hans": "zh-Hans-CN", "en": "en-GB"}[notebook.locale]
    notebook.session += 1
    async with running(
        prototype(settings), before_main=before_main, device=device, limit=60.0, locale=tag
    ) as pilot:
        yield Person(notebook, pilot, kits[0])
        await kits[0].close()
