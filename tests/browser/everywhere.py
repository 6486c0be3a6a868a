"""Measures every example in every window, text size and language: the whole product, not a part.

    python -m tests.browser.everywhere                       goes on where it was stopped
    python -m tests.browser.everywhere --again               forgets what was measured before
    python -m tests.browser.everywhere --mended              measures again what had faults
    python -m tests.browser.everywhere --only /prompt/ --locale en_XA ar

It takes an hour or two, so every example that is done is written down at once, in
``test-results/everywhere.jsonl``; the faults are printed by example in the end, and it ends with
1 if there are any. Light and dark lay out alike, which a test holds for every example; they are
not measured twice.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from components.places import data_folder
from components.policy import load_pack
from components.prototype.gallery import addresses

from .geometry import choices
from .harness import browser
from .layout import Piece
from .measuring import (
    ENDLESS,
    LOCALES,
    SIZES,
    TEXTS,
    Way,
    at,
    decides,
    faults,
    report,
)
from .stage import Stage, open_stage

RESULTS = Path(__file__).resolve().parents[2] / "test-results" / "everywhere.jsonl"
"""What was measured: a line for each example in each language."""
BY_RISK = ("en_XA", "ar", "en", "zh_Hant", "zh_Hans", "ar_XB")
"""The languages, those with the longest words and with the other direction first."""

Found = dict[str, list[str]]
"""Faults by way of looking."""


async def examined(stage: Stage, address: str, locale: str) -> Found:
    """Every fault of an example in a language, in every window and with every text size."""
    await stage.show(address, locale)
    found: Found = {}
    usual: dict[str, list[Piece]] = {}
    for text in TEXTS:
        await stage.text_scale(text)
        endless = await at(stage, ENDLESS)
        expected = choices(endless) if decides(address) else ()
        measured = {"endless": (endless, ENDLESS)}
        for name, size in SIZES.items():
            measured[name] = (await at(stage, size), size)
        for name, (pieces, size) in measured.items():
            lines = faults(
                pieces,
                size,
                expected=() if name == "endless" else expected,
                endless=endless if size["width"] == ENDLESS["width"] else None,
                usual=usual.get(name),
                text=text,
            )
            usual.setdefault(name, pieces)
            if lines:
                found[str(Way(locale, text, name))] = lines
    return found


def done(results: Path) -> dict[tuple[str, str], Found]:
    """What was measured before: faults by locale and address."""
    if not results.exists():
        return {}
    lines = [json.loads(it) for it in results.read_text(encoding="utf-8").splitlines()]
    return {(it["locale"], it["address"]): it["faults"] for it in lines}


def forget(
    wanted: set[tuple[str, str]], results: Path, *, again: bool, mended: bool
) -> dict[tuple[str, str], Found]:
    """Leave out what is to be measured again, all of what is wanted or what had faults of it."""
    kept = {
        key: found
        for key, found in done(results).items()
        if key not in wanted or not (again or (mended and found))
    }
    results.write_text("".join(line(key, found) for key, found in kept.items()), encoding="utf-8")
    return kept


def line(key: tuple[str, str], found: Found) -> str:
    """A line of the results."""
    written = {"locale": key[0], "address": key[1], "faults": found}
    return json.dumps(written, ensure_ascii=False) + "\n"


async def measure(wanted: list[tuple[str, str]], results: Path) -> None:
    """Measure examples in languages, and write each down as soon as it is done."""
    pack = load_pack(data_folder("policy_content") / "epiao")
    start = time.monotonic()
    async with browser() as chromium, open_stage(chromium, pack) as stage:
        for count, (locale, address) in enumerate(wanted, 1):
            found = await examined(stage, address, locale)
            with results.open("a", encoding="utf-8") as file:
                file.write(line((locale, address), found))
            if found:
                print(report({f"{address} {way}": it for way, it in found.items()}), flush=True)
            if count % 20 == 0 or count == len(wanted):
                each = (time.monotonic() - start) / count
                print(f"{count} of {len(wanted)}, {each:.1f} s each", file=sys.stderr, flush=True)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--again", action="store_true", help="forget what was measured before")
    parser.add_argument("--mended", action="store_true", help="measure again what had faults")
    parser.add_argument("--only", default="/", help="how the addresses of the examples begin")
    parser.add_argument("--locale", nargs="+", choices=LOCALES, default=BY_RISK)
    arguments = parser.parse_args()
    assert set(BY_RISK) == set(LOCALES)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    wanted = [
        (locale, address)
        for locale in arguments.locale
        for address in addresses()
        if address.startswith(arguments.only)
    ]
    before = forget(set(wanted), RESULTS, again=arguments.again, mended=arguments.mended)
    asyncio.run(measure([it for it in wanted if it not in before], RESULTS))
    after = done(RESULTS)
    by_example: Found = {}
    for address in dict.fromkeys(address for _, address in wanted):
        for locale in arguments.locale:
            for way, lines in after[locale, address].items():
                by_example.setdefault(address, []).extend(f"{way}: {it}" for it in lines)
    print(report(by_example))
    print(f"{len(by_example)} of {len({it for _, it in wanted})} examples have faults")
    return 1 if by_example else 0


if __name__ == "__main__":
    sys.exit(main())
