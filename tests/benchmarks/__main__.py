"""``python -m tests.benchmarks``: run all, print a table of ratios, write JSON with the machine."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import device_ledger, endpoint, imports, language, parsing, reader, static_site, wire
from .figures import Figure, Size, Verdict, table
from .machine import machine

BENCHMARKS: dict[str, Callable[[Size], list[Figure]]] = {
    "device-ledger": device_ledger.measure,
    "endpoint": endpoint.measure,
    "imports": imports.measure,
    "language": language.measure,
    "parsing": parsing.measure,
    "reader": reader.measure,
    "static-site": static_site.measure,
    "wire": wire.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen benchmarks; 0 also where a figure misses its limit: it is a report."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="only see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.names) - set(BENCHMARKS)
    if unknown:
        parser.error(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}"
        )
    size = Size.QUICK if chosen.quick else Size.FULL
    on = machine()
    print(json.dumps(on, indent=2, ensure_ascii=False))
    results: dict[str, list[Figure]] = {}
    for name in chosen.names or BENCHMARKS:
        results[name] = BENCHMARKS[name](size)
        print(f"\n## {name}\n\n{table(results[name])}", flush=True)
    figures = [it for found in results.values() for it in found]
    counted = {kind: sum(it.verdict is kind for it in figures) for kind in Verdict}
    print("\n" + ", ".join(f"{number} {kind}" for kind, number in counted.items()))
    if chosen.json:
        content = {
            "machine": on,
            "size": size.value,
            "figures": {name: [it.to_json() for it in found] for name, found in results.items()},
        }
        chosen.json.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
