"""What the comparison has to notice, and what it must not."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.visual.comparing import compare, difference_picture
from tests.visual.pictures import packed

SIZE = (412, 600)


@pytest.fixture(scope="module")
def letters() -> ImageFont.FreeTypeFont:
    loaded = ImageFont.load_default(16)
    assert isinstance(loaded, ImageFont.FreeTypeFont)
    return loaded


def screen(
    letters: ImageFont.FreeTypeFont,
    *,
    words: str = "You can browse films without agreeing",
    button: int = 40,
    label: str = "#1F5F6B",
    ground: str = "#F5FAFB",
) -> Image.Image:
    """A screen with a heading, some lines and a button."""
    picture = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(picture)
    draw.text((20, 20), "Welcome to Epiao", font=letters, fill="#171D1E")
    for line in range(6):
        draw.text(
            (20, 80 + 30 * line),
            "Extra features are off until you decide",
            font=letters,
            fill="#3F484A",
        )
    draw.text((20, 300), words, font=letters, fill="#3F484A")
    draw.rounded_rectangle((button, 500, button + 150, 548), 12, outline="#6F797A")
    draw.text((button + 40, 514), "Agree", font=letters, fill=label)
    return picture


@pytest.mark.parametrize(
    "change",
    [
        {"words": "You can choose films without agreeing"},
        {"words": "You can browse seats without agreeing"},
        {"button": 44},
        {"button": 48},
        {"label": "#BA1A1A"},
        {"ground": "#E3E9EA"},
    ],
)
def test_a_change_is_noticed(letters: ImageFont.FreeTypeFont, change: dict[str, object]) -> None:
    found = compare(screen(letters), screen(letters, **change))  # type: ignore[arg-type]
    assert not found.same
    assert difference_picture(screen(letters), screen(letters), found).width > SIZE[0] * 3


def test_another_size_is_noticed() -> None:
    assert compare(Image.new("RGB", (8, 8)), Image.new("RGB", (8, 16))).size_differs


def test_noise_of_another_machine_is_not(letters: ImageFont.FreeTypeFont) -> None:
    before = screen(letters)
    assert compare(before, before).same
    # Letters smoothed otherwise, heavier or lighter by a little.
    smoother = Image.blend(before, before.filter(ImageFilter.GaussianBlur(0.6)), 0.5)
    assert compare(before, smoother).same
    # A quarter of a pixel beside.
    moved = before.transform(
        before.size, Image.Transform.AFFINE, (1, 0, 0.25, 0, 1, 0), Image.Resampling.BILINEAR
    )
    assert compare(before, moved).same
    # Colours rounded otherwise.
    noise = Image.effect_noise(SIZE, 6).convert("RGB")
    rounded = ImageChops.add(before, noise, scale=1.0, offset=-128)
    assert compare(before, rounded).same


def test_a_packed_picture_is_still_the_same(letters: ImageFont.FreeTypeFont) -> None:
    before = screen(letters)
    assert Image.open(BytesIO(packed(before))).convert("RGB").tobytes() == before.tobytes()
