"""The figures as they stand in ``docs/performance.md``: its tables and pictures, from one file.

``docs/performance.json`` holds what was measured last, each benchmark with its time, the machine it
ran on and how busy that was. The tables stand in the page between ``<!-- figures: NAME -->`` and
``<!-- end -->``; what has no place of its own comes under ``others``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .figures import Figure, plain
from .plots import growth_picture, ratios_picture

DOCS = Path(__file__).resolve().parents[2] / "docs"
_BLOCK = re.compile(r"(<!-- figures: ([a-z0-9-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def write_page(
    measured: Mapping[str, Mapping[str, Any]], machine: Mapping[str, Any], docs: Path = DOCS
) -> None:
    """Take the results of some benchmarks over, and write the page and its pictures anew.

    Args:
        measured: By the name of the benchmark: ``at``, ``load`` and ``figures``.
        machine: What they ran on.
        docs: The folder of the page.
    """
    written = docs / "performance.json"
    kept = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
    on = {name: it for name, it in machine.items() if name not in ("at", "load")}
    fresh = {name: {**one, "machine": on} for name, one in measured.items()}
    content = {"benchmarks": dict(sorted({**kept.get("benchmarks", {}), **fresh}.items()))}
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    written.write_text(text, encoding="utf-8")
    draw_page(docs)


def draw_page(docs: Path = DOCS) -> None:
    """Write the tables and the pictures from what was measured last."""
    content = json.loads((docs / "performance.json").read_text(encoding="utf-8"))
    benchmarks = content["benchmarks"]
    page = docs / "performance.md"
    text = page.read_text(encoding="utf-8")
    placed = {found[2] for found in _BLOCK.finditer(text)}
    machines = _machines(benchmarks)

    def filled(found: re.Match[str]) -> str:
        if found[2] == "machine":
            block = "\n\n".join(machines) if len(machines) == 1 else _numbered(machines)
        elif found[2] == "others":
            others = {name: it for name, it in benchmarks.items() if name not in placed}
            block = _others(others, machines)
        else:
            block = _table(benchmarks.get(found[2]), machines)
        return f"{found[1]}\n{block}\n\n{found[3]}"

    page.write_text(_BLOCK.sub(filled, text), encoding="utf-8")
    pictures = docs / "pictures"
    everything = [figure_of(it) for one in benchmarks.values() for it in one["figures"]]
    ratios_picture(everything, pictures / "performance.svg")
    named = [benchmarks[name] for name in ("growth", "growth-screens") if name in benchmarks]
    if named:
        grown = [figure_of(it) for one in named for it in one["figures"]]
        growth_picture(grown, pictures / "growth.svg")


def figure_of(written: Mapping[str, Any]) -> Figure:
    """A figure as it was written to a file."""
    names = ("name", "value", "unit", "at_most", "at_least", "behind")
    return Figure(**{name: written[name] for name in names})


def _others(benchmarks: Mapping[str, Any], machines: Sequence[str]) -> str:
    tables = (f"### {name}\n\n{_table(one, machines)}" for name, one in benchmarks.items())
    return "\n\n".join(tables) or "None."


def _table(one: Mapping[str, Any] | None, machines: Sequence[str]) -> str:
    if one is None:
        return "Not measured yet."
    lines = ["| | measured | to be | |", "|---|---|---|---|"]
    for it in map(figure_of, one["figures"]):
        made_of = "; ".join(f"{part} {plain(value)}" for part, value in it.behind.items())
        behind = f"<br>{made_of}" if made_of else ""
        unit = f" {it.unit}" if it.unit and it.unit != "x" else ""
        lines.append(f"| {it.name}{behind} | {plain(it.value)}{unit} | {it.limit} | {it.verdict} |")
    busy = ", ".join(plain(it) for it in one["load"])
    number = machines.index(_machine(one["machine"])) + 1
    where = f" on machine {number}" if len(machines) > 1 else ""
    lines += ["", f"Measured{where} at {one['at']}; load of the machine at the start: {busy}."]
    return "\n".join(lines)


def _machines(benchmarks: Mapping[str, Any]) -> list[str]:
    """Each machine once, the one of most benchmarks first."""
    counted = Counter(_machine(one["machine"]) for one in benchmarks.values())
    return [machine for machine, _ in counted.most_common()]


def _numbered(machines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {machine}" for number, machine in enumerate(machines, 1))


def _machine(machine: Mapping[str, Any]) -> str:
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"{machine['system']}; Python {machine['python']}, SQLite {machine['sqlite']}, {packages}."
    )


if __name__ == "__main__":
    draw_page()
    sys.exit(0)
