"""The figures of runs as a table for the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .runner import Outcome

PROPERTY = "fault run"
"""Under this name a test's report has its `Entry`."""

Entry = tuple[list[str], list[str]]
"""The cells of a run's row, and the lines below it: plain words, as they go between processes."""

_HEAD = (
    *("run", "seed", "choices", "confirmed", "lost", "doubled", "reordered"),
    *("killed", "requests", "faults", "no endpoint", "copies resent", "seconds"),
)


def entry(outcome: Outcome) -> Entry:
    """What the table has of a run: its figures, and which faults it met."""
    figures, found = outcome.figures, outcome.found
    numbers = (found.stored, outcome.confirmed, found.lost, found.doubled, found.reordered)
    cells = [
        outcome.name,
        outcome.seed,
        *map(str, numbers),
        ", ".join(f"{number} {victim}" for victim, number in outcome.kills.items()),
        str(figures.requests),
        str(sum(outcome.faults.values())),
        str(figures.upstream_lost),
        str(figures.events - found.stored),
        f"{outcome.seconds:.0f}",
    ]
    met = ", ".join(f"{number} {kind}" for kind, number in outcome.faults.items())
    return cells, [met, *outcome.remarks]


def table(entries: Sequence[Entry]) -> Iterator[str]:
    """A head, a line for each run, and below it what it met."""
    rows = [list(_HEAD), *(cells for cells, _ in entries)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    below = [[], *(lines for _, lines in entries)]
    for row, lines in zip(rows, below, strict=True):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
        yield from (f"    {line}" for line in lines)
