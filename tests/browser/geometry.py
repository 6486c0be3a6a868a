"""What may be wrong with where things are, found from the boxes of the semantics tree.

Every fault is a sentence for the person who has to mend it. What is measured:

- **off the screen**: outside the window, unless it can be scrolled there;
- **overlapping**: two texts, or things to press, that cover the same place;
- **too small**: less than 48 pixels to press (WCAG 2.5.8 asks for 24; links inside running text
  may have those, as the same criterion allows, for their line is as high as it is);
- **cut short**: a text whose box is less high in a low window than in an endless one, or that does
  not grow with the text size: something around it has a height of its own;
- **out of sight**: a choice that is not all there without scrolling.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from itertools import combinations

from .layout import Box, Piece

TARGET = 48.0
CHOICES = ("accept", "refuse", "continue")
"""Last parts of the identifiers of what decides."""
INLINE_TARGET = 24.0
_TOUCHING = 2.0
_MARGIN = 24.0
"""What words may have above and below them, together, in a box of their own."""
_LEAST_GROWTH = 1.15
"""What stays as high as it was has a height of its own, whatever its margins are."""
_INLINE_PAD = 4.0
"""How far the box of a piece of running text may reach into its neighbours, as Flutter has it."""


def outside(pieces: Sequence[Piece], window: Box) -> list[str]:
    """What lies off the screen and cannot be scrolled into it."""
    by_number = {it.number: it for it in pieces}
    faults = []
    for piece in _seen(pieces):
        area = window if piece.scroller is None else by_number[piece.scroller].box
        beside = piece.box.left < area.left - 1 or piece.box.right > area.right + 1
        beyond = piece.box.top < window.top - 1 or piece.box.bottom > window.bottom + 1
        inline = _inline(piece, by_number)
        if inline:
            beside = (
                piece.box.left < area.left - _INLINE_PAD
                or piece.box.right > area.right + _INLINE_PAD
            )
        if beside or (beyond and piece.scroller is None):
            faults.append(f"off the screen: {piece}")
        elif not piece.tappable and piece.leaf and _reaches_an_edge(piece.box, window):
            # The engine cuts a box at the window; no text is laid out as far as that.
            faults.append(f"off the screen, cut at its edge: {piece}")
    return faults


def overlapping(pieces: Sequence[Piece]) -> list[str]:
    """What covers something else."""
    by_number = {it.number: it for it in pieces}
    leaves = [it for it in _seen(pieces) if it.leaf]
    faults = []
    # What is scrolled out of sight has its box all the same, below what does not scroll.
    boxes = {it.number: _in_sight(it, by_number) for it in leaves}
    inline = {it.number for it in leaves if _inline(it, by_number)}
    for number in inline:
        boxes[number] = _without_pad(boxes[number])
    for one, other in combinations(leaves, 2):
        if one.above[:1] == other.above[:1] and {one.number, other.number} <= inline:
            # Pieces of one text: the box of one that goes over several lines holds the others.
            continue
        wide, high = boxes[one.number].overlap(boxes[other.number])
        if min(wide, high) > _TOUCHING:
            faults.append(f"overlapping: {one} and {other}")
    return faults


def too_small(pieces: Sequence[Piece], window: Box) -> list[str]:
    """What is too small to be pressed; what is cut by the window's edge is not judged."""
    by_number = {it.number: it for it in pieces}
    faults = []
    for piece in pieces:
        if not piece.tappable or piece.disabled or not _whole(piece, window, by_number):
            continue
        least = INLINE_TARGET if _inline(piece, by_number) else TARGET
        if min(piece.box.width, piece.box.height) < least - 0.5:
            faults.append(f"too small to press: {piece}")
    return faults


def cut_short(shown: Sequence[Piece], endless: Sequence[Piece]) -> list[str]:
    """Texts that are less high than they are where there is room without end."""
    needed = {_name(it): it.box.height for it in endless if it.leaf and it.text}
    return [
        f"cut short, needs {needed[_name(it)]:.0f}: {it}"
        for it in shown
        if it.leaf
        and it.scroller is None
        and _name(it) in needed
        and it.box.height < needed[_name(it)] - 2
        and it.box.width > 0
    ]


