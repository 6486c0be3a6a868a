"""The figures of runs as a table for the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .runner import Outcome

_HEAD = (
    *("run", "seed", "choices", "confirmed", "lost", "doubled", "reordered"),
    *("killed", "requests", "faults", "no endpoint", "copies resent", "seconds"),
)


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A head, a line for each run, and below it a line with the faults it met."""
    rows = [_HEAD, *(_row(outcome) for outcome in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for place, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
        if place > 0:
            outcome = outcomes[place - 1]
            yield "    " + ", ".join(f"{number} {kind}" for kind, number in outcome.faults.items())
            yield from (f"    {remark}" for remark in outcome.remarks)


def _row(outcome: Outcome) -> tuple[str, ...]:
    figures, found = outcome.figures, outcome.found
    numbers = (found.stored, outcome.confirmed, found.lost, found.doubled, found.reordered)
    return (
        outcome.name,
        outcome.seed,
        *map(str, numbers),
        ", ".join(f"{number} {victim}" for victim, number in outcome.kills.items()),
        str(figures.requests),
        str(sum(outcome.faults.values())),
        str(figures.upstream_lost),
        str(figures.events - found.stored),
        f"{outcome.seconds:.0f}",
    )
