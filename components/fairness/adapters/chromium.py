"""From Chromium: what is laid out where, what a screen reader finds, and what is painted.

Takes a page of Playwright's asynchronous API that shows a Flet app. With the app's own ``ft.Page``
at hand (the app runs in the same process) the control tree is looked at as well.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..parts import with_parts
from ..subject import Box, Element, Form, Part, Picture, Role, Screen
from .controls import declared, form_of
from .joining import joined
from .pixels import with_ink

if TYPE_CHECKING:
    from playwright.async_api import Page

ANDROID: Mapping[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "has_touch": True,
    "reduced_motion": "reduce",
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/130.0.0.0 Mobile Safari/537.36"
    ),
}
"""Options of ``browser.new_context`` for a small Android phone, as Flutter recognises one."""
DESKTOP: Mapping[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "device_scale_factor": 2,
    "reduced_motion": "reduce",
}
"""The same for a desktop window. At one pixel thin strokes are paler than their colour."""

CLIENT_WAITS = "Working..."
"""What Flet's web client itself says while it waits for an app to show something."""

_WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.03
_RELAYOUT_SECONDS = 1.5
_STILL_SECONDS = 5.0
_DRAWN_SECONDS = 15.0
_PAINTED = 1.1
"""The contrast from which something is there."""
_FRAMES = 8
_MOST_PICTURES = 4
_STEP = 400.0
_MOST_STEPS = 60


class NothingShown(RuntimeError):
    """The page shows no Flet app, or none that a screen reader could read."""


async def settled(page: Page, marker: str | None = None) -> list[dict[str, Any]]:
    """Wait until the app shows something and holds still, and return what is there.

    What the client says while it waits for the app is not the app's. Flutter's accessibility tree
    is switched on, if nobody has.

    Args:
        page: The page.
        marker: An identifier that must be there; for a caller who has just changed the screen.

    Raises:
        NothingShown: nothing came, or it never held still.
    """
    found: str | None = await page.evaluate(
        _SETTLED, [marker, CLIENT_WAITS, _WAIT_SECONDS * 1000, _PAUSE_SECONDS * 1000]
    )
    if found is None:
        raise NothingShown(f"no screen came, or none that held still, at {page.url}")
    nodes: list[dict[str, Any]] = json.loads(found)
    return nodes


async def measure(
    page: Page,
    *,
    name: str,
    locale: str,
    app: Any = None,
    parts: Mapping[str, Part] | None = None,
    form: Form | None = None,
    question: bool = False,
    change: bool = False,
    text_scale: float = 1.0,
    characters: frozenset[str] | None = None,
    marker: str | None = None,
    after: float = 0.0,
    pixels: bool = True,
) -> Screen:
    """Look at what a page shows.

    Args:
        page: Playwright's page, in a context made with `ANDROID`, `DESKTOP` or options like them.
        name: What reports call the surface.
        locale: Of the interface.
        app: The app's ``ft.Page`` or a control, for the control tree; None leaves it out.
        parts: Which element agrees, refuses or is an option, by identifier or name, where neither
            identifiers nor labels say it.
        form: Page or dialog; found out by default.
        question: Whether the surface asks at a feature.
        change: Whether it asks about a new version.
        text_scale: The system's text size; the page is set to it.
        characters: What the fonts can draw, see :func:`.fonts.characters_of`.
        marker: See :func:`settled`.
        after: Seconds since an earlier look at the same rendering.
        pixels: Whether to take a picture and look at colours; it is the slowest part.

    Raises:
        NothingShown: there is nothing to look at.
        ExtraMissing: Pillow is not installed.
    """
    if await page.evaluate(_TEXT_SCALE, text_scale):
        await _another_layout(page)
    nodes = await settled(page, marker)
    picture = None
    for _ in range(_MOST_PICTURES if pixels else 0):
        picture = await _picture(page, [_element(it) for it in nodes])
        # A picture that came late, such as a poster, moves what stands below it.
        before, nodes = nodes, await settled(page, marker)
        if nodes == before:
            break
    size = page.viewport_size or {"width": 0, "height": 0}
    language = locale.replace("-", "_").partition("_")[0]
    elements = with_parts([_element(it) for it in nodes], language, parts)
    if app is not None:
        elements = joined(elements, declared(app, language=language, parts=parts))
        elements = with_parts(elements, language, parts)
    over = any(it["dialog"] for it in nodes) or (app is not None and form_of(app) is Form.DIALOG)
    agent: str = await page.evaluate("() => navigator.userAgent")
    return Screen(
        name,
        locale,
        float(size["width"]),
        float(size["height"]),
        elements if picture is None else with_ink(elements, picture),
        text_scale=text_scale,
        system=_system(agent),
        form=form or (Form.DIALOG if over else Form.PAGE),
        declared=app is not None,
        placed=True,
        painted=pixels,
        question=question,
        change=change,
        after=after,
        characters=characters,
        picture=picture,
    )


