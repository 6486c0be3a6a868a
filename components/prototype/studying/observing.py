"""The observer's page: beside the study's, at an address that nobody comes to by chance.

It looks at the station twice a second and changes nothing of what the participant sees.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import flet as ft

from ...i18n import Language
from ...listeners import Listeners
from ...policy.pack import Pack
from ...study.log import RecordGone
from ...study.observing.desk import Desk, Draft, Help, Mark, Seen
from ...study.observing.problems import OTHER, problems_of
from ...study.record import RecordDamaged
from ...study.recorder import OutOfScope, SessionEnded
from ...study_room.observer_desk import (
    DeskView,
    Names,
    ObserverDesk,
    Standing,
    clock_time,
    done_when,
)
from ...study_room.observer_note import ObserverNote
from ...surface.runtime import kit_component, on_page, use_changes
from ...surface.speaking import speak
from .states import Showing
from .station import Station

PATH = "/observe-"
_LOOK_SECONDS = 0.5

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Writing:
    """A note that is being written.

    Attributes:
        draft: When its key was pressed, and what it is about.
        text: The words, once they are done.
        done: Whether they are.
    """

    draft: Draft
    text: str = ""
    done: bool = False


class Observing:
    """What every observer of a station has in common.

    Args:
        station: The device.
        desk: Sees and writes.
        pack: The policy, for what it calls things.
        locale: The observers' language.
        secret: What their address ends with; None makes one.
    """

    def __init__(
        self, station: Station, desk: Desk, pack: Pack, locale: str, secret: str | None = None
    ) -> None:
        self.station = station
        self.desk = desk
        self.language = Language.of(locale)
        self.path = f"{PATH}{secret or secrets.token_urlsafe(16)}"
        document = pack.document(locale)
        self.names = Names(
            purposes={key: pack.text(it.name, locale) for key, it in pack.purposes.items()},
            clauses={it.id: it.title for it in document.clauses()},
            permissions={key: pack.text(it.name, locale) for key, it in pack.permissions.items()},
        )
        self.problems = tuple(
            (it.code, it.label.get(locale) or next(iter(it.label.values())))
            for it in problems_of(station.study)
        )

    def is_at(self, route: str) -> bool:
        """Whether an address is the observers'. How long the answer takes tells nothing of it."""
        return hmac.compare_digest(urlsplit(route).path.encode(), self.path.encode())

    async def show_on(self, page: ft.Page) -> None:
        """Open the observer's page; each has keys and a note of its own."""
        own = ObserverPage(self)
        page.title = self.language.gettext("Observing")
        speak(page, self.language)

        async def keyed(event: ft.KeyboardEvent) -> None:
            if not (event.ctrl or event.alt or event.meta):
                with on_page(page):
                    own.key(event.key)

        def follow(listener: Callable[[], None]) -> Callable[[], None]:
            def changed() -> None:
                with on_page(page):
                    listener()

            return own.subscribe(changed)

        async def looks() -> None:
            while True:
                await asyncio.sleep(_LOOK_SECONDS)
                own.look()

        page.on_keyboard_event = keyed
        looking = asyncio.get_running_loop().create_task(looks())
        page.on_close = lambda _event: looking.cancel()
        page.render(ObserverRoom, own, follow)


