"""Where one participant after another takes part: one device, one session at a time.

What is before the participant is here and not in a page: a page that is opened again, or a second
one, shows the same. After a crash the record says where the session was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from ...i18n import Language
from ...listeners import Listeners
from ...policy.pack import Pack
from ...study.allocation import Place
from ...study.folder import StudyFolder
from ...study.model import Condition, Study
from ...study.recorder import Clock, GivenConsent, Recorder, Start, SystemClock
from ...study.running.admission import (
    NotAdmitted,
    check_runnable,
    locale_of,
    next_place,
    place_of,
    ui_of,
)
from ...study.running.moments import Part
from ...study.running.sitting import Sitting
from ...study.words import Scope, StepKind, Stratum
from ...study_room.code_entry import Trouble
from ...study_room.session_end import Ending
from .conditions import FACTORS
from .idle import Idle
from .states import Device, Kiosk, Showing
from .stimulus import Stimulus


class Station:
    """The device. Make it in a running event loop.

    Args:
        study: The study.
        folder: Its folder; without a table of places it cannot begin.
        pack: The policy, at the version that the study is about.
        stimulus_folder: Where the app under test keeps its own; outside of the study's folder.
        locale: The language until somebody chooses another.
        kiosk: How it behaves alone; None where somebody stands beside it.
        transport: How far events travel: ``local``, or ``network`` from another device.
        clock: The record's clock.
        shut: Why nobody can take part here; ``NONE`` if somebody can.

    Raises:
        CannotRun: The study wants what the prototype has not.
        ValueError: The two folders lie in each other.
    """

    def __init__(
        self,
        study: Study,
        folder: StudyFolder,
        pack: Pack,
        *,
        stimulus_folder: Path,
        locale: str,
        kiosk: Kiosk | None = None,
        transport: str = "local",
        clock: Clock | None = None,
        shut: Trouble = Trouble.NONE,
    ) -> None:
        check_runnable(study, FACTORS)
        theirs, ours = stimulus_folder.resolve(), folder.path.resolve()
        if theirs.is_relative_to(ours) or ours.is_relative_to(theirs):
            raise ValueError(
                f"the app under test would keep its record at {theirs}, inside of the study's own "
                "folder or around it; name another folder with --stimulus"
            )
        self.study = study
        self.folder = folder
        self.kiosk = kiosk
        self.language = Language.of(locale if locale in study.locales else study.locales[0])
        self.device = Device()
        self.showing = Showing.ENTRY
        self.place: Place | None = None
        self.sitting: Sitting | None = None
        self.trouble = shut
        self.ending = Ending.FINISHED
        self.end_code = ""
        self.typed = ""
        self.looking_up = False
        self.bar_height = 0.0
        self.stimulus = Stimulus(stimulus_folder, pack, lambda: self.sitting, self.active)
        self.stimulus_number = 1
        """Another number means that the app was wiped, and its page is to be opened anew."""
        self._shut = shut
        self._pack = pack
        self._transport = transport
        self._clock = clock or SystemClock()
        self._numbers = count(2)
        self._listeners = Listeners[[]]()
        self._idle = Idle(kiosk, self._ask_whether_there, self._nobody_there)
        self._reminder: asyncio.TimerHandle | None = None
        self._before_idle = Showing.ENTRY
        self._tasks: set[asyncio.Task[None]] = set()

    # --- what the page needs

    @property
    def code(self) -> str:
        """The participant's code; empty before there is one."""
        return "" if self.place is None else self.place.code

    @property
    def condition(self) -> Condition:
        """What the participant sees of the app."""
        if self.sitting is not None:
            return self.sitting.condition
        return {} if self.place is None else self.place.conditions[0]

    @property
    def over_the_app(self) -> bool:
        """Whether the app is to be seen, with the bar above it."""
        if self.showing is not Showing.SITTING or self.sitting is None:
            return False
        return self.looking_up or self.sitting.moment.part is Part.TASK

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    # --- before the consent

    def seen_on(self, device: Device) -> None:
        """The study's page is open on this screen."""
        self.device = device

    def speak(self, locale: str) -> None:
        """Another language, before the session has begun."""
        self.language = Language.of(locale)
        self._tell()

    def enter(self, typed: str) -> None:
        """Somebody comes: with a code, or, in self-service, without."""
        self.typed = typed
        if self._shut is not Trouble.NONE:
            return
        try:
            place = self._place(typed)
        except NotAdmitted as error:
            self.trouble = Trouble(error.reason)
            self._tell()
            return
        if place is None:
            self.trouble = Trouble.FULL
            self._tell()
            return
        self.trouble, self.typed = Trouble.NONE, ""
        if place.code in self.folder.unfinished():
            self._go_on(place)
            return
        self.place = place
        self.language = Language.of(locale_of(place, self.language.locale))
        first = self.study.steps[0].kind
        self.showing = Showing.WELCOME if first is StepKind.WELCOME else Showing.CONSENT
        self._tell()

    def to_consent(self) -> None:
        """The welcome was read."""
        self.showing = Showing.CONSENT
        self._tell()

    async def agree(self, scopes: frozenset[str]) -> None:
        """The participant takes part; from here on it is recorded."""
        if self.place is None:
            return
        await self._new_app()
        locale, screen = self.language.locale, self.device
        recorder = self.folder.begin(
            self.place.code,
            study=self.study,
            condition=dict(self.condition),
            ui=ui_of(screen.kind, screen.width, screen.height, locale),
            consent=GivenConsent(self.study.consent.version, frozenset(map(Scope, scopes))),
            start=Start(
                date.today().isoformat(),
                self.study.digest,
                f"{self.study.pack}@{self.study.policy_version}",
                self._transport,
            ),
            clock=self._clock,
        )
        self.folder.sits_at_the_app(recorder.session)
        self._sit(recorder, self.place).begin()

    def refuse(self) -> None:
        """The participant does not take part; there is nothing to forget."""
        self._end(Ending.REFUSED)

    async def change_app(self) -> None:
        """The participant has seen one condition; the app forgets it, and is the next one."""
        sitting = self.sitting
        if sitting is None or sitting.moment.part is not Part.CHANGE:
            return
        # First wiped, then written down: after a crash in between it is wiped once more.
        await self._new_app()
        sitting.begin_condition()
        self.folder.sits_at_the_app(sitting.session)

    # --- afterwards

    def resume(self) -> None:
        """After a crash: go on with the one session that has not ended, if there is just one.

        What the app keeps of anybody else is forgotten.
        """
        unfinished = self.folder.unfinished()
        if self.folder.at_the_app() is None:
            self.stimulus.forget()
        if len(unfinished) == 1:
            code = next(iter(unfinished))
            place = next((it for it in self.folder.places(self.study) if it.code == code), None)
            if place is not None:
                self._go_on(place)

    def ask_to_stop(self) -> None:
        """The participant wants to stop."""
        self.showing = Showing.STOPPING
        self._tell()

    def go_on(self) -> None:
        """The participant goes on after all, or is still there."""
        self.showing = Showing.SITTING if self.sitting is not None else self._before_idle
        self.active()
        self._tell()

    async def stop(self, *, delete: bool) -> None:
        """The participant stops; what they gave is kept, or deleted."""
        sitting = self.sitting
        if sitting is None:
            return
        if delete:
            # At once: whatever was written first could be all that a crash leaves of the wish.
            self.folder.withdraw(sitting.code)
        else:
            sitting.end("stopped")
        self._end(Ending.DELETED if delete else Ending.STOPPED)
        await self._new_app()
        self._tell()

    def finish(self, text: str) -> None:
        """The participant is through."""
        if self.sitting is not None:
            self.sitting.end("finished", text)

    async def next_person(self) -> None:
        """Forget who was here."""
        self.place = self.sitting = None
        self.trouble, self.typed, self.end_code = self._shut, "", ""
        self.showing = Showing.ENTRY
        await self._new_app()
        self._tell()

    def look_up(self, on: bool) -> None:
        """For a question with the book open: show the policy in the app, or the question again."""
        self.looking_up = on
        if on:
            self.stimulus.read()
        else:
            self.stimulus.stop_reading()
        self._tell()

    def bar_is(self, height: float) -> None:
        """So high is the bar above the app."""
        if height != self.bar_height:
            self.bar_height = height
            self._tell(shown=False)

    def overdue(self) -> bool:
        """Whether so much time has passed at the task that leaving it is suggested."""
        sitting = self.sitting
        if sitting is None or sitting.moment.part is not Part.TASK:
            return False
        return sitting.seconds_at_task() >= sitting.task.give_up_after_s

    def hidden(self, hidden: bool) -> None:
        """The page went out of sight, or came back."""
        if self.sitting is not None and self.sitting.moment.part is not Part.FINISHED:
            self.sitting.seen(hidden=hidden)

    # --- nobody there

    def active(self) -> None:
        """Somebody did something."""
        if self.showing is Showing.ENTRY:
            self._idle.end()
        else:
            self._idle.active()

    def _ask_whether_there(self) -> None:
        if self.showing is not Showing.STILL_THERE:
            self._before_idle, self.showing = self.showing, Showing.STILL_THERE
        self._tell()

    def _nobody_there(self) -> None:
        if self.sitting is not None:
            self.sitting.end("idle")
        task = asyncio.get_running_loop().create_task(self.next_person())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """The device is switched off; the session stays as it is, to be gone on with."""
        self._idle.end()
        if self._reminder is not None:
            self._reminder.cancel()
        await self.stimulus.close()

    # --- bookkeeping

    def _place(self, typed: str) -> Place | None:
        if self.kiosk is None or not self.kiosk.self_service or typed:
            return place_of(self.folder, self.study, typed)
        stratum = {
            Stratum.DEVICE: "phone" if self.device.phone else "desktop",
            Stratum.LOCALE: self.language.locale,
        }
        return next_place(self.folder, self.study, stratum)

    def _go_on(self, place: Place) -> None:
        recorder = self.folder.resume_of(place.code, self._clock)
        if recorder is None:
            return
        self.place = place
        self.language = Language.of(str(recorder.session.ui["locale"]))
        sitting = self._sit(recorder, place)
        if self.folder.at_the_app() != recorder.session.sid:
            # Somebody else has been at the app since; what it knows is not this one's to see.
            self.stimulus.forget()
            sitting.app_renewed()
            self.folder.sits_at_the_app(recorder.session)
        sitting.begin()

    def _sit(self, recorder: Recorder, place: Place) -> Sitting:
        locale, purposes = self.language.locale, self._pack.purposes
        self.sitting = Sitting(
            self.study,
            place,
            recorder,
            locale,
            {it: self._pack.text(purposes[it].name, locale) for it in self.study.purposes},
            self.folder.events(recorder.session),
        )
        self.showing = Showing.SITTING
        self.sitting.subscribe(self._changed)
        return self.sitting

    def _changed(self) -> None:
        sitting = self.sitting
        if sitting is None:
            return
        self.looking_up = False
        if self._reminder is not None:
            self._reminder.cancel()
        if sitting.moment.part is Part.TASK:
            # The bar above the app is to say, then, that leaving is fine.
            wait = max(0.0, sitting.task.give_up_after_s - sitting.seconds_at_task())
            self._reminder = asyncio.get_running_loop().call_later(wait + 0.1, self._tell)
        if not self.over_the_app:
            # The next task begins at the app's own screens, whatever was left open over them.
            self.stimulus.stop_reading()
        if sitting.moment.part is Part.FINISHED:
            if self.showing is Showing.SITTING:
                self._end(Ending.FINISHED)
            return
        self._tell()

    def _end(self, ending: Ending) -> None:
        self.ending, self.end_code = ending, self.code
        self.sitting = self.place = None
        self.showing = Showing.END
        self._tell()

    async def _new_app(self) -> None:
        await self.stimulus.wipe()
        self.folder.sits_at_the_app(None)
        self.stimulus_number = next(self._numbers)

    def _tell(self, *, shown: bool = True) -> None:
        sitting = self.sitting
        if shown and sitting is not None and self.showing is Showing.SITTING:
            sitting.show()
        if not self._idle.waits:
            self.active()
        self._listeners.tell()
