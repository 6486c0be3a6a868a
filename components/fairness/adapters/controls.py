"""From Flet's control tree: what a control is declared to be, before anybody draws it.

Works on a live page, on a single control, and on a tree that a component has rendered. It reads
public fields only, so that an app need not know that it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

import flet as ft

from ..parts import with_parts
from ..subject import Element, Form, Look, Part, Role, Screen

_SIZES = {
    "displayLarge": 57, "displayMedium": 45, "displaySmall": 36,
    "headlineLarge": 32, "headlineMedium": 28, "headlineSmall": 24,
    "titleLarge": 22, "titleMedium": 16, "titleSmall": 14,
    "bodyLarge": 16, "bodyMedium": 14, "bodySmall": 12,
    "labelLarge": 14, "labelMedium": 12, "labelSmall": 11,
}  # fmt: skip
"""Material 3's type scale, in logical pixels, by Flet's names of the styles."""
_TEXT_SIZE = 14.0
_CUPERTINO_SIZE = 17.0

_BUTTONS = ("Button", "DialogAction", "SheetAction", "Chip")
_ROLES = {
    "Checkbox": Role.CHECKBOX,
    "CupertinoCheckbox": Role.CHECKBOX,
    "Switch": Role.SWITCH,
    "CupertinoSwitch": Role.SWITCH,
    "Radio": Role.RADIO,
    "CupertinoRadio": Role.RADIO,
    "TextField": Role.TEXTBOX,
    "CupertinoTextField": Role.TEXTBOX,
    "Slider": Role.SLIDER,
    "CupertinoSlider": Role.SLIDER,
    "ProgressBar": Role.PROGRESS,
    "ProgressRing": Role.PROGRESS,
    "CupertinoActivityIndicator": Role.PROGRESS,
}
_PRESSED_BY = ("on_click", "on_tap")
_DIALOGS = ("AlertDialog", "BottomSheet", "Banner")


@dataclass(frozen=True)
class _Around:
    """What the controls around one say about it."""

    identifier: str = ""
    level: int | None = None
    motion: bool = False
    link: bool = False


def declared(
    *roots: Any, language: str = "", parts: Mapping[str, Part] | None = None
) -> tuple[Element, ...]:
    """The elements that some controls, or a page, declare.

    Args:
        roots: Controls, or an ``ft.Page``.
        language: Of the labels, for those without identifiers.
        parts: Parts by identifier or name.
    """
    walker = _Walker()
    found = [element for root in roots for element in walker.walk(root, _Around())]
    return with_parts(found, language, parts)


def screen_of(
    *roots: Any,
    name: str,
    locale: str,
    width: float = 0,
    height: float = 0,
    parts: Mapping[str, Part] | None = None,
    question: bool = False,
    characters: frozenset[str] | None = None,
) -> Screen:
    """A screen of which only the control tree is known, with no browser at hand."""
    elements = declared(*roots, language=locale.partition("_")[0], parts=parts)
    return Screen(
        name,
        locale,
        width,
        height,
        elements,
        form=form_of(*roots),
        declared=True,
        question=question,
        characters=characters,
    )


def form_of(*roots: Any) -> Form:
    """Whether an open dialog or sheet is among some controls, or on a page."""
    kinds = {type(it).__name__ for it in _Walker().controls(*roots) if _is_open(it)}
    over = any(kind.endswith(_DIALOGS) for kind in kinds)
    return Form.DIALOG if over else Form.PAGE


def _is_open(control: Any) -> bool:
    return getattr(control, "open", True) is not False


class _Walker:
    """Goes through a tree once, in order."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def controls(self, *roots: Any) -> Iterator[Any]:
        """Every control, each once."""
        for root in roots:
            for control in self._children_of(root) if isinstance(root, list) else [root]:
                if id(control) not in self._seen:
                    self._seen.add(id(control))
                    yield control
                    yield from self.controls(*self._children_of(control))

    def walk(self, control: Any, around: _Around) -> Iterator[Element]:
        """The elements of a control and what is in it."""
        if id(control) in self._seen or getattr(control, "visible", True) is False:
            return
        self._seen.add(id(control))
        kind = type(control).__name__
        if kind.endswith(_DIALOGS) and not _is_open(control):
            return
        around = _inside(control, kind, around)
        if (element := _element(control, kind, around)) is not None:
            yield element
            if element.role not in (Role.TEXT, Role.HEADING):
                return
        children = self._children_of(control)
        if len(children) > 1:
            # An identifier on a wrapper is its only child's.
            around = replace(around, identifier="")
        for child in children:
            yield from self.walk(child, around)

    def _children_of(self, control: Any) -> list[Any]:
        if isinstance(control, list):
            return [it for it in control if isinstance(it, ft.BaseControl)]
        if not is_dataclass(control):
            return []
        found: list[Any] = []
        for field in fields(control):
            if field.name in ("parent", "page", "data") or "skip" in field.metadata:
                continue
            value = getattr(control, field.name, None)
            if isinstance(value, ft.BaseControl):
                found.append(value)
            elif isinstance(value, list):
                # Only the topmost view is seen.
                some = value[-1:] if field.name == "views" else value
                found += [it for it in some if isinstance(it, ft.BaseControl)]
        return found


