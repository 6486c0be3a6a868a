"""`python -m tests.visual.scenarios`: each scenario of the demo as a sheet of pictures, and a page.

The pictures are those of `mingshi demo --scenario all --screenshots FOLDER`.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from components.i18n import Language
from components.places import data_folder
from components.policy import load_pack
from components.prototype.scenarios.catalogue import SCENARIOS
from components.prototype.scenarios.model import Scenario
from components.prototype.scenarios.pictures import play_for_pictures
from components.prototype.scenarios.states import PlayerState

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHEETS = DOCS / "scenarios"
PAGE = DOCS / "scenarios.md"
MOST_BYTES_OF_ONE = 300_000
_LOCALE = "en"
_COLUMNS = 2
_WIDTH = 560
_GAP = 12
_LABEL = 22
_GROUND = "#DDE1E2"


def sheet(pictures: Sequence[Path]) -> Image.Image:
    """The pictures of one scenario in the order of its steps, in rows of two."""
    drawn = [Image.open(it).convert("RGB") for it in pictures]
    height = round(_WIDTH * drawn[0].height / drawn[0].width)
    rows = -(-len(drawn) // _COLUMNS)
    across, down = _WIDTH + _GAP, height + _LABEL + _GAP
    whole = Image.new("RGB", (_COLUMNS * across + _GAP, rows * down + _GAP), _GROUND)
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(14)
    for number, picture in enumerate(drawn):
        left = _GAP + number % _COLUMNS * across
        top = _GAP + number // _COLUMNS * down
        label = "at first" if number == 0 else f"after step {number}"
        draw.text((left, top), label, font=font, fill="#202628")
        small = picture.resize((_WIDTH, height), Image.Resampling.LANCZOS)
        whole.paste(small, (left, top + _LABEL))
    return whole


def page(scenarios: Sequence[Scenario]) -> str:
    """The page that shows all sheets."""
    say = Language.of(_LOCALE).gettext
    lines = [
        "# The scenarios in pictures",
        "",
        "Each scenario of the [demo](demo.md) as it begins and after each of its steps, phone and"
        " console side by side. Written by `python -m tests.visual.scenarios`; do not edit.",
    ]
    for it in scenarios:
        steps = [f"{number}. {step.says(say)}" for number, step in enumerate(it.steps, 1)]
        lines += ["", f"## {it.title(say)}", "", it.about(say), "", *steps]
        lines += ["", f"![{it.title(say)}, step by step](scenarios/{it.name}.webp)"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Play every scenario in Chromium and write what is seen."""
    pack = load_pack(data_folder("policy_content") / "epiao")
    SHEETS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as taken:
        played = asyncio.run(
            play_for_pictures(SCENARIOS, Path(data), pack, Path(taken), locale=_LOCALE)
        )
        for scenario, how in zip(SCENARIOS, played, strict=True):
            if how.state is not PlayerState.ENDED:
                print(f"{scenario.name} did not end as it should: {how.difference}")
                return 1
            path = SHEETS / f"{scenario.name}.webp"
            pictures = sorted(Path(taken).glob(f"{scenario.name}-[0-9][0-9].png"))
            sheet(pictures).save(path, "WEBP", quality=60, method=6)
            print(f"{path.name}: {len(pictures)} pictures, {path.stat().st_size / 1000:.0f} KB")
    PAGE.write_text(page(SCENARIOS), encoding="utf-8")
    large = [it.name for it in SHEETS.glob("*.webp") if it.stat().st_size > MOST_BYTES_OF_ONE]
    if large:
        print(f"larger than {MOST_BYTES_OF_ONE / 1000:.0f} KB: {', '.join(large)}")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
