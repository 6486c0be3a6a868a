"""The picture and the table of the rooms and what they import, from the imports themselves.

``python -m tests.project.rooms_picture`` writes ``docs/pictures/rooms.svg`` anew, and the last
column of the table in ``docs/architecture.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from .drawing import Box, Kind, arrow, picture, rectangle, text
from .imports import Moment, read_package
from .walls import FLET, NETWORK, REACH, _module_of

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
TABLE = ROOT / "docs" / "architecture.md"
KIT = "kit"
"""The modules beside the rooms, as one."""
PLAIN = frozenset({"answers", "listeners", "places"})
"""Of these the ones that are plain data for everybody, and tie nobody to the kit."""

COLUMNS: Mapping[str, tuple[int, str]] = {
    "prototype": (2, "a host to try it in"),
    "kit": (1, "what a host sees"),
    "notices": (1, "what is shown"),
    "centre": (1, "what can be changed"),
    "surface": (1, "parts of every screen"),
    "sync": (1, "how it travels"),
    "consent": (1, "what was chosen"),
    "policy": (1, "what is said"),
    "i18n": (0, "in which words"),
    "fairness": (2, "is it fair"),
    "verifying": (2, "is it true"),
    "endpoint": (3, "where it arrives"),
    "study_room": (3, "where a study is held"),
    "study": (3, "how people fare"),
    "conformance": (4, "is the protocol kept"),
    "phone": (4, "what a build declares"),
}
"""Where a room stands from left to right, and what it is for. The rows are worked out."""

_WIDTH, _HEIGHT = 144, 50
_ACROSS, _DOWN = _WIDTH + 18, _HEIGHT + 40
_MARGIN = 20
_BEND = 10
_LEGEND = {
    Kind.STILL: "no Flet, and no socket",
    Kind.FAR: "no Flet",
    Kind.SEEN: "may use both",
}

Rooms = Mapping[str, frozenset[str]]


def rooms(folder: Path) -> Rooms:
    """What each room of a package imports of the others, now or later; types alone do not count.

    The modules beside the rooms are one room called ``kit``, without those that are plain data.
    """
    modules = read_package(folder)
    found: dict[str, set[str]] = {}

    def room_of(module: str) -> str:
        parts = module.split(".")[1:]
        if parts and (folder / parts[0]).is_dir():
            return parts[0]
        return "" if not parts or parts[0] in {*PLAIN, "__main__"} else KIT

    for module in modules.values():
        room = room_of(module.name)
        if not room:
            continue
        imported = found.setdefault(room, set())
        for it in module.imports:
            target = _module_of(it, modules) if it.moment is not Moment.NEVER else None
            if target is not None:
                imported.add(room_of(target))
    return {room: frozenset(imported - {room, ""}) for room, imported in found.items()}


def without_shortcuts(imports: Rooms) -> Rooms:
    """The imports that do not follow from others: with a to b and b to c, a to c is left out."""
    below = {room: _reached(room, imports) for room in imports}
    return {
        room: frozenset(it for it in targets if not any(it in below[other] for other in targets))
        for room, targets in imports.items()
    }


def rows(imports: Rooms) -> Mapping[str, int]:
    """How high each room stands: above all that it imports, counted from the ground.

    A room that imports nothing stands just below those that need it.
    """
    heights: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in heights:
            heights[room] = 1 + max(map(height, imports[room]), default=-1)
        return heights[room]

    for room in imports:
        height(room)
    for room, targets in imports.items():
        above = [heights[other] for other, its in imports.items() if room in its]
        if not targets and above:
            heights[room] = min(above) - 1
    return heights


def draw(imports: Rooms) -> str:
    """The picture, as SVG."""
    missing = imports.keys() - COLUMNS.keys()
    if missing:
        raise ValueError(f"{', '.join(sorted(missing))}: give it a column in {__name__}.COLUMNS")
    heights, few = rows(imports), without_shortcuts(imports)
    top = max(heights.values())
    boxes = {
        room: Box(
            *(room, words, _kind(room)),
            left=_MARGIN + column * _ACROSS,
            top=_MARGIN + (top - heights[room]) * _DOWN,
            width=_WIDTH,
            height=_HEIGHT,
        )
        for room, (column, words) in COLUMNS.items()
        if room in imports
    }
    arrows = [_arrow(boxes[room], boxes[target]) for room in boxes for target in sorted(few[room])]
    width = 2 * _MARGIN + max(box.left + box.width - _MARGIN for box in boxes.values())
    described = "; ".join(
        f"{room} imports {', '.join(sorted(targets))}"
        for room, targets in imports.items()
        if targets
    )
    parts = [*arrows, *(box.svg() for box in boxes.values()), *_legend(boxes)]
    height = 2 * _MARGIN + top * _DOWN + _HEIGHT
    return picture(width, height, "The rooms of the kit", f"{described}.", parts)


def tabulated(text: str, imports: Rooms) -> str:
    """A text whose rows ``| `room` | words | imports |`` say what each room imports."""

    def row(found: re.Match[str]) -> str:
        if found["room"] not in imports:
            return found[0]
        named = ", ".join(f"`{it}`" for it in sorted(imports[found["room"]]))
        return f"{found['kept']}{named or 'nothing'} |"

    return re.sub(r"^(?P<kept>\| `(?P<room>\w+)` \| [^|]+ \| )[^|]+ \|$", row, text, flags=re.M)


def _reached(room: str, imports: Rooms) -> frozenset[str]:
    return imports[room].union(*(_reached(other, imports) for other in imports[room]))


def _kind(room: str) -> Kind:
    forbidden = set(REACH.get(room, ()))
    if forbidden.issuperset(NETWORK):
        return Kind.STILL
    return Kind.FAR if forbidden.issuperset(FLET) else Kind.SEEN


def _arrow(start: Box, end: Box) -> str:
    """Straight down, or round a corner: between two rows, or out at the side and down."""
    x, y = end.middle, end.top - 2
    if start.middle == x:
        return arrow(f"M{x:g} {start.bottom:g}V{y:g}")
    right = x > start.middle
    turn = x - _BEND if right else x + _BEND
    if y - start.bottom > _DOWN:
        side, level = (start.left + start.width if right else start.left), start.top + 25
        return arrow(f"M{side:g} {level:g}H{turn:g}Q{x:g} {level:g} {x:g} {level + _BEND:g}V{y:g}")
    level, leave = start.bottom + 18, start.middle + (_BEND if right else -_BEND)
    return arrow(
        f"M{start.middle:g} {start.bottom:g}V{level - _BEND:g}"
        f"Q{start.middle:g} {level:g} {leave:g} {level:g}"
        f"H{turn:g}Q{x:g} {level:g} {x:g} {level + _BEND:g}V{y:g}"
    )


def _legend(boxes: Mapping[str, Box]) -> list[str]:
    """What the looks mean, at the foot, to the right of what stands there."""
    ground = max(boxes.values(), key=lambda box: box.top)
    left, top = ground.left + 2 * _ACROSS, ground.bottom - 3 * 24 + 8
    parts = []
    for number, (kind, words) in enumerate(_LEGEND.items()):
        y = top + 24 * number
        parts += [rectangle(left, y, 26, 16, kind), text(words, left + 36, y + 12.5, "words side")]
    return parts


if __name__ == "__main__":
    found = rooms(ROOT / "components")
    PICTURE.write_text(draw(found), encoding="utf-8")
    TABLE.write_text(tabulated(TABLE.read_text(encoding="utf-8"), found), encoding="utf-8")