def _inside(control: Any, kind: str, around: _Around) -> _Around:
    moving = any(
        getattr(control, field.name, None) is not None
        for field in fields(control)
        if field.name.startswith("animate")
    )
    identifier, level, link = around.identifier, around.level, around.link
    if kind == "Semantics":
        identifier = control.identifier or identifier
        if control.header or control.heading_level:
            level = control.heading_level or 2
        link = bool(control.link) or link
    return replace(
        around, identifier=identifier, level=level, motion=around.motion or moving, link=link
    )


def _element(control: Any, kind: str, around: _Around) -> Element | None:
    role = _role(control, kind, around)
    if role is None:
        return None
    name = _name(control, kind)
    if role is Role.TEXT and not name:
        return None
    value = getattr(control, "value", None)
    on = value if isinstance(value, bool) and role is not Role.TEXT else None
    return Element(
        role,
        name,
        around.identifier or _key(control),
        checked=on,
        enabled=not getattr(control, "disabled", False),
        level=around.level if role is Role.HEADING else None,
        look=_look(control, kind, around),
    )


def _role(control: Any, kind: str, around: _Around) -> Role | None:
    if kind in _ROLES:
        return _ROLES[kind]
    if kind in ("Text", "Markdown"):
        return Role.HEADING if around.level is not None else Role.TEXT
    if kind.endswith(_BUTTONS) and kind != "SegmentedButton":
        return Role.LINK if around.link else Role.BUTTON
    if any(getattr(control, act, None) is not None for act in _PRESSED_BY):
        return Role.LINK if around.link else Role.BUTTON
    return None


def _key(control: Any) -> str:
    key = getattr(control, "key", None)
    return key if isinstance(key, str) else ""


def _name(control: Any, kind: str) -> str:
    for attribute in ("label", "semantics_label", "text", "value", "content", "title"):
        value = getattr(control, attribute, None)
        if isinstance(value, str) and value.strip():
            return value.strip()
    if kind == "Text":
        return "".join(str(span.text or "") for span in control.spans or []).strip()
    inside = (it for it in _Walker().controls(control) if it is not control and _says(it))
    said = [_name(it, type(it).__name__) for it in inside]
    return " ".join(dict.fromkeys(it for it in said if it)) or str(
        getattr(control, "tooltip", None) or ""
    )


def _says(control: Any) -> bool:
    return type(control).__name__ in ("Text", "Icon", "Image")


def _look(control: Any, kind: str, around: _Around) -> Look:
    style = getattr(control, "style", None)
    inner = next((it for it in _Walker().controls(control) if type(it).__name__ == "Text"), None)
    text = control if kind == "Text" else inner
    return Look(
        kind,
        size=_size(text, style, kind),
        line_height=_number(getattr(getattr(text, "style", None), "height", None)),
        weight=_first(text, "weight") or _first(getattr(style, "text_style", None), "weight"),
        colour=_first(text, "color") or _first(style, "color") or _first(control, "color"),
        fill=_first(style, "bgcolor") or _first(control, "bgcolor"),
        edge=_first(style, "side") or _first(control, "border"),
        elevation=_first(style, "elevation") or _first(control, "elevation"),
        icon=getattr(control, "icon", None) is not None
        or any(type(it).__name__ == "Icon" for it in _Walker().controls(control)),
        motion=around.motion,
        autofocus=bool(getattr(control, "autofocus", False)),
    )


def _size(text: Any, style: Any, kind: str) -> float | None:
    inside = getattr(style, "text_style", None)
    for holder in (text, getattr(text, "style", None), inside):
        if (size := _number(getattr(holder, "size", None))) is not None:
            return size
    named = _word(getattr(text, "theme_style", None))
    if named in _SIZES:
        return float(_SIZES[named])
    if kind.startswith("Cupertino"):
        return _CUPERTINO_SIZE
    return _TEXT_SIZE if text is not None or kind.endswith(_BUTTONS) else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _first(holder: Any, attribute: str) -> str | None:
    value = getattr(holder, attribute, None)
    return None if value is None else _word(value)


def _word(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        told = (f"{it.name}={_word(getattr(value, it.name))}" for it in fields(value))
        return f"{type(value).__name__}({', '.join(told)})"
    return str(value)