def not_grown(usual: Sequence[Piece], large: Sequence[Piece], factor: float) -> list[str]:
    """Texts that stay lower than their letters, of so many times the size, need."""
    by_number = {it.number: it for it in large}
    before = {name: box.height for name, (box, _) in _texts(usual).items()}

    def least(name: Hashable) -> float:
        # The margins around words belong to their box, and stay as they are.
        high = before[name]
        return max(high * _LEAST_GROWTH, (high - _MARGIN) * (1 + (factor - 1) * 0.6))

    return [
        f"does not grow with the text size, was {before[name]:.0f} high: {it}"
        for name, (box, it) in _texts(large).items()
        # A field and a disabled button are words and a margin that stays; a picture has no words.
        if it.role not in ("textbox", "button", "img")
        and not (it.scroller is not None and box.bottom > by_number[it.scroller].box.bottom - 1)
        and name in before
        and box.height < least(name)
    ]


def _texts(pieces: Sequence[Piece]) -> dict[Hashable, tuple[Box, Piece]]:
    """Every text by what it says, with its box and a piece of it to name.

    Running text is taken as a whole: a piece of it goes over as many lines as it happens to.
    """
    by_number = {it.number: it for it in pieces}
    found: dict[Hashable, tuple[Box, Piece]] = {}
    running: dict[int, list[Piece]] = {}
    for piece in pieces:
        if not (piece.leaf and piece.text):
            continue
        if piece.above and _inline(piece, by_number):
            running.setdefault(piece.above[0], []).append(piece)
        elif not piece.tappable:
            found[_name(piece)] = (piece.box, piece)
    for whole, parts in running.items():
        found[tuple(it.text for it in parts)] = (by_number[whole].box, parts[0])
    return found


def choices(pieces: Sequence[Piece]) -> dict[str, Piece]:
    """The choices to accept or refuse, by identifier."""
    return {
        it.identifier: it
        for it in pieces
        if it.tappable and it.identifier.rpartition(".")[2] in CHOICES
    }


def choices_out_of_sight(
    pieces: Sequence[Piece], window: Box, expected: Collection[str]
) -> list[str]:
    """Choices that are not all to be seen; one far below is not even in the tree."""
    by_number = {it.number: it for it in pieces}
    there = choices(pieces)
    faults = [f"out of sight: {it}" for it in expected if it not in there]
    for piece in there.values():
        area = window if piece.scroller is None else by_number[piece.scroller].box
        if not (piece.box.within(area) and piece.box.within(window)):
            faults.append(f"out of sight: {piece}")
        elif piece.box.height < TARGET - 0.5:
            faults.append(f"out of sight in part: {piece}")
    return faults


def _name(piece: Piece) -> tuple[str, str, str]:
    return piece.text, piece.role, piece.identifier


def _seen(pieces: Sequence[Piece]) -> list[Piece]:
    return [it for it in pieces if (it.leaf and it.text) or it.tappable]


def _reaches_an_edge(box: Box, window: Box) -> bool:
    return box.width > 0 and (box.left < window.left + 1 or box.right > window.right - 1)


def _in_sight(piece: Piece, by_number: dict[int, Piece]) -> Box:
    """The part of its box that no scrollable around it cuts off."""
    box = piece.box
    scroller = piece.scroller
    while scroller is not None:
        area = by_number[scroller]
        left, top = max(box.left, area.box.left), max(box.top, area.box.top)
        right, bottom = min(box.right, area.box.right), min(box.bottom, area.box.bottom)
        box = Box(left, top, max(0.0, right - left), max(0.0, bottom - top))
        scroller = area.scroller
    return box


def _without_pad(box: Box) -> Box:
    pad = _INLINE_PAD
    if min(box.width, box.height) <= 2 * pad:
        return box
    return Box(box.left + pad, box.top + pad, box.width - 2 * pad, box.height - 2 * pad)


def _inline(piece: Piece, by_number: dict[int, Piece]) -> bool:
    """Whether it is a stretch of running text, such as a link, inside the text's own piece."""
    if piece.role == "link":
        return True
    return (
        not piece.tappable
        and bool(piece.above)
        and any(
            sibling.role == "link" and sibling.above[:1] == piece.above[:1]
            for sibling in by_number.values()
        )
    )


def _whole(piece: Piece, window: Box, by_number: dict[int, Piece]) -> bool:
    """Whether it is in the window, away from where scrolling cuts it."""
    area = window if piece.scroller is None else by_number[piece.scroller].box
    return piece.box.top >= area.top and piece.box.bottom <= min(area.bottom, window.bottom) - 1
