"""Contact sheets: every example in small, a sheet for each component, and a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .wanted import VIEWS, Picture

SHEETS = Path(__file__).resolve().parents[2] / "docs" / "contact-sheets"
MOST_BYTES = 4_000_000
"""Of all sheets together."""
MOST_BYTES_OF_ONE = 1_000_000
_HEIGHT = 440
_GAP = 14
_LABEL = 24
_WIDTH = 1320
_GROUND = "#DDE1E2"
_ROWS_OF_ONE = 4


class Sheets:
    """Collects pictures and lays them out."""

    def __init__(self) -> None:
        self._pictures: dict[str, list[tuple[Picture, Image.Image]]] = {}

    def add(self, picture: Picture, whole: Image.Image) -> None:
        """Take a picture in."""
        size = (round(whole.width * _HEIGHT / whole.height), _HEIGHT)
        small = whole.resize(size, Image.Resampling.LANCZOS)
        self._pictures.setdefault(picture.component, []).append((picture, small))

    def write(self) -> list[Path]:
        """Write the sheets of each component, and a page that shows them all.

        Raises:
            ValueError: They are too large for a repository.
        """
        SHEETS.mkdir(parents=True, exist_ok=True)
        for old in SHEETS.glob("*.webp"):
            old.unlink()
        page = [
            "# Contact sheets",
            "",
            "Every example of every component, as Chromium draws it: each one on a phone in"
            " Chinese, the first of each component also in the dark, in English, in Arabic and on"
            " a desktop. Written by `python -m tests.visual --sheets`; do not edit.",
            "",
        ]
        written: list[Path] = []
        for component, pictures in sorted(self._pictures.items()):
            page += [f"## {component}", ""]
            # Examples in the order of the gallery, then the other ways to look at the first.
            pictures.sort(key=lambda it: VIEWS.index(it[0].view))
            for number, rows in enumerate(_sheets(pictures), 1):
                path = SHEETS / (
                    f"{component}.webp" if number == 1 else f"{component}-{number}.webp"
                )
                path.write_bytes(_packed(_sheet(rows)))
                names = ", ".join(f"{it.example} {it.view.name}" for row in rows for it, _ in row)
                page += [f"![{component}: {names}]({path.name})", ""]
                written.append(path)
        (SHEETS / "README.md").write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")
        sizes = {it.name: it.stat().st_size for it in written}
        if sum(sizes.values()) > MOST_BYTES or max(sizes.values()) > MOST_BYTES_OF_ONE:
            raise ValueError(f"the sheets are too large for a repository: {sizes}")
        return written


_Row = list[tuple[Picture, Image.Image]]


def _sheets(pictures: Sequence[tuple[Picture, Image.Image]]) -> list[list[_Row]]:
    """The rows of each sheet, as many pictures in a row as there is room for."""
    rows: list[_Row] = [[]]
    for it in pictures:
        row = rows[-1]
        if row and sum(small.width + _GAP for _, small in row) + it[1].width + 2 * _GAP > _WIDTH:
            rows.append([])
        rows[-1].append(it)
    return [rows[at : at + _ROWS_OF_ONE] for at in range(0, len(rows), _ROWS_OF_ONE)]


def _sheet(rows: list[_Row]) -> Image.Image:
    width = max(sum(small.width + _GAP for _, small in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (width, len(rows) * (_HEIGHT + _LABEL + _GAP) + _GAP), _GROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(14)
    top = _GAP
    for row in rows:
        left = _GAP
        for picture, small in row:
            label = f"{picture.example}, {picture.view.name}"
            draw.text((left, top), label, font=font, fill="#202628")
            sheet.paste(small, (left, top + _LABEL))
            left += small.width + _GAP
        top += _HEIGHT + _LABEL + _GAP
    return sheet


def _packed(sheet: Image.Image) -> bytes:
    data = BytesIO()
    # A palette would have to give up the accent or the grounds; this keeps every colour.
    sheet.save(data, "WEBP", quality=80, method=6)
    return data.getvalue()
