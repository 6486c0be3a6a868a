"""`python -m tests.visual --renew` and `--sheets`."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys

from .pictures import BASELINES, Picture, take_all
from .sheets import SHEETS, Sheets


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures; keep them as baselines, or lay them out as contact sheets."""
    parser = argparse.ArgumentParser(prog="python -m tests.visual", description=__doc__)
    parser.add_argument("--renew", action="store_true", help="take all baselines anew")
    parser.add_argument("--sheets", action="store_true", help="write docs/contact-sheets")
    chosen = parser.parse_args(arguments)
    if not (chosen.renew or chosen.sheets):
        parser.error("--renew, --sheets, or both")
    sheets = Sheets()
    taken: list[tuple[Picture, bytes]] = []

    def keep(picture: Picture, data: bytes) -> None:
        taken.append((picture, data))
        sheets.add(picture, data)

    asyncio.run(take_all(keep))
    if chosen.renew:
        shutil.rmtree(BASELINES, ignore_errors=True)
        for picture, data in taken:
            picture.path.parent.mkdir(parents=True, exist_ok=True)
            picture.path.write_bytes(data)
        size = sum(len(data) for _, data in taken)
        print(f"{len(taken)} pictures, {size / 1e6:.1f} MB, in {BASELINES}")
    if chosen.sheets:
        print(f"{len(sheets.write())} sheets in {SHEETS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
