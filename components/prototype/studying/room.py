"""The study's page: whichever of the study's screens the station is at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import flet as ft

from ...i18n import Language
from ...study.model import Localised
from ...study.running.moments import Part
from ...study.running.questions import sureness_of
from ...study.running.sitting import Sitting
from ...study.words import Book, Form, Scope, StepKind
from ...study_room.another_app import AnotherApp
from ...study_room.code_entry import CodeEntry
from ...study_room.debrief import Debrief
from ...study_room.neutral_probe import NeutralProbe
from ...study_room.reading_passage import ReadingPassage
from ...study_room.research_consent import ResearchConsent
from ...study_room.session_end import SessionEnd
from ...study_room.still_there import StillThere
from ...study_room.stopping import Stopping
from ...study_room.study_question import StudyQuestion
from ...study_room.study_welcome import StudyWelcome
from ...study_room.task_bar import TaskBar
from ...study_room.task_card import TaskCard
from ...surface.runtime import follow_events, kit_component, on_page, use_changes
from ...surface.speaking import speak
from ...surface.viewport import WidthClass
from .states import Device, Showing
from .station import Station


class Where(StrEnum):
    """Where the records can be had: before a participant comes, and after one has been."""

    ENTRY = "entry"
    END = "end"


Records = Callable[[Where], ft.Control | None]
"""Draws the way out for the records; None where there is none."""

_HIDDEN = (ft.AppLifecycleState.HIDE, ft.AppLifecycleState.PAUSE, ft.AppLifecycleState.DETACH)
_SHOWN = (ft.AppLifecycleState.SHOW, ft.AppLifecycleState.RESUME)


Follow = Callable[[Callable[[], None]], Callable[[], None]]
"""Calls a listener, on its page, whenever the station changes; the answer ends that."""
DrawRoom = Callable[[ft.Page, Follow], None]
"""Draws what the station is at on a page."""


def study_app(
    station: Station, draw: DrawRoom | None = None
) -> Callable[[ft.Page], Awaitable[None]]:
    """The study's page as a Flet app. However many pages are open, they show the same.

    Args:
        station: Where the participant is.
        draw: Draws the page; None draws the study's screens and nothing else.
    """

    async def main(page: ft.Page) -> None:
        spoken: Language | None = None

        def follow(listener: Callable[[], None]) -> Callable[[], None]:
            def changed() -> None:
                with on_page(page):
                    wear()
                    listener()

            return station.subscribe(changed)

        def wear() -> None:
            nonlocal spoken
            if spoken is not station.language:
                spoken = station.language
                page.title = spoken.gettext("Study")
                speak(page, spoken)

        async def lives(event: ft.AppLifecycleStateChangeEvent) -> None:
            if event.state in _HIDDEN:
                station.hidden(True)
            elif event.state in _SHOWN:
                station.hidden(False)

        page.on_app_lifecycle_state_change = lives
        follow_events(page, lambda _control, _event: station.active())
        station.seen_on(_device(page))
        code = parse_qs(urlsplit(page.route or "/").query).get("code", [""])[0]
        if code and station.showing is Showing.ENTRY:
            station.typed = code
        wear()
        if draw is None:
            page.render(Room, station, follow)
        else:
            draw(page, follow)

    return main


def _device(page: ft.Page) -> Device:
    kind = "browser"
    if not page.web:
        kind = "desktop"
        if page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS):
            kind = str(page.platform.value)
    width, height = float(page.width or 0), float(page.height or 0)
    return Device(kind, width, height, WidthClass.of(width) is WidthClass.COMPACT)


@kit_component
def Room(station: Station, follow: Follow) -> ft.Control:
    """The screen that the station is at.

    Args:
        station: Where the participant is.
        follow: Tells on this page what changed.
    """
    use_changes(follow)
    name, screen = screen_of(station)
    return ft.SafeArea(
        # A name of its own, so that nothing of one question is left in the next.
        ft.Container(screen, expand=True, key=name),
        expand=True,
    )


def screen_of(station: Station, records: Records | None = None) -> tuple[str, ft.Control]:
    """The screen that a station is at, with a name that is its own.

    Args:
        station: Where the participant is.
        records: Draws the way out for the records, where they lie on this very device; None where
            whoever runs the study has them already.
    """
    study, language = station.study, station.language
    locale = language.locale
    sitting = station.sitting
    match station.showing:
        case Showing.WELCOME:
            kinds = [it.kind for it in study.steps_in_order(())]
            return "welcome", StudyWelcome(
                language,
                title=study.title[locale],
                about="" if study.cover_story is None else study.cover_story[locale],
                tasks=kinds.count(StepKind.TASK),
                questions=StepKind.SUS in kinds or StepKind.COMPREHENSION in kinds,
                code=station.code,
                on_next=station.to_consent,
            )
        case Showing.CONSENT:
            return f"consent-{station.code}", ResearchConsent(
                language,
                paragraphs=_texts(study.consent.paragraphs, locale),
                scopes=frozenset(it.value for it in study.consent.scopes),
                code=station.code,
                on_agree=station.agree,
                on_refuse=station.refuse,
            )
        case Showing.SITTING if sitting is not None:
            return _sitting(station, sitting)
        case Showing.STOPPING:
            return "stopping", Stopping(
                language,
                code=station.code,
                on_back=station.go_on,
                on_keep=lambda: station.stop(delete=False),
                on_delete=lambda: station.stop(delete=True),
            )
        case Showing.STILL_THERE if station.kiosk is not None:
            return "still-there", StillThere(
                language,
                seconds=round(station.kiosk.grace_seconds),
                code=station.code,
                on_here=station.go_on,
            )
        case Showing.END:
            return f"end-{station.end_code}", SessionEnd(
                language,
                ending=station.ending,
                code=station.end_code,
                picture=picture_of(station.end_code),
                days=study.consent.retention_days,
                on_next=station.next_person,
                records=None if records is None else records(Where.END),
            )
        case _:
            return f"entry-{station.trouble}-{station.stimulus_number}", CodeEntry(
                language,
                title=study.title[locale],
                locales=study.locales,
                chosen=locale,
                kiosk=station.kiosk is not None and station.kiosk.self_service,
                minutes=study.minutes,
                typed=station.typed,
                trouble=station.trouble,
                on_locale=station.speak,
                on_begin=station.enter,
                records=None if records is None else records(Where.ENTRY),
            )


def _sitting(station: Station, sitting: Sitting) -> tuple[str, ft.Control]:
    study, language = station.study, station.language
    locale = sitting.locale
    moment = sitting.moment
    name = f"{moment.part}-{moment.step}-{moment.at}"
    if station.over_the_app:
        asks = sitting.asked if station.looking_up else None
        return f"bar-{name}", TaskBar(
            language,
            prompt=sitting.task.prompt[locale] if asks is None else asks.words,
            overdue=station.overdue(),
            on_done=sitting.task_done if asks is None else lambda: station.look_up(False),
            on_give_up=sitting.give_up if asks is None else None,
            on_height=station.bar_is,
        )
    match moment.part:
        case Part.PASSAGE if study.calibration is not None:
            return name, ReadingPassage(
                language,
                paragraphs=_texts(study.calibration.paragraphs, locale),
                code=sitting.code,
                done=sitting.done,
                on_read=sitting.passage_read,
                on_stop=station.ask_to_stop,
            )
        case Part.CHANGE:
            return name, AnotherApp(
                language,
                code=sitting.code,
                done=sitting.done,
                on_next=station.change_app,
                on_stop=station.ask_to_stop,
            )
        case Part.CARD:
            tasks = [it for it in sitting.steps if it.kind is StepKind.TASK]
            return name, TaskCard(
                language,
                number=1 + tasks.index(moment.step) if moment.step in tasks else 1,
                of=len(tasks),
                prompt=sitting.task.prompt[locale],
                code=sitting.code,
                done=sitting.done,
                on_start=sitting.start_task,
                on_stop=station.ask_to_stop,
            )
        case Part.SURENESS:
            return name, StudyQuestion(
                language,
                asked=sureness_of(sitting.task, locale),
                code=sitting.code,
                done=sitting.done,
                on_answer=lambda value, _sure, _changes: sitting.task_rated(int(value)),
                on_skip=lambda: sitting.task_rated(None),
                on_stop=station.ask_to_stop,
            )
        case Part.PROBE if study.probe is not None:
            return name, NeutralProbe(
                language,
                title=study.probe.title[locale],
                text=study.probe.body[locale],
                accept=study.probe.accept[locale],
                refuse=study.probe.refuse[locale],
                code=sitting.code,
                on_choice=lambda yes: sitting.answer_probe("grant" if yes else "decline"),
                on_stop=station.ask_to_stop,
            )
        case Part.DEBRIEF:
            return name, Debrief(
                language,
                paragraphs=_texts(study.debrief, locale),
                writes=Scope.FREE_TEXT in sitting.scopes,
                code=sitting.code,
                done=sitting.done,
                on_end=station.finish,
                on_stop=station.ask_to_stop,
            )
        case _:
            return name, _question(station, sitting)


def _question(station: Station, sitting: Sitting) -> ft.Control:
    step = sitting.moment.step
    open_book = (
        step is not None
        and step.kind is StepKind.COMPREHENSION
        and station.study.books.get(Form(step.subject)) is Book.OPEN
    )
    return StudyQuestion(
        station.language,
        asked=sitting.asked,
        code=sitting.code,
        done=sitting.done,
        on_answer=lambda value, sure, changes: sitting.answer(
            value, int(sure) if sure else None, changes
        ),
        on_skip=sitting.skip,
        on_look_up=(lambda: station.look_up(True)) if open_book else None,
        on_stop=station.ask_to_stop,
    )


def _texts(paragraphs: tuple[Localised, ...], locale: str) -> list[str]:
    return [it[locale] for it in paragraphs]


def picture_of(code: str) -> bytes | None:
    """A code as a QR picture (PNG); None where the library for that is not installed."""
    if not code:
        return None
    try:
        import segno
    except ImportError:
        return None
    written = BytesIO()
    segno.make(code, error="m").save(written, kind="png", scale=6, border=2)
    return written.getvalue()
