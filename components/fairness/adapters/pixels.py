"""From a screenshot: the colours in each element's box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..colours import contrast
from ..subject import TOGGLES, Box, Element, Ink, Picture, Role
from .missing import needs

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST_PIXELS = 4
"""A colour with fewer pixels is a speck. No share: a short label may stand in a wide button."""
_MARK = 48.0
"""A switch's or box's own mark is at one end of its label, in a square of this side."""
_BLANK = 1.02


def with_ink(elements: Sequence[Element], picture: Picture) -> tuple[Element, ...]:
    """The elements with what the pixels of their boxes show."""
    image = _decoded(picture.png)
    return tuple(
        it
        if it.seen is None or not _is_looked_at(it)
        else replace(it, ink=_ink(it, it.seen, image, picture.scale))
        for it in elements
    )


# The last picture that a page was waited for with is the one that is then looked at.
@lru_cache(maxsize=1)
def _decoded(png: bytes) -> Image:
    with needs("Pillow"):
        from PIL import Image

    return Image.open(BytesIO(png)).convert("RGB")


def _is_looked_at(element: Element) -> bool:
    if element.seen is None or element.seen.width < 4 or element.seen.height < 8:
        return False
    # What is covered in part shows its neighbour's colours, too.
    # A single mark has too few pixels to say anything.
    return element.whole and any(it.isalnum() for it in element.name)


def _ink(element: Element, seen: Box, image: Image, scale: float) -> Ink | None:
    inner = seen
    if element.role is Role.BUTTON:
        # Without its outline, which is not its label.
        across, down = min(10.0, seen.width * 0.12), min(10.0, seen.height * 0.2)
        inner = Box(seen.x + across, seen.y + down, seen.width - 2 * across, seen.height - 2 * down)
    whole = _colours(image, inner, scale)
    if whole is None:
        return None
    ground, ink, value = whole
    mark = None
    if element.role in TOGGLES or element.role is Role.RADIO:
        side = min(_MARK, seen.height, seen.width)
        ends = (
            Box(seen.x, seen.y, side, seen.height),
            Box(seen.right - side, seen.y, side, seen.height),
        )
        found = [it[2] for end in ends if (it := _colours(image, end, scale)) is not None]
        mark = min((it for it in found if it > _BLANK), default=1.0)
    return Ink(ground, ink, round(value, 2), None if mark is None else round(mark, 2))


def _colours(image: Image, box: Box, scale: float) -> tuple[str, str, float] | None:
    """The most frequent colour, the one that stands out most from it, and their contrast."""
    area = (
        max(0, round(box.x * scale)),
        max(0, round(box.y * scale)),
        min(image.width, round(box.right * scale)),
        min(image.height, round(box.bottom * scale)),
    )
    if area[2] - area[0] < 2 or area[3] - area[1] < 2:
        return None
    part = image.crop(area)
    count = Counter(
        {_hex(colour): n for n, colour in part.getcolors(part.width * part.height) or ()}
    )
    ground, _ = count.most_common(1)[0]
    frequent = [colour for colour, n in count.items() if n >= _LEAST_PIXELS] or [ground]
    ink = max(frequent, key=lambda it: contrast(it, ground))
    return ground, ink, contrast(ink, ground)


def _hex(colour: Any) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
