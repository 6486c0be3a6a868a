"""Posters, drawn here: shapes and gradients as SVG, sharp at any size and nobody else's picture.

Each is a scene of 200 by 300 units. The words of a poster are not part of it: they stand beside
it, where they grow with the text and are spoken.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import flet as ft

from ..surface import tokens

_WIDTH, _HEIGHT = 200, 300
_BANNER = 110
"""How much of a poster's height a banner shows at most; a lower one shows the middle of that."""
RATIO = _WIDTH / _HEIGHT
"""Width to height."""


def poster(film_id: str, *, width: float | None = None, height: float | None = None) -> ft.Control:
    """The poster of a film; screen readers pass over it, because its title stands beside it.

    Args:
        film_id: As in the listings.
        width: In logical pixels; None takes what there is.
        height: None follows from the width.
    """
    tall = height is None and width is not None
    return ft.Semantics(
        content=ft.Container(
            ft.Image(src=drawing(film_id), fit=ft.BoxFit.COVER, exclude_from_semantics=True),
            width=width,
            height=width / RATIO if tall and width is not None else height,
            aspect_ratio=RATIO if width is None and height is None else None,
            border_radius=tokens.RADIUS,
            clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        ),
        exclude_semantics=True,
    )


def banner(film_id: str, height: float) -> ft.Control:
    """A strip of the poster, as wide as there is room, for the head of a page.

    However low the strip is, what the poster is about stands in its middle.
    """
    return ft.Semantics(
        content=ft.Container(
            ft.Image(
                src=drawing(film_id, top=_FOCUS[film_id] - _BANNER // 2, height=_BANNER),
                fit=ft.BoxFit.COVER,
                width=math.inf,
                height=height,
                exclude_from_semantics=True,
            ),
            border_radius=tokens.RADIUS,
            clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        ),
        exclude_semantics=True,
    )


def drawing(film_id: str, *, top: float = 0, height: float = _HEIGHT) -> str:
    """The poster as SVG, or a strip of it as wide as the poster; lengths are the scene's units."""
    sky, scene = _SCENES[film_id]
    stops = "".join(
        f'<stop offset="{at / (len(sky) - 1):.2f}" stop-color="{colour}"/>'
        for at, colour in enumerate(sky)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {_WIDTH} {height}">'
        '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">'
        f"{stops}</linearGradient></defs>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="url(#sky)"/>{scene()}</svg>'
    )


def _circle(x: float, y: float, radius: float, fill: str, opacity: float = 1) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" opacity="{opacity}"/>'


def _shape(path: str, fill: str, opacity: float = 1) -> str:
    return f'<path d="{path}" fill="{fill}" opacity="{opacity}"/>'


def _line(path: str, colour: str, width: float, opacity: float = 1) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"'
        f' stroke-linecap="round" opacity="{opacity}"/>'
    )


def _box(x: float, y: float, wide: float, tall: float, fill: str, radius: float = 0) -> str:
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="{radius}" fill="{fill}"/>'


def _wave(y: float, swing: float, fill: str, opacity: float = 1) -> str:
    return _shape(
        f"M0 {y} Q25 {y - swing} 50 {y} T100 {y} T150 {y} T200 {y} V300 H0 Z", fill, opacity
    )


def _hill(left: float, top: float, right: float, fill: str) -> str:
    return _shape(f"M0 {left} Q60 {top} 110 {(left + right) / 2} T200 {right} V300 H0 Z", fill)


def _stars(count: int, lowest: float) -> str:
    # By the golden ratio: spread evenly, without looking like a grid.
    return "".join(
        _circle(
            (at * 0.618 * _WIDTH) % _WIDTH, (at * 37) % lowest + 6, 0.7 + at % 3 * 0.4, "#fff", 0.75
        )
        for at in range(1, count)
    )


def _lighthouse() -> str:
    return (
        _stars(34, 150)
        + _circle(42, 62, 20, "#fdf3d0", 0.95)
        + _shape("M120 112 L-20 70 L-20 150 Z", "#ffe9a8", 0.28)
        + _shape("M128 112 L230 84 L230 140 Z", "#ffe9a8", 0.2)
        + _shape("M113 122 L135 122 L142 238 L106 238 Z", "#f7f2ea")
        + _shape("M111.5 150 L136.7 150 L138.4 178 L109.8 178 Z", "#c8463c")
        + _shape("M108.2 206 L140.2 206 L142 238 L106 238 Z", "#c8463c")
        + _box(111, 102, 26, 20, "#26364a", 2)
        + _circle(124, 112, 7, "#ffe9a8")
        + _shape("M108 103 L124 88 L140 103 Z", "#c8463c")
        + _shape("M60 250 Q124 214 200 244 V300 H60 Z", "#16202e")
        + _wave(256, 7, "#21506b", 0.9)
        + _wave(272, 8, "#173b54")
    )


def _tea() -> str:
    return (
        _circle(146, 70, 30, "#fff3c9", 0.95)
        + _hill(176, 118, 150, "#a9c48a")
        + _hill(206, 150, 190, "#7fa766")
        + _hill(232, 200, 220, "#5a8a52")
        + _box(0, 246, 200, 54, "#6d4a35")
        + _line("M138 206 Q168 200 160 226 Q156 238 138 236", "#f5eee2", 7)
        + _line("M64 214 Q46 206 42 190", "#f5eee2", 9)
        + _shape("M62 200 Q100 186 140 200 Q150 250 118 254 H84 Q52 250 62 200 Z", "#f5eee2")
        + _shape("M76 195 Q101 178 126 195 Q101 200 76 195 Z", "#e4d8c4")
        + _circle(101, 182, 5, "#b5664a")
        + _shape("M92 222 Q101 208 110 222 Q101 236 92 222 Z", "#7fa766")
        + _line("M92 166 Q84 152 94 140 T92 112", "#ffffff", 4, 0.7)
        + _line("M112 162 Q104 150 114 138 T112 118", "#ffffff", 3, 0.5)
    )


def _train() -> str:
    windows = "".join(_box(26 + at * 34, 190, 22, 24, "#ffdf8e", 3) for at in range(5))
    wheels = "".join(
        _circle(x, 254, 9, "#0c1614") + _circle(x, 254, 3.5, "#6b7f78") for x in (34, 62, 128, 156)
    )
    return (
        _stars(26, 120)
        + _circle(150, 58, 24, "#f4ecd2")
        + _circle(159, 52, 20, "#1c3140")
        + _hill(170, 128, 160, "#14262b")
        + _hill(196, 166, 190, "#0f1d20")
        + _box(-10, 172, 200, 74, "#2f6b4f", 10)
        + _box(-10, 224, 200, 6, "#e5c35a")
        + windows
        + _shape("M186 206 L240 190 L240 250 L186 222 Z", "#ffe9a8", 0.35)
        + _box(40, 196, 8, 18, "#3a3026", 3)
        + wheels
        + _box(0, 262, 200, 4, "#59655f")
        + _box(0, 266, 200, 34, "#0b1312")
    )


def _whale() -> str:
    return (
        _circle(100, 92, 40, "#ffe3a3", 0.9)
        + _circle(38, 60, 12, "#ffffff", 0.7)
        + _circle(54, 56, 16, "#ffffff", 0.7)
        + _circle(72, 62, 11, "#ffffff", 0.7)
        + _wave(168, 8, "#7cc7d6")
        + _line("M84 138 Q82 116 68 112 M84 138 Q86 114 100 110", "#ffffff", 4, 0.9)
        + _shape(
            "M34 196 Q40 140 96 142 Q140 144 152 184 Q166 178 168 156 Q182 150 190 162"
            " Q184 200 150 214 Q120 232 84 228 Q40 224 34 196 Z",
            "#2f5f86",
        )
        + _shape("M40 208 Q80 222 128 212 Q112 232 80 228 Q50 224 40 208 Z", "#dcebf0")
        + _circle(62, 182, 4.5, "#10202e")
        + _circle(63.5, 180.5, 1.4, "#ffffff")
        + _line("M44 200 Q54 208 66 203", "#10202e", 2)
        + _wave(222, 9, "#3f9db4", 0.92)
        + _wave(250, 9, "#2a7c97")
        + _wave(276, 8, "#1d6079")
    )


def _orbit() -> str:
    return (
        _stars(60, 290)
        + _circle(100, 300, 128, "#2d6fae")
        + _circle(100, 308, 124, "#1c4f86")
        + _shape("M26 236 Q60 214 92 226 Q74 250 44 250 Z", "#79b48a", 0.8)
        + _shape("M116 220 Q150 214 176 242 Q146 258 124 244 Z", "#79b48a", 0.8)
        + '<ellipse cx="100" cy="150" rx="88" ry="30" fill="none" stroke="#9fb7ff"'
        ' stroke-width="1.5" stroke-dasharray="3 6" opacity="0.8"/>'
        + _circle(164, 48, 13, "#d8d3e8")
        + _circle(160, 45, 3, "#b4adca")
        + _box(54, 108, 34, 18, "#4a5fae", 2)
        + _box(112, 108, 34, 18, "#4a5fae", 2)
        + _line("M71 108 V126 M129 108 V126 M54 117 H88 M112 117 H146", "#8ea2ea", 1.2)
        + _box(86, 98, 28, 38, "#eceaf4", 9)
        + _circle(100, 112, 6, "#f6b656")
        + _shape("M92 136 H108 L112 146 H88 Z", "#a7a3b8")
    )


def _kite() -> str:
    roofs = "".join(
        _box(x, y, 50, 300 - y, wall)
        + _shape(f"M{x - 6} {y} Q{x + 25} {y - 30} {x + 56} {y} Z", roof)
        + _box(x + 18, y + 18, 14, 18, "#ffd58a", 1)
        for x, y, wall, roof in (
            (-6, 222, "#8a4a3d", "#4b2a2c"),
            (48, 238, "#a65a46", "#5a3031"),
            (100, 226, "#934f40", "#4b2a2c"),
            (154, 240, "#a65a46", "#5a3031"),
        )
    )
    return (
        _circle(40, 78, 24, "#fff0c4", 0.95)
        + _circle(150, 150, 14, "#ffffff", 0.5)
        + _circle(168, 146, 18, "#ffffff", 0.5)
        + _circle(188, 152, 12, "#ffffff", 0.5)
        + _line("M118 104 Q96 170 108 236", "#7a3b34", 1.4, 0.8)
        + _shape("M118 36 L152 72 L118 126 L84 72 Z", "#d9483b")
        + _shape("M118 36 L152 72 L118 72 Z", "#f2a33c")
        + _shape("M118 72 L118 126 L84 72 Z", "#f2a33c")
        + _line("M118 126 Q106 142 120 156 T114 184", "#d9483b", 3)
        + _shape("M110 146 L126 150 L112 158 Z", "#3f7d8c")
        + _shape("M108 170 L124 172 L112 182 Z", "#3f7d8c")
        + roofs
    )


_SCENES: dict[str, tuple[tuple[str, ...], Callable[[], str]]] = {
    "lighthouse": (("#131b33", "#28456b", "#6d6f94", "#d99a7c"), _lighthouse),
    "tea": (("#f6d9a4", "#f3e6c4", "#cfe0b4"), _tea),
    "train": (("#101d2b", "#1c3140", "#2e5154"), _train),
    "whale": (("#8fd3e6", "#ffd9b8", "#ffc39a"), _whale),
    "orbit": (("#0a0a1f", "#1b1b46", "#3a2f6b"), _orbit),
    "kite": (("#78bcd1", "#c4dfd6", "#f8d9a6"), _kite),
}
_FOCUS = {"lighthouse": 132, "tea": 208, "train": 214, "whale": 178, "orbit": 126, "kite": 88}
"""How far down the middle of what a poster is about is."""
