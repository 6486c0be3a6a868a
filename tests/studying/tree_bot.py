"""A bot at a station's screens. It presses only what is visible, enabled and labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.study.running.moments import Part
from tests.pilot import Pilot
from tests.pilot.shadow import Node
from tests.pilot.words import names

from .stations import Seat

AGREED = ("behaviour", "answers", "free_text")
"""What a bot agrees to unless a test says otherwise."""


class Unseen(AssertionError):
    """A person could not have pressed that."""


async def press(pilot: Pilot, identifier: str) -> None:
    """Press what a person can press.

    Raises:
        Unseen: It is not on the screen, or disabled, or nothing says what it does.
    """
    try:
        node = pilot.by_key(identifier)
    except LookupError as error:
        raise Unseen(str(error)) from error
    if not pilot.enabled(node):
        raise Unseen(f"{identifier} is disabled")
    if not any(it.strip() for it in names(node)):
        raise Unseen(f"nothing says what {identifier} does")
    await pilot.tap(node)


@dataclass(frozen=True)
class Persona:
    """How somebody goes through the study.

    Attributes:
        grants: Whether questions for consent are answered with a yes.
        withdraws: Whether what was granted is taken back where a task asks for it.
        reads: Whether the policy is opened where a task asks to find something in it.
        answers: Whether questions are answered; else they are passed over.
    """

    grants: bool
    withdraws: bool = True
    reads: bool = True
    answers: bool = True


class TreeBot:
    """Goes through a whole study.

    Args:
        seat: Where it sits.
        persona: How it behaves.
    """

    def __init__(self, seat: Seat, persona: Persona) -> None:
        self._seat = seat
        self._persona = persona
        self._study = seat.study
        self._instruments: set[str] = set()
        self.asked: list[str] = []
        """Every question that was before it."""

    async def come(self, code: str, scopes: Sequence[str] = AGREED) -> None:
        """Enter with a code, and agree to take part."""
        await self._study.type(self._study.by_key("code.field"), code)
        await press(self._study, "code.begin")
        await self.take_part(scopes)

    async def take_part(self, scopes: Sequence[str] = AGREED) -> None:
        """Read the welcome, and agree to what the study needs and to write."""
        await press(self._study, "welcome.next")
        await press(self._study, "research.accept")
        assert self._study.says("没法参加") or self._study.says("nothing to take part in")
        for scope in scopes:
            await press(self._study, f"research.scope.{scope}")
        await press(self._study, "research.accept")

    async def go_through(self, until: Part = Part.FINISHED) -> None:
        """Go on up to a part of the study."""
        while (sitting := self._seat.station.sitting) is not None:
            if sitting.moment.part is until:
                return
            await self._step(sitting.moment.part)

    async def _step(self, part: Part) -> None:
        match part:
            case Part.PASSAGE:
                await press(self._study, "passage.read")
            case Part.QUESTION:
                await self._question()
            case Part.CHANGE:
                await press(self._study, "another.next")
            case Part.CARD:
                await press(self._study, "task.start")
            case Part.TASK:
                await self._task()
            case Part.SURENESS:
                await press(self._study, "question.answer-4")
                await press(self._study, "question.next")
            case Part.PROBE:
                await press(self._study, "probe.refuse")
            case Part.DEBRIEF:
                await self._study.type(self._study.by_key("debrief.text"), "=1+1")
                await press(self._study, "debrief.end")
            case _:
                raise AssertionError(f"the bot does not know what to do at {part}")

    async def _question(self) -> None:
        sitting = self._seat.station.sitting
        assert sitting is not None
        asked = sitting.asked
        self.asked.append(f"{asked.instrument}/{asked.item}")
        assert self._study.says(asked.words)
        if not self._persona.answers:
            await press(self._study, "question.skip")
            return
        if asked.instrument not in self._instruments:
            self._instruments.add(asked.instrument)
            await press(self._study, "question.next")
            assert sitting.asked == asked, "a question without an answer was taken as answered"
            await press(self._study, f"question.answer-{asked.choices[0].value}")
            if asked.sureness is not None:
                await press(self._study, "question.sure-3")
        await press(self._study, f"question.answer-{asked.choices[-1].value}")
        await press(self._study, "question.next")

    async def _task(self) -> None:
        app = await self._seat.app()
        sitting = self._seat.station.sitting
        assert sitting is not None
        if app.has_key("first-notice.accept"):
            choice = "accept" if self._persona.grants else "refuse"
            await press(app, f"first-notice.{choice}")
        done = await {
            "see_nearby": self._see_nearby,
            "find_retention": self._find_retention,
            "take_back_location": self._take_back,
        }[sitting.task.id](app)
        await press(self._study, "task.done" if done else "task.give-up")

    async def _see_nearby(self, app: Pilot) -> bool:
        await app.tap(_tab(app, 1))
        await press(app, "city.locate")
        if not app.has_key("prompt.accept"):
            return False
        await press(app, "prompt.accept" if self._persona.grants else "prompt.refuse")
        if self._persona.grants:
            await press(app, "system.allow")
        return True

    async def _find_retention(self, app: Pilot) -> bool:
        if not self._persona.reads:
            return False
        await app.tap(_tab(app, 2))
        await press(app, "me.policy")
        await press(app, "reader.contents")
        await press(app, "reader.to.retention")
        # The pilot has no layout: each piece of the text is as high as the page, and the way back
        # comes first.
        (text,) = [it for it in app.all("Column") if it.get("on_scroll")]
        await app.scroll(text, float(app.page["height"]))
        await press(app, "page.close")
        return True

    async def _take_back(self, app: Pilot) -> bool:
        if not (self._persona.withdraws and self._persona.grants):
            return False
        await app.tap(_tab(app, 2))
        await press(app, "me.centre")
        await press(app, "withdraw.nearby-cinema")
        await press(app, "page.close")
        return True


def _tab(app: Pilot, at: int) -> Node:
    return app.all("NavigationBarDestination")[at]
