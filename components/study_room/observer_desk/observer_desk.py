"""What an observer sees beside a participant, and writes down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import flet as ft

from ...i18n import Language
from ...study.observing.desk import Help, Kept, Mark, Seen
from ...study.running.moments import Part
from ...surface import parts, tokens
from ...surface.direction import in_order
from ...surface.runtime import kit_component
from ...surface.scrolling import scrolling
from ...surface.viewport import WidthClass, page_here, use_width_class
from ..key_button import key_button
from ..observer_note import severities
from ..pieces import ON_BAND, band_button, band_of
from .showing import DeskView, Standing, clock_time
from .words import told

_LAST = 12
"""So many of the last happenings are shown."""


@kit_component
def ObserverDesk(
    language: Language,
    view: DeskView,
    *,
    note: ft.Control | None = None,
    on_note: Callable[[str], Any],
    on_mark: Callable[[Mark], Any],
    on_help: Callable[[Help], Any],
    on_undo: Callable[[], Any],
    on_keys: Callable[[bool], Any],
) -> ft.Control:
    """The observer's page.

    Args:
        language: The interface's language.
        view: What is shown.
        note: The note that is being written; None while none is.
        on_note: Called with a code to begin a note.
        on_mark: Called to mark this moment.
        on_help: Called when somebody helps.
        on_undo: Called to take back what was written down last.
        on_keys: Called to switch hot keys on or off.
    """
    page = page_here()
    wide = page is not None and use_width_class(page) is not WidthClass.COMPACT
    acts = _Acts(on_note, on_mark, on_help)
    doing = [_now(language, view), *_doing(language, view, note, acts)]
    after = _after(language, view, on_undo)
    body: ft.Control
    if wide:
        body = ft.Row(
            [
                ft.Container(scrolling(doing, spacing=tokens.GAP_LARGE), expand=3),
                ft.Container(
                    scrolling(after, spacing=tokens.GAP_LARGE),
                    expand=2,
                    border=ft.Border.only(left=ft.BorderSide(1, tokens.LINE)),
                ),
            ],
            spacing=0,
            expand=True,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    else:
        body = ft.Container(scrolling([*doing, *after], spacing=tokens.GAP_LARGE), expand=True)
    return ft.Column(
        [_head(language, view, on_keys), body],
        spacing=0,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


class _Acts:
    def __init__(
        self,
        note: Callable[[str], Any],
        mark: Callable[[Mark], Any],
        help_: Callable[[Help], Any],
    ) -> None:
        self.note, self.mark, self.help = note, mark, help_


def _head(language: Language, view: DeskView, on_keys: Callable[[bool], Any]) -> ft.Control:
    say = language.gettext
    label = say("Observing · {code}", code=view.code) if view.code else say("Observing")
    keys = say("Hot keys: on") if view.keys else say("Hot keys: off")
    return band_of(
        ft.Row(
            [
                ft.Icon(ft.Icons.VISIBILITY_OUTLINED, color=ON_BAND, size=20),
                ft.Text(
                    in_order(label),
                    theme_style=ft.TextThemeStyle.TITLE_SMALL,
                    color=ON_BAND,
                    # With large text it goes on in the next line.
                    expand=True,
                    expand_loose=True,
                ),
            ],
            spacing=tokens.GAP,
            tight=True,
        ),
        band_button(keys, on_keys, not view.keys, identifier="observer.keys"),
    )


def _now(language: Language, view: DeskView) -> ft.Control:
    """Where the participant is, and for how long."""
    say = language.gettext
    seen = view.seen
    if seen is None:
        title, text = {
            Standing.DECIDING: (
                say("Somebody has come"),
                say("They have not agreed to anything yet, so nothing is shown or kept."),
            ),
            Standing.UNREADABLE: (
                say("The notes on this session cannot be read"),
                say(
                    "Nothing is added to them. Put back a copy of the file, then begin a session"
                    " or open this page again; the log says what is wrong with it."
                ),
            ),
            Standing.WITHDRAWN: (
                say("Everything of this participant is deleted"),
                say("They have withdrawn. Your notes on them are deleted too."),
            ),
        }.get(
            view.standing,
            (
                say("Nobody is taking part"),
                say("As soon as somebody begins, it is shown here."),
            ),
        )
        return ft.Column([parts.heading(title, 1), parts.body(text)], spacing=tokens.GAP)
    times = [
        say("Since the beginning: {time}", time=clock_time(seen.t)),
        say("Active: {time}", time=clock_time(seen.t_act)),
    ]
    if seen.part is Part.TASK:
        times.append(say("At this task: {time}", time=clock_time(seen.task_seconds)))
    shown: list[ft.Control] = [
        parts.heading(_place(language, seen), 1),
        ft.Row(
            [parts.note(it) for it in times], wrap=True, spacing=tokens.GAP_LARGE, run_spacing=0
        ),
    ]
    if view.prompt:
        shown += [parts.body(view.prompt), parts.note(view.done_when)]
    return ft.Column(shown, spacing=tokens.GAP)


def _place(language: Language, seen: Seen) -> str:
    say = language.gettext
    if seen.step is None:
        return say("The session is over")
    return {
        Part.WELCOME: say("Welcome"),
        Part.CONSENT: say("Consent to the study"),
        Part.PASSAGE: say("Reads a passage"),
        Part.QUESTION: say("Answers questions"),
        Part.CARD: say("Reads the task"),
        Part.TASK: say("Is at the task"),
        Part.SURENESS: say("Says how sure they are"),
        Part.PROBE: say("Sees the banner"),
        Part.DEBRIEF: say("Is told what the study is about"),
    }[seen.part]


def _doing(
    language: Language, view: DeskView, note: ft.Control | None, acts: _Acts
) -> list[ft.Control]:
    """What can be written down."""
    say = language.gettext
    seen = view.seen
    if seen is None:
        return []
    if note is not None:
        return [note]
    helps = _buttons(
        [
            key_button(
                key,
                mark_name(language, it),
                acts.help,
                it,
                identifier=f"observer.{it}",
                enabled=seen.task is not None,
            )
            for key, it in (("H", Help.HINT), ("W", Help.SHOWN))
        ]
    )
    said = parts.announced(view.said)
    if not seen.agreed:
        return [
            parts.card(
                [
                    parts.heading(say("Not observed"), 2),
                    parts.body(
                        say(
                            "This participant has not agreed to be observed. What they do is not"
                            " shown, and notes and marks are not taken. If you help, say so: it"
                            " decides how the task counts."
                        )
                    ),
                ]
            ),
            helps,
            said,
        ]
    problems = [
        key_button(
            str(at) if code != "other" else "N",
            label,
            acts.note,
            code,
            identifier=f"observer.note-{code}",
        )
        for at, (code, label) in enumerate(view.problems, start=1)
    ]
    quote = Mark.QUOTE_END if seen.quoting else Mark.QUOTE_START
    marks = [
        key_button(key, mark_name(language, it), acts.mark, it, identifier=f"observer.{it}")
        for key, it in (
            ("M", Mark.THINK_ALOUD),
            ("Q", quote),
            ("I", Mark.INTERRUPTION),
            ("C", Mark.CLAP),
        )
    ]
    return [
        said,
        parts.heading(say("Note"), 2),
        _buttons(problems),
        parts.heading(say("Mark this moment"), 2),
        _buttons(marks),
        parts.heading(say("Somebody helped"), 2),
        helps,
    ]


def _buttons(buttons: Sequence[ft.Control]) -> ft.Control:
    """Side by side, as many as there is room for."""
    return ft.ResponsiveRow(
        [ft.Container(it, col={"xs": 12, "sm": 6, "xl": 4}) for it in buttons],
        spacing=tokens.GAP,
        run_spacing=tokens.GAP,
    )


def _after(language: Language, view: DeskView, on_undo: Callable[[], Any]) -> list[ft.Control]:
    """What was written down, and what happened; the last first."""
    say = language.gettext
    seen = view.seen
    if seen is None:
        return []
    kept = [_kept(language, view, it) for it in reversed(seen.kept)]
    shown: list[ft.Control] = [
        parts.heading(say("Written down"), 2),
        *(kept or [parts.note(say("Nothing yet."))]),
    ]
    if seen.kept and not view.writing:
        undo = key_button("U", say("Take back the last entry"), on_undo, identifier="observer.undo")
        shown.insert(1, undo)
    if not seen.agreed:
        return shown
    happened = ((it.t, told(language, view.names, it)) for it in reversed(seen.events))
    last = islice(((t, words) for t, words in happened if words), _LAST)
    return [
        *shown,
        parts.heading(say("What has happened"), 2),
        ft.Column([_line(clock_time(t), it) for t, it in last], spacing=tokens.GAP_SMALL),
    ]


def _kept(language: Language, view: DeskView, kept: Kept) -> ft.Control:
    say = language.gettext
    if kept.what == "note":
        label = dict(view.problems).get(kept.code, kept.code)
        degree = severities(language)[kept.severity]
        words = say("{problem} · {severity} {meaning}", problem=label, severity=kept.severity,
                    meaning=degree)  # fmt: skip
        return _line(clock_time(kept.t), words, kept.text)
    return _line(clock_time(kept.t), mark_name(language, kept.what))


def mark_name(language: Language, mark: str) -> str:
    """A mark, or a help, in words."""
    say = language.gettext
    return {
        Help.HINT.value: say("Gave a hint"),
        Help.SHOWN.value: say("Showed the way"),
        Mark.THINK_ALOUD.value: say("Thinks aloud"),
        Mark.QUOTE_START.value: say("A quote begins"),
        Mark.QUOTE_END.value: say("The quote ends"),
        Mark.INTERRUPTION.value: say("Interruption"),
        Mark.CLAP.value: say("Clap, to line up a recording"),
    }[mark]


def _line(time: str, words: str, text: str = "") -> ft.Control:
    return ft.Row(
        [
            ft.Container(
                ft.Text(time, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=tokens.QUIET_TEXT),
                width=56,
            ),
            ft.Column(
                [
                    ft.Text(
                        in_order(words),
                        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
                        color=tokens.TEXT,
                    ),
                    *([parts.note(text)] if text else []),
                ],
                spacing=0,
                expand=True,
            ),
        ],
        spacing=tokens.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
