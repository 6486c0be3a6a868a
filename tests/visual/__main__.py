"""`python -m tests.visual --renew` and `--sheets`."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys

from PIL import Image

from .pictures import packed, take_all
from .sheets import SHEETS, Sheets
from .wanted import BASELINES, MOST, MOST_BYTES, Picture, compared, shown


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures; keep them as baselines, lay them out as contact sheets, or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.visual", description=main.__doc__)
    parser.add_argument("--renew", action="store_true", help="take all baselines anew")
    parser.add_argument("--sheets", action="store_true", help="write docs/contact-sheets")
    chosen = parser.parse_args(arguments)
    if not (chosen.renew or chosen.sheets):
        parser.error("--renew, --sheets, or both")
    sheets = Sheets()
    for_baselines = set(compared() if chosen.renew else [])
    for_sheets = set(shown() if chosen.sheets else [])
    # In the order of the sheets, each picture once.
    wanted = list(
        dict.fromkeys(it for it in (*shown(), *compared()) if it in for_baselines | for_sheets)
    )
    baselines: dict[Picture, bytes] = {}

    def keep(picture: Picture, image: Image.Image) -> None:
        if picture in for_baselines:
            baselines[picture] = packed(image)
        if picture in for_sheets:
            sheets.add(picture, image)

    asyncio.run(take_all(keep, wanted))
    if chosen.renew:
        size = sum(len(data) for data in baselines.values())
        print(f"{len(baselines)} pictures, {size / 1e6:.1f} MB, in {BASELINES}")
        if len(baselines) > MOST or size > MOST_BYTES:
            print(f"too much: at most {MOST} pictures and {MOST_BYTES / 1e6:.0f} MB")
            return 1
        shutil.rmtree(BASELINES, ignore_errors=True)
        for picture, data in baselines.items():
            picture.path.parent.mkdir(parents=True, exist_ok=True)
            picture.path.write_bytes(data)
    if chosen.sheets:
        written = sheets.write()
        size = sum(it.stat().st_size for it in written)
        print(f"{len(written)} sheets, {size / 1e6:.1f} MB, in {SHEETS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
