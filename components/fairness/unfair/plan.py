"""One consent screen with a place for each fault: the fair one is the plan as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import flet as ft

from .words import WORDS

_GREY_ON_WHITE = "#B9B9B9"
_SEVERAL = {"both": "location+notifications+statistics"}


@dataclass(frozen=True)
class Plan:
    """What a screen is built from; every default is fair.

    Attributes:
        accept, refuse: Keys of the labels; None leaves the button out.
        lines: Keys of the texts, in order.
        options: Switches, as key and whether they are on.
        loud: Consent is a filled button.
        small: The refusal is a small one.
        faint: Colours of refusal or text: ``refuse``, ``body``, ``switch`` or none.
        buried: How often the body is repeated above the answers, which scroll with it.
        focus, motion, progress, waiting: Consent has the focus, or moves; something spins; the
            refusal cannot be pressed.
        body_size: Of the text's letters, in logical pixels.
        tight: Lines without air.
        fixed: The text in a box that does not grow.
        levels: Of the headings.
        between: Something else stands between the answers.
        unnamed: A button without a name.
        target: Height of both answers, in logical pixels.
        wide: The text as wide as the window.
        question: Whether it asks at a feature.
    """

    accept: str | None = "accept"
    refuse: str | None = "refuse"
    lines: tuple[str, ...] = ("body", "more")
    options: tuple[tuple[str, bool], ...] = ()
    loud: bool = False
    small: bool = False
    faint: str = ""
    buried: int = 0
    focus: bool = False
    motion: bool = False
    progress: bool = False
    waiting: bool = False
    body_size: float = 16.0
    tight: bool = False
    fixed: bool = False
    levels: tuple[int, ...] = (1,)
    between: bool = False
    unnamed: bool = False
    target: float = 48.0
    wide: bool = False
    question: bool = False

    def but(self, **changes: Any) -> Plan:
        """The same with something changed."""
        return replace(self, **changes)


FAIR = Plan()
"""Nothing to object to."""


def build(plan: Plan, locale: str) -> ft.Control:
    """The screen of a plan."""
    say = WORDS[locale]
    top: list[ft.Control] = [_heading(say["title"], plan.levels[0])]
    texts = [it for key in plan.lines if (it := say[key])]
    top += [_text(it, plan) for it in texts * (1 + plan.buried)]
    top += [_heading(say["heading"], level) for level in plan.levels[1:]]
    if plan.options:
        top.append(_text(say["options"], plan))
    top += [_switch(say[key], key, on, plan) for key, on in plan.options]
    if plan.progress:
        top.append(ft.ProgressBar(value=0.6))
    if plan.unnamed:
        top.append(ft.IconButton(icon=ft.Icons.MORE_HORIZ, width=48, height=48))
    answers = _answers(plan, say)
    read = ft.Column(top, spacing=12, scroll=ft.ScrollMode.AUTO, expand=True)
    if plan.buried:
        read.controls = [*top, answers]
        rows: list[ft.Control] = [read]
    else:
        rows = [read, answers]
    return _page(ft.Column(rows, expand=True))


def _page(content: ft.Control) -> ft.Control:
    return ft.Container(
        content,
        padding=20,
        bgcolor="#FFFFFF",
        expand=True,
        theme=ft.Theme(color_scheme_seed="#1F5F6B"),
        theme_mode=ft.ThemeMode.LIGHT,
    )


def _heading(text: str, level: int) -> ft.Control:
    return ft.Semantics(
        content=ft.Text(text, size=22, color="#111111", weight=ft.FontWeight.W_600),
        header=True,
        heading_level=level,
    )


def _text(text: str, plan: Plan) -> ft.Control:
    drawn = ft.Text(
        text,
        size=plan.body_size,
        color=_GREY_ON_WHITE if plan.faint == "body" else "#222222",
        style=ft.TextStyle(height=1.1 if plan.tight else 1.6),
    )
    if plan.fixed:
        return ft.Container(drawn, height=52, clip_behavior=ft.ClipBehavior.HARD_EDGE)
    return drawn if plan.wide else ft.Container(drawn, width=560)


def _switch(text: str, key: str, on: bool, plan: Plan) -> ft.Control:
    faint = plan.faint == "switch"
    return ft.Semantics(
        content=ft.Switch(
            label=text,
            value=on,
            track_color="#F4F4F4" if faint else None,
            thumb_color="#EEEEEE" if faint else None,
            track_outline_color="#F2F2F2" if faint else None,
        ),
        identifier=f"option.{_SEVERAL.get(key, key)}",
    )


def _answers(plan: Plan, say: Any) -> ft.Control:
    buttons: list[ft.Control] = []
    if plan.refuse is not None:
        buttons.append(_button(say[plan.refuse], "ask.refuse", plan, agrees=False))
    if plan.between:
        buttons.append(_button(say["policy"], "ask.policy", plan, agrees=False))
    if plan.accept is not None:
        buttons.append(_button(say[plan.accept], "ask.accept", plan, agrees=True))
    return ft.Row(buttons, spacing=12)


def _button(label: str, identifier: str, plan: Plan, *, agrees: bool) -> ft.Control:
    small = plan.small and not agrees
    style = ft.ButtonStyle(
        color=_GREY_ON_WHITE if plan.faint == "refuse" and not agrees else "#111111",
        side=ft.BorderSide(1, "#555555"),
        bgcolor="#D5EBE4" if plan.loud and agrees else None,
        visual_density=ft.VisualDensity.STANDARD,
    )
    button = ft.OutlinedButton(
        content=ft.Text(label, text_align=ft.TextAlign.CENTER, size=14),
        style=style,
        height=plan.target,
        width=96 if small else None,
        disabled=plan.waiting and not agrees,
        autofocus=plan.focus and agrees,
        animate_scale=ft.Animation(300) if plan.motion and agrees else None,
        on_click=_pressed,
    )
    return ft.Semantics(content=button, identifier=identifier, expand=None if small else 1)


def _pressed() -> None:
    """The examples decide nothing."""
