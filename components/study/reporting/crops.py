"""Where in the app something went wrong: cut from pictures of the build, and of nobody's screen."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO

from PIL import Image, ImageDraw

from ..exporting.sharing import LEAST
from ..measures.screens import Before, before_at
from ..pictures import Box, Picture
from .findings import Finding, Place
from .html import Html, element, joined
from .parts import Sheet
from .people import Person

_MOST = 2
"""Pictures of one finding: of the screens where it happened most often."""
_WIDTH = 280
"""Pixels of a picture in the report."""
_SHARE = 0.42
"""Of the screen's height that is shown."""
_QUALITY = 60
_FRAME = "#b2541a"

_Seen = tuple[str, str, Before]
"""In which language and condition, and what was before the person."""


def crops(sheet: Sheet, found: Finding) -> Html:
    """The parts of the screens at which a finding stands; empty where there is no picture."""
    seen: dict[_Seen, list[Place]] = {}
    for place in found.places:
        if (it := _seen(sheet, place)) is not None:
            seen.setdefault(it, []).append(place)
    by_screen: dict[Before, list[tuple[_Seen, list[Place]]]] = {}
    for key, places in seen.items():
        by_screen.setdefault(key[2], []).append((key, places))

    def often(before: Before) -> int:
        return sum(len(places) for _, places in by_screen[before])

    shown = []
    for before in sorted(by_screen, key=lambda it: (-often(it), it.screen, it.control or "")):
        places = [it for _, some in by_screen[before] for it in some]
        if sheet.sharing and len({it.person for it in places}) < LEAST:
            continue
        key = max(by_screen[before], key=lambda it: (len(it[1]), it[0][:2]))[0]
        shown.append(_figure(sheet, key, len(places), len(found.places)))
        if len(shown) == _MOST:
            break
    return element("span", *shown, class_="crops") if shown else joined([])


def _seen(sheet: Sheet, place: Place) -> _Seen | None:
    """What was before somebody, if there is a picture of it."""
    person = next(it for it in sheet.a.people if it.name == place.person)
    before = before_at(person.events, place.seq)
    if before is None:
        return None
    key = (person.locale, _condition(person, place.seq))
    pictures = sheet.a.source.pictures.get(key, {})
    return (*key, before) if before.screen in pictures else None


def _condition(person: Person, seq: int) -> str:
    """The condition at an event, of somebody who may have seen several."""
    within = (name for name, it in person.seen.items() if any(one.seq == seq for one in it.events))
    return next(within, person.condition)


def _figure(sheet: Sheet, seen: _Seen, times: int, of: int) -> Html:
    w = sheet.w
    locale, condition, before = seen
    picture = sheet.a.source.pictures[locale, condition][before.screen]
    name = _name(sheet, before.screen)
    content, width, height = cut(picture, before.control)
    source = f"data:image/webp;base64,{b64encode(content).decode()}"
    image = Html(
        f'<img src="{source}" width="{width}" height="{height}" '
        f'alt="{escape(w("crop_alt", screen=name), quote=True)}">'
    )
    told = w("crop_told", screen=name, times=times, of=of)
    return element("span", image, element("span", told, class_="quiet"), class_="crop")


def cut(picture: Picture, control: str | None) -> tuple[bytes, int, int]:
    """The part of a screen around a control, which is framed; its upper part without one."""
    with Image.open(picture.path) as opened:
        image = opened.convert("RGB")
    box = None if control is None else _box_of(picture, control)
    high = round(image.height * _SHARE)
    top = 0
    if box is not None:
        _frame(image, box)
        middle = round((box[1] + box[3]) / 2 * image.height)
        top = min(max(0, middle - high // 2), image.height - high)
    cut = image.crop((0, top, image.width, top + high))
    height = round(high * _WIDTH / image.width)
    written = BytesIO()
    cut.resize((_WIDTH, height), Image.Resampling.LANCZOS).save(
        written, "WEBP", quality=_QUALITY, method=6
    )
    return written.getvalue(), _WIDTH, height


def _box_of(picture: Picture, control: str) -> Box | None:
    """Where a control of the record lies: a choice's one button bears the act's own name there."""
    family, _, subject = control.partition(".")
    acts = ("withdraw", "give") if family == "act" else ()
    names = (control, *(f"{it}.{subject}" for it in acts))
    return next((picture.boxes[it] for it in names if it in picture.boxes), None)


def _frame(image: Image.Image, box: Box) -> None:
    left, top, right, bottom = box
    inside = (
        max(1, round(left * image.width) - 3),
        max(1, round(top * image.height) - 3),
        min(image.width - 2, round(right * image.width) + 3),
        min(image.height - 2, round(bottom * image.height) + 3),
    )
    if inside[2] > inside[0] and inside[3] > inside[1]:
        ImageDraw.Draw(image).rounded_rectangle(inside, radius=8, outline=_FRAME, width=4)


def _name(sheet: Sheet, screen: str) -> str:
    """A screen in words."""
    w = sheet.w
    kind, _, subject = screen.partition(":")
    if kind == "policy" and subject:
        return w("screen_clause", clause=w.section(subject))
    if kind == "question":
        return w("screen_question", what=w.asked_about(subject))
    return w(f"screen_{kind.replace('-', '_')}")
