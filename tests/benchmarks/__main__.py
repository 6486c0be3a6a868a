"""``python -m tests.benchmarks``: run all, print a table of ratios, write JSON with the machine."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import (
    c15t,
    device_ledger,
    endpoint,
    endpoint_limits,
    growth,
    growth_screens,
    imports,
    language,
    network,
    parsing,
    reader,
    start,
    static_site,
    web_notices,
    wire,
)
from .figures import Figure, Size, Verdict, table
from .machine import machine
from .npm import NpmMissing
from .page import write_page

BENCHMARKS: dict[str, Callable[[Size], list[Figure]]] = {
    "c15t": c15t.measure,
    "device-ledger": device_ledger.measure,
    "endpoint": endpoint.measure,
    "endpoint-limits": endpoint_limits.measure,
    "growth": growth.measure,
    "growth-screens": growth_screens.measure,
    "imports": imports.measure,
    "language": language.measure,
    "network": network.measure,
    "parsing": parsing.measure,
    "reader": reader.measure,
    "start": start.measure,
    "static-site": static_site.measure,
    "web-notices": web_notices.measure,
    "wire": wire.measure,
}


def parser_of() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="only see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument(
        "--page",
        action="store_true",
        help="write the figures into docs/performance.json, its page and its pictures; "
        "those of other benchmarks stay as they are",
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen benchmarks; 0 also where a figure misses its limit: it is a report."""
    parser = parser_of()
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.names) - set(BENCHMARKS)
    if unknown:
        parser.error(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}"
        )
    if chosen.quick and chosen.page:
        parser.error("figures of --quick mean nothing, and go into no page")
    size = Size.QUICK if chosen.quick else Size.FULL
    on = machine()
    print(json.dumps(on, indent=2, ensure_ascii=False))
    results: dict[str, dict[str, object]] = {}
    figures: list[Figure] = []
    for name in chosen.names or BENCHMARKS:
        started = machine()
        try:
            found = BENCHMARKS[name](size)
        except NpmMissing as missing:
            print(f"\n## {name}: not measured\n\n{missing}", flush=True)
            continue
        print(f"\n## {name}\n\n{table(found)}", flush=True)
        figures += found
        results[name] = {
            "at": started["at"],
            "load": started["load"],
            "figures": [it.to_json() for it in found],
        }
        if chosen.page:
            write_page({name: results[name]}, on)
    counted = {kind: sum(it.verdict is kind for it in figures) for kind in Verdict}
    print("\n" + ", ".join(f"{number} {kind}" for kind, number in counted.items()))
    if chosen.json:
        content = {"machine": on, "size": size.value, "benchmarks": results}
        chosen.json.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
