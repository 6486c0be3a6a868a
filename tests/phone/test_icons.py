"""The pictures of a built app: the committed ones are the drawn ones, and they can be seen."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from components.prototype.app_icons import SIZE, main

ROOT = Path(__file__).resolve().parents[2]
FLET = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]
REMEDY = "run `python -m components.prototype.app_icons` and commit what it draws"
SURE_TO_BE_SEEN = 72 / 108
"""Android's adaptive foreground: the circle that no launcher cuts into, as a share of the side."""
GRAPHICS = 3.0
"""WCAG 2.2, 1.4.11: the contrast of what has to be made out."""

Colour = tuple[int, int, int]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the command draws."""
    folder = tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["app_icons", str(folder)])
        main()
    return folder


def committed(name: str) -> Image.Image:
    return Image.open(ROOT / "assets" / name)


def test_the_committed_pictures_are_the_drawn_ones(drawn: Path) -> None:
    names = {path.name for path in drawn.iterdir()}
    assert names == {path.name for path in (ROOT / "assets").glob("*.png")}
    for name in names:
        picture = Image.open(drawn / name)
        assert picture.size == (SIZE, SIZE)
        difference = ImageChops.difference(committed(name).convert("RGBA"), picture.convert("RGBA"))
        # Another version of Pillow may round an edge otherwise.
        assert max(ImageStat.Stat(difference).mean) < 1, f"{name}: {REMEDY}"


def test_apple_gets_no_transparency() -> None:
    alpha = committed("icon_ios.png").convert("RGBA").getchannel("A")
    assert alpha.getextrema() == (255, 255)


@pytest.mark.parametrize("name", ["icon_android.png", "splash.png", "splash_dark.png"])
def test_no_launcher_cuts_into_the_mark(name: str) -> None:
    alpha = committed(name).convert("RGBA").getchannel("A")
    middle = SIZE / 2
    farthest = max(
        math.hypot(x - middle, y - middle)
        for y in range(0, SIZE, 4)
        for x in range(0, SIZE, 4)
        if alpha.getpixel((x, y))
    )
    assert 0.5 * SURE_TO_BE_SEEN < farthest / middle < SURE_TO_BE_SEEN


def luminance(colour: Colour) -> float:
    parts = [it / 255 for it in colour]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(text: str) -> Colour:
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


@pytest.mark.parametrize(
    ("name", "ground"),
    [
        ("icon.png", FLET["icon_background"]),
        ("icon_android.png", FLET["icon_background"]),
        ("icon_ios.png", FLET["icon_background"]),
        ("icon_macos.png", FLET["icon_background"]),
        ("splash.png", FLET["splash"]["color"]),
        ("splash_dark.png", FLET["splash"]["dark_color"]),
    ],
)
def test_sun_and_choices_are_made_out_at_48_pixels(name: str, ground: str) -> None:
    picture = Image.new("RGBA", (SIZE, SIZE), ground)
    picture.alpha_composite(committed(name).convert("RGBA"))
    if name not in ("icon.png", "icon_ios.png"):
        # What a launcher or a screen shows of it: the middle.
        edge = round(SIZE * (1 - SURE_TO_BE_SEEN) / 2)
        picture = picture.crop((edge, edge, SIZE - edge, SIZE - edge))
    small = picture.convert("RGB").resize((48, 48), Image.Resampling.LANCZOS)
    parts = small.tobytes()
    colours = [(parts[at], parts[at + 1], parts[at + 2]) for at in range(0, len(parts), 3)]
    clear = [it for it in colours if contrast(it, rgb(ground)) >= GRAPHICS]
    # The mark is there, with air around it.
    assert 0.1 < len(clear) / len(colours) < 0.4


def test_a_build_shows_one_colour_from_the_first_frame_on() -> None:
    boot = FLET["boot_screen"]["flet"]
    assert FLET["splash"] == {"color": boot["bgcolor_light"], "dark_color": boot["bgcolor_dark"]}
