"""Colours by lightness: the same hue, as light or dark as a contrast asks for.

Lightness is that of CIELAB, 0 to 100, which is also the tone of Material's own colour model. The
contrast between two colours follows from their lightness alone, so that a scheme made of tones
keeps its ratios whatever the seed.
"""

from __future__ import annotations

_WHITE = (0.95047, 1.0, 1.08883)
"""D65, the white of sRGB."""


def tone(seed: str, lightness: float, colourfulness: float = 1.0) -> str:
    """A colour of the seed's hue.

    Args:
        seed: As ``#1F5F6B``.
        lightness: 0 is black, 100 is white.
        colourfulness: How much of the seed's chroma stays; 0 gives a grey.

    Returns:
        The colour as ``#rrggbb``; where the screen cannot show so much chroma, with less.
    """
    _, a, b = _to_lab(_channels(seed))
    for step in range(21):
        share = colourfulness * (1 - step / 20)
        linear = _from_lab(lightness, a * share, b * share)
        if all(-1e-4 <= channel <= 1.0001 for channel in linear):
            break
    return "#" + "".join(f"{round(_encode(channel) * 255):02x}" for channel in linear)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG between two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    red, green, blue = (_decode(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return red, green, blue


def _decode(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encode(channel: float) -> float:
    value = min(max(channel, 0.0), 1.0)
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = rgb
    xyz = (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )
    x, y, z = (
        (value / white) ** (1 / 3) if value / white > 0.008856 else 7.787 * value / white + 16 / 116
        for value, white in zip(xyz, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _from_lab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    middle = (lightness + 16) / 116
    x, y, z = (
        white * (value**3 if value**3 > 0.008856 else (value - 16 / 116) / 7.787)
        for value, white in zip((middle + a / 500, middle, middle - b / 200), _WHITE, strict=True)
    )
    return (
        3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
        -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
    )
