"""The table of how far it is to yes, to no and back: ``python -m tests.fairness.effort_table``.

It walks through the prototype and writes the table into ``docs/fairness.md``.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from components.fairness import Effort, ScreenGraph, efforts
from components.fairness.effort import Cost
from components.places import data_folder
from components.policy import load_pack

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fairness.md"
_BEGIN, _END = "<!-- efforts: begin -->\n", "<!-- efforts: end -->"
_NEAREST = 10
"""Seconds are told to the nearest ten: they are a prediction."""


def table(graphs: Iterable[ScreenGraph]) -> str:
    """A row for each purpose in each language."""
    rows = ["| Purpose | Language | Agree | Refuse | Withdraw | Withdraw : agree |"]
    rows.append("|---|---|---|---|---|---|")
    for graph in graphs:
        rows += [_row(it, graph.locale) for it in efforts(graph)]
    return "\n".join(rows) + "\n"


def written() -> str:
    """The table as it stands in the document."""
    return DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)[2].partition(_END)[0]


def _row(effort: Effort, locale: str) -> str:
    costs = " | ".join(_cost(it) for it in (effort.accept, effort.refuse, effort.withdraw))
    ratio = effort.withdrawal_ratio
    return (
        f"| {effort.purpose} | {locale} | {costs} | {'none' if ratio is None else f'{ratio:.1f}'} |"
    )


def _cost(cost: Cost | None) -> str:
    if cost is None:
        return "no way"
    taps = "1 tap" if cost.taps == 1 else f"{cost.taps} taps"
    return f"{taps}, {round(cost.seconds / _NEAREST) * _NEAREST} s"


async def main() -> None:
    """Walk, and write the table."""
    from .our_walk import LOCALES, walk

    pack = load_pack(data_folder("policy_content") / "epiao")
    with tempfile.TemporaryDirectory() as folder:
        walked = [await walk(pack, it, Path(folder) / it) for it in LOCALES]
    text = DOCUMENT.read_text(encoding="utf-8")
    new = _BEGIN + table(it.graph for it in walked) + _END
    pattern = re.escape(_BEGIN) + ".*?" + re.escape(_END)
    DOCUMENT.write_text(re.sub(pattern, lambda _: new, text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