class ObserverPage:
    """One observer's page: what is shown on it, and what its keys do.

    Args:
        observing: What it has in common with the others.
    """

    def __init__(self, observing: Observing) -> None:
        self._at = observing
        self._keys = True
        self._said = ""
        self._unreadable = False
        self.writing: Writing | None = None
        self._listeners = Listeners[[]]()
        self.view = self._seen()

    @property
    def language(self) -> Language:
        """The observer's."""
        return self._at.language

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    def look(self) -> None:
        """Show how things are, if that is not what is shown."""
        view = self._seen()
        if _whole_seconds(view) != _whole_seconds(self.view):
            self.view = view
            self._listeners.tell()

    def key(self, pressed: str) -> None:
        """A key was pressed. While words are written, only Escape is one of these."""
        key = pressed.removeprefix("Numpad ").upper()
        writing = self.writing
        if writing is not None:
            if key == "ESCAPE":
                self.cancel()
            elif writing.done and self._keys and key in ("0", "1", "2", "3", "4"):
                self.grade(int(key), writing.text)
            return
        seen = self.view.seen
        if not self._keys or seen is None:
            return
        codes = {str(at): code for at, (code, _) in enumerate(self._at.problems, start=1)}
        codes = {**{key: code for key, code in codes.items() if code != OTHER}, "N": OTHER}
        marks = {
            "M": Mark.THINK_ALOUD,
            "Q": Mark.QUOTE_END if seen.quoting else Mark.QUOTE_START,
            "I": Mark.INTERRUPTION,
            "C": Mark.CLAP,
        }
        helps = {"H": Help.HINT, "W": Help.SHOWN}
        if key in codes:
            self.begin(codes[key])
        elif key in marks:
            self.mark(marks[key])
        elif key in helps:
            self.help(helps[key])
        elif key == "U":
            self.undo()

    def switch_keys(self, on: bool) -> None:
        """Hot keys on or off: software that types what is spoken would press them."""
        self._keys = on
        self.look()

    def begin(self, code: str) -> None:
        """Begin a note; its time is now."""
        self._done(lambda: self._begun(code), "")

    def words_done(self, text: str) -> None:
        """The words are done; how grave it is comes next."""
        if self.writing is not None:
            self.writing = replace(self.writing, text=text, done=True)
            self._draw()

    def edit(self) -> None:
        """Back to the words."""
        if self.writing is not None:
            self.writing = replace(self.writing, done=False)
            self._draw()

    def grade(self, severity: int, text: str) -> None:
        """The note is whole: it is written, and shown as saved only then."""
        writing = self.writing
        if writing is not None:
            self.writing = replace(writing, text=text)
            saved = self._done(
                lambda: self._at.desk.keep_note(writing.draft, severity, text),
                self.language.gettext("Saved: {what}", what=self.label(writing.draft.code)),
            )
            if saved:
                self.writing = None
                self.look()

    def cancel(self) -> None:
        """The note is dropped; nothing of it was kept."""
        self.writing = None
        self._said = self.language.gettext("The note was discarded.")
        self.look()

    def mark(self, kind: Mark) -> None:
        """Mark this moment."""
        self._done(lambda: self._at.desk.mark(kind), self.language.gettext("The mark is saved."))

    def help(self, by: Help) -> None:
        """Somebody helps."""
        said = self.language.gettext("Saved. The task counts as done with help.")
        self._done(lambda: self._at.desk.helped(by), said)

    def undo(self) -> None:
        """Take back what was written down last."""
        seen = self.view.seen
        if seen is not None and seen.kept:
            said = self.language.gettext(
                "Taken back. The entry stays in the file, marked as taken back."
            )
            self._done(self._at.desk.take_back, said)

    def label(self, code: str) -> str:
        """What a code says."""
        return dict(self._at.problems).get(code, code)

    def _begun(self, code: str) -> None:
        self.writing = Writing(self._at.desk.begin_note(code))

    def _done(self, act: Callable[[], object], said: str) -> bool:
        """Do it, and say what became of it."""
        say = self.language.gettext
        try:
            act()
        except OutOfScope:
            said = say("Not kept: this participant has not agreed to be observed.")
        except RecordGone:
            self.writing = None
            said = say("Not kept: there is nobody whom it would be about.")
        except SessionEnded:
            said = say("Help cannot be taken back any more: the session is over.")
        except LookupError:
            said = say("No task is before the participant.")
        except OSError:
            logger.exception("an observer's entry could not be written")
            said = say("It could not be saved. Try again.")
        else:
            self._said = said
            self.look()
            return True
        self._said = said
        self.look()
        return False

    def _draw(self) -> None:
        self.view = replace(self.view, writing=self.writing is not None)
        self._listeners.tell()

    def _seen(self) -> DeskView:
        at, station = self._at, self._at.station
        try:
            seen = at.desk.look()
        except (RecordDamaged, OSError):
            if not self._unreadable:
                logger.exception("what an observer wrote before cannot be read")
            self._unreadable = True
            return DeskView(Standing.UNREADABLE)
        self._unreadable = False
        task = None if seen is None else seen.task
        locale = at.language.locale
        return DeskView(
            standing=_standing(station, at.desk, seen),
            code=station.code if seen is None else seen.code,
            seen=seen,
            prompt="" if task is None else task.prompt[locale],
            done_when="" if task is None else done_when(at.language, at.names, task.success),
            problems=at.problems,
            names=at.names,
            keys=self._keys,
            writing=self.writing is not None,
            said=self._said,
        )


def _standing(station: Station, desk: Desk, seen: Seen | None) -> Standing:
    if seen is not None:
        return Standing.ENDED if seen.step is None else Standing.RUNNING
    if station.showing in (Showing.WELCOME, Showing.CONSENT):
        return Standing.DECIDING
    return Standing.WITHDRAWN if desk.withdrawn else Standing.NOBODY


def _whole_seconds(view: DeskView) -> DeskView:
    """A view as it is drawn: clocks go by the second."""
    seen = view.seen
    if seen is None:
        return view
    t, t_act, at_task = int(seen.t), int(seen.t_act), int(seen.task_seconds)
    return replace(view, seen=replace(seen, t=t, t_act=t_act, task_seconds=at_task))


@kit_component
def ObserverRoom(
    own: ObserverPage, follow: Callable[[Callable[[], None]], Callable[[], None]]
) -> ft.Control:
    """The observer's page, as it is now.

    Args:
        own: What is shown.
        follow: Tells on this page what changed.
    """
    use_changes(follow)
    writing, note = own.writing, None
    if writing is not None:
        note = ObserverNote(
            own.language,
            problem=own.label(writing.draft.code),
            at=clock_time(writing.draft.stamp.t),
            text=writing.text,
            written=writing.done,
            on_written=own.words_done,
            on_edit=own.edit,
            on_severity=own.grade,
            on_cancel=own.cancel,
        )
    desk = ObserverDesk(
        own.language,
        own.view,
        note=note,
        on_note=own.begin,
        on_mark=own.mark,
        on_help=own.help,
        on_undo=own.undo,
        on_keys=own.switch_keys,
    )
    return ft.SafeArea(ft.Container(desk, expand=True), expand=True)
