"""The picture of the way that a choice takes; ``docs/architecture.md`` tells it step by step.

``python -m tests.project.choice_picture`` writes ``docs/pictures/choice.svg`` anew.
"""

from __future__ import annotations

from .drawing import Box, Kind, arrow, picture, text
from .rooms_picture import PICTURE as ROOMS_PICTURE

PICTURE = ROOMS_PICTURE.with_name("choice.svg")

_WIDTH, _HEIGHT = 176, 50
_ACROSS, _DOWN = _WIDTH + 106, _HEIGHT + 46
_MARGIN = 20


def _box(title: str, words: str, kind: Kind, column: int, row: int) -> Box:
    left, top = _MARGIN + column * _ACROSS, _MARGIN + row * _DOWN
    return Box(title, words, kind, left, top, _WIDTH, _HEIGHT)


def draw() -> str:
    """The picture, as SVG."""
    gesture = _box("gesture", "a tap on Locate", Kind.SEEN, 1, 0)
    gate = _box("gate", "reads pack and record", Kind.STILL, 1, 1)
    verdict = _box("verdict", "says why not", Kind.STILL, 0, 1)
    feature = _box("feature", "goes on", Kind.SEEN, 2, 1)
    prompt = _box("prompt", "in the words of the pack", Kind.SEEN, 1, 2)
    ledger = _box("ledger", "event and outbox row", Kind.STILL, 1, 3)
    system = _box("system", "its own dialog", Kind.SEEN, 0, 3)
    screens = _box("screens and SDKs", "follow", Kind.SEEN, 2, 3)
    outbox = _box("outbox", "what was not yet sent", Kind.STILL, 1, 4)
    endpoint = _box("endpoint", "keeps it, and proves it", Kind.FAR, 1, 5)
    parts = [
        *_down(gesture, gate, ""),
        *_aside(gate, feature, "permitted"),
        *_aside(gate, verdict, "may not ask"),
        *_down(gate, prompt, "explain"),
        *_down(prompt, ledger, "pressed, or dismissed"),
        *_aside(ledger, screens, "written"),
        *_aside(ledger, system, "agreed", lift=-11),
        *_aside(system, ledger, "mirrored", lift=11),
        *_down(ledger, outbox, ""),
        *_down(outbox, endpoint, "once the notice was accepted"),
    ]
    boxes = (gesture, gate, verdict, feature, prompt, ledger, system, screens, outbox, endpoint)
    return picture(
        2 * _MARGIN + 2 * _ACROSS + _WIDTH,
        2 * _MARGIN + 5 * _DOWN + _HEIGHT,
        "The way of a choice",
        "From a gesture over the gate and the prompt into the ledger, and on to the endpoint.",
        [*parts, *(box.svg() for box in boxes)],
    )


def _down(start: Box, end: Box, words: str) -> list[str]:
    y = end.top - 2
    label = [text(words, start.middle + 10, (start.bottom + y) / 2 + 3, "words side")]
    return [arrow(f"M{start.middle:g} {start.bottom:g}V{y:g}"), *(label if words else [])]


def _aside(start: Box, end: Box, words: str, lift: float = 0) -> list[str]:
    level = start.top + start.height / 2 + lift
    right = end.left > start.left
    begin = start.left + start.width if right else start.left
    to = end.left - 2 if right else end.left + end.width + 2
    below = level + 16 if lift > 0 else level - 7
    return [arrow(f"M{begin:g} {level:g}H{to:g}"), text(words, (begin + to) / 2, below, "words")]


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