async def listened(page: Page, screen: Screen, expected: tuple[str, ...]) -> Screen:
    """The same screen with everything that comes up in scrolling through it to its end.

    Args:
        page: The page that shows it, scrolled to its beginning.
        screen: As it was measured.
        expected: The texts that belong to it.
    """
    heard: dict[str, None] = {}
    await page.mouse.move(screen.width / 2, screen.height / 2)
    for _ in range(_MOST_STEPS):
        nodes = await settled(page)
        count = len(heard)
        heard |= dict.fromkeys(str(it["name"]) for it in nodes)
        if heard and len(heard) == count:
            break
        await page.mouse.wheel(0, _STEP)
        await asyncio.sleep(4 * _PAUSE_SECONDS)
    return replace(screen, expected=expected, heard=tuple(heard))


async def _another_layout(page: Page) -> None:
    """Wait until a new text size has moved something; a screen without text may stay."""
    deadline = time.perf_counter() + _RELAYOUT_SECONDS
    before: str = await page.evaluate(_NODES)
    while time.perf_counter() < deadline:
        if await page.evaluate(_NODES) != before:
            return
        await asyncio.sleep(_PAUSE_SECONDS)


async def _picture(page: Page, elements: list[Element]) -> Picture:
    """What is painted once it holds still: a dialog that fades in has its places long before its
    colours, and words have theirs before their font has come. What never holds still, such as a
    progress bar, is taken as it is in the end."""
    scale: float = await page.evaluate("() => window.devicePixelRatio")
    start = time.perf_counter()
    before = b""
    while True:
        # Counted in frames: on a loaded machine time passes and nothing is drawn.
        for _ in range(_FRAMES // 2):
            await page.evaluate(_TWO_FRAMES)
        now = await page.screenshot()
        waited = time.perf_counter() - start
        if now == before or waited > _STILL_SECONDS:
            picture = Picture(now, scale)
            if waited > _DRAWN_SECONDS or not _lacks_words(elements, picture):
                return picture
        before = now


def _lacks_words(elements: list[Element], picture: Picture) -> bool:
    """Whether words that are in sight are not painted yet."""
    words = [it for it in elements if it.whole and it.role in (Role.HEADING, Role.TEXT)]
    return any(it.ink is not None and it.ink.contrast < _PAINTED for it in with_ink(words, picture))


def _system(agent: str) -> str:
    if "Android" in agent:
        return "android"
    return "ios" if "iPhone" in agent or "iPad" in agent else "desktop"


def _element(node: Mapping[str, Any]) -> Element:
    seen = node["seen"]
    return Element(
        Role(node["role"]),
        node["name"],
        node["identifier"],
        box=Box(*node["box"]),
        seen=None if seen is None else Box(*seen),
        cut=node["cut"],
        checked=node["checked"],
        enabled=node["enabled"],
        level=node["level"],
    )


_TEXT_SCALE = """(factor) => {
  const size = factor === 1 ? '' : `${16 * factor}px`;
  const changes = document.documentElement.style.fontSize !== size;
  if (changes) document.documentElement.style.fontSize = size;
  return changes;
}"""

_TWO_FRAMES = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""

# A phone's Flutter takes the press for a person's own only if it comes at the middle.
_LOOK = """() => {
  const placeholder = document.querySelector('flt-semantics-placeholder');
  if (placeholder) {
    const at = placeholder.getBoundingClientRect();
    placeholder.dispatchEvent(new MouseEvent('click', {
      bubbles: true, clientX: at.x + at.width / 2, clientY: at.y + at.height / 2}));
  }
  const roles = {button: 'button', link: 'link', checkbox: 'checkbox', switch: 'switch',
    radio: 'radio', textbox: 'textbox', slider: 'slider', tab: 'tab', img: 'image',
    progressbar: 'progress', menuitem: 'button', option: 'button'};
  const nodes = [], identifiers = [];
  const cross = (one, other) => {
    const x = Math.max(one[0], other[0]), y = Math.max(one[1], other[1]);
    const right = Math.min(one[0] + one[2], other[0] + other[2]);
    const bottom = Math.min(one[1] + one[3], other[1] + other[3]);
    return right > x && bottom > y ? [x, y, right - x, bottom - y] : null;
  };
  const own = (node) => [...node.childNodes]
    .filter(it => it.nodeType === Node.TEXT_NODE || it.nodeName === 'SPAN')
    .map(it => it.textContent).join('').trim();
  const walk = (node, clip, identifier, dialog) => {
    const rect = node.getBoundingClientRect();
    const box = [rect.x, rect.y, rect.width, rect.height];
    const named = node.getAttribute('flt-semantics-identifier');
    if (named) identifiers.push(named);
    const kids = [...node.children].filter(it => it.nodeName !== 'SPAN'
      && it.nodeName !== 'FLT-SEMANTICS-SCROLL-OVERFLOW');
    const aria = node.getAttribute('role') ?? '';
    dialog = dialog || aria === 'dialog' || aria === 'alertdialog'
      || node.getAttribute('aria-modal') === 'true';
    const heading = /^H[1-6]$/.test(node.nodeName) ? Number(node.nodeName[1])
      : aria === 'heading' ? Number(node.getAttribute('aria-level') ?? 2) : null;
    let role = heading ? 'heading' : roles[aria]
      ?? (node.nodeName === 'A' ? 'link' : null)
      ?? (/^(INPUT|TEXTAREA)$/.test(node.nodeName)
          ? ({checkbox: 'checkbox', radio: 'radio', range: 'slider'}[node.type] ?? 'textbox')
          : null)
      ?? (node.hasAttribute('flt-tappable') && !kids.length ? 'button' : null);
    const label = node.getAttribute('aria-label') ?? '';
    const text = own(node);
    if (!role && (text || (label && !kids.length))) role = 'text';
    const name = (label || (role && role !== 'text' && role !== 'heading'
      ? node.textContent.trim() : text)).trim();
    const id = named ?? identifier;
    if (role && rect.width > 0 && rect.height > 0) {
      const seen = cross(box, clip);
      const cut = seen !== null && (
        (clip[4] && Math.abs(rect.top - clip[1]) < 1)
        || (clip[5] && Math.abs(rect.bottom - clip[1] - clip[3]) < 1));
      const checked = node.getAttribute('aria-checked');
      nodes.push({role, name, identifier: id ?? '', box, seen, cut, level: heading, dialog,
        checked: checked === null ? null : checked === 'true',
        enabled: node.getAttribute('aria-disabled') !== 'true' && !node.disabled});
    }
    const scrolls = [...node.children]
      .some(it => it.nodeName === 'FLT-SEMANTICS-SCROLL-OVERFLOW');
    let inside = clip;
    if (scrolls) {
      const both = cross(box, clip) ?? [0, 0, 0, 0];
      inside = [...both, node.scrollTop > 1,
        node.scrollTop + node.clientHeight < node.scrollHeight - 1];
    }
    // A button holds its own words; what lies in it is not pressed for itself.
    const leaf = role && role !== 'text' && role !== 'heading' && role !== 'image';
    // An identifier on a wrapper is its only child's.
    const handed = kids.length === 1 ? id : null;
    if (!leaf || kids.some(it => it.querySelector('[role=button],[role=switch],[role=checkbox]')))
      for (const kid of kids) walk(kid, inside, handed, dialog);
  };
  const host = document.querySelector('flt-semantics-host');
  if (host) for (const kid of host.children)
    walk(kid, [0, 0, window.innerWidth, window.innerHeight, false, false], null, false);
  const root = host?.querySelector('flt-semantics')?.getBoundingClientRect();
  const fits = !!root && Math.abs(root.width - window.innerWidth) < 1
    && Math.abs(root.height - window.innerHeight) < 1;
  return {nodes, identifiers, fits};
}"""

_NODES = f"() => JSON.stringify(({_LOOK})().nodes)"

# All of it in the page, and one string as the answer: a way there and back for each look, and
# taking a tree of objects apart, would take longer than looking.
_SETTLED = f"""async ([marker, waits, patience, pause]) => {{
  const look = {_LOOK};
  const end = performance.now() + patience;
  let before = null;
  while (performance.now() < end) {{
    const {{nodes, identifiers, fits}} = look();
    const there = nodes.some((it) => it.name !== waits) && fits
      && (marker === null || identifiers.includes(marker));
    const now = there ? JSON.stringify(nodes) : null;
    if (now !== null && now === before) return now;
    before = now;
    await new Promise((done) => setTimeout(done, pause));
  }}
  return null;
}}"""
