"""Whether two pictures of a screen look the same to a person.

Both are cut into blocks of 8 pixels. A block has changed if its mean colour has, or if how much
light and dark there is in it has. Smoothing of edges moves neither by much, and so does a shift of
less than half a pixel; a word that is another word, a button that has moved, or a surface of
another colour changes whole groups of neighbouring blocks, and those count: a single block that
stands alone does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

BLOCK = 8
COLOUR_STEP = 6
"""By how much, of 255, the mean of a block may differ."""
DETAIL_STEP = 8
"""By how much, of 255, the spread of light within a block may differ."""
LEAST_GROUP = 2
"""So many neighbouring blocks are a change."""


@dataclass(frozen=True)
class Comparison:
    """What came of comparing.

    Attributes:
        changed: Column and row of each block that belongs to a change.
        size_differs: Whether the pictures have different sizes; nothing else is compared then.
    """

    changed: frozenset[tuple[int, int]]
    size_differs: bool = False

    @property
    def same(self) -> bool:
        """Whether a person would see no difference."""
        return not self.changed and not self.size_differs


def compare(before: Image.Image, now: Image.Image) -> Comparison:
    """Compare two pictures."""
    if before.size != now.size:
        return Comparison(frozenset(), size_differs=True)
    one, other = _blurred(before), _blurred(now)
    columns, rows = one.width // BLOCK, one.height // BLOCK
    size = (columns, rows)
    box = (0, 0, columns * BLOCK, rows * BLOCK)
    means = [it.resize(size, Image.Resampling.BOX, box) for it in (one, other)]
    colour = ImageChops.difference(means[0], means[1])
    details = [_detail(it, size, box) for it in (one, other)]
    detail = ImageChops.difference(details[0], details[1])
    changed = {
        (column, row)
        for column in range(columns)
        for row in range(rows)
        if _largest(colour, column, row) > COLOUR_STEP
        or _largest(detail, column, row) > DETAIL_STEP
    }
    return Comparison(frozenset(_in_groups(changed)))


def difference_picture(before: Image.Image, now: Image.Image, found: Comparison) -> Image.Image:
    """Before, now, and now with what has changed outlined, side by side."""
    marked = now.convert("RGB")
    draw = ImageDraw.Draw(marked)
    for column, row in found.changed:
        left, top = column * BLOCK, row * BLOCK
        draw.rectangle((left, top, left + BLOCK - 1, top + BLOCK - 1), outline="#D0006F")
    pictures = [before.convert("RGB"), now.convert("RGB"), marked]
    gap = BLOCK
    width = sum(it.width for it in pictures) + gap * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(it.height for it in pictures)), "#808080")
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + gap
    return sheet


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").filter(ImageFilter.BoxBlur(1))


def _detail(
    picture: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int]
) -> Image.Image:
    """How far the pixels of each block are, on average, from the block's mean light."""
    grey = picture.convert("L").crop(box)
    mean = grey.resize(size, Image.Resampling.BOX).resize(grey.size, Image.Resampling.NEAREST)
    return ImageChops.difference(grey, mean).resize(size, Image.Resampling.BOX)


def _largest(picture: Image.Image, column: int, row: int) -> int:
    value = picture.getpixel((column, row))
    return max(value) if isinstance(value, tuple) else int(value or 0)


def _in_groups(changed: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The blocks that are not alone."""
    left, kept = set(changed), set()
    while left:
        group, edge = set(), [left.pop()]
        while edge:
            column, row = edge.pop()
            group.add((column, row))
            for near in [(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]:
                if near in left:
                    left.remove(near)
                    edge.append(near)
        if len(group) >= LEAST_GROUP:
            kept |= group
    return kept
