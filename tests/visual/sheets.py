"""Contact sheets: every example in small, a sheet for each component, for docs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .pictures import Picture, wanted

SHEETS = Path(__file__).resolve().parents[2] / "docs" / "contact-sheets"
_HEIGHT = 560
_GAP = 16
_LABEL = 28
_ACROSS = 5
_COLOURS = 128


class Sheets:
    """Collects pictures and lays them out."""

    def __init__(self) -> None:
        self._pictures: dict[str, list[tuple[Picture, Image.Image]]] = {}

    def add(self, picture: Picture, data: bytes) -> None:
        """Take a picture in."""
        component = picture.address.strip("/").partition("/")[0]
        whole = Image.open(BytesIO(data)).convert("RGB")
        size = (round(whole.width * _HEIGHT / whole.height), _HEIGHT)
        small = whole.resize(size, Image.Resampling.LANCZOS)
        self._pictures.setdefault(component, []).append((picture, small))

    def write(self) -> list[Path]:
        """Write a PNG for each component, and a page that shows them all."""
        SHEETS.mkdir(parents=True, exist_ok=True)
        for old in SHEETS.glob("*.png"):
            old.unlink()
        paths = []
        for component, pictures in sorted(self._pictures.items()):
            pictures.sort(key=lambda it: _place(it[0]))
            path = SHEETS / f"{component}.png"
            few = _sheet(pictures).quantize(_COLOURS, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
            paths.append(path)
        lines = [
            "# Contact sheets",
            "",
            "Every example of every component, as Chromium draws it. Written by",
            "`python -m tests.visual --sheets`; do not edit.",
            "",
        ]
        for path in paths:
            lines += [f"## {path.stem}", "", f"![{path.stem}]({path.name})", ""]
        (SHEETS / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
        return paths


def _place(picture: Picture) -> tuple[int, int]:
    everything = wanted()
    addresses = list(dict.fromkeys(it.address for it in everything))
    views = list(dict.fromkeys(it.view for it in everything))
    return addresses.index(picture.address), views.index(picture.view)


def _sheet(pictures: list[tuple[Picture, Image.Image]]) -> Image.Image:
    rows = [pictures[at : at + _ACROSS] for at in range(0, len(pictures), _ACROSS)]
    width = max(sum(it.width + _GAP for _, it in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (width, len(rows) * (_HEIGHT + _LABEL + _GAP) + _GAP), "#DDE1E2")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    top = _GAP
    for row in rows:
        left = _GAP
        for picture, small in row:
            example = picture.address.rpartition("/")[2]
            draw.text((left, top), f"{example} · {picture.view.name}", font=font, fill="#202628")
            sheet.paste(small, (left, top + _LABEL))
            left += small.width + _GAP
        top += _HEIGHT + _LABEL + _GAP
    return sheet
