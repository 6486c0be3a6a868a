"""The gate's tables as Markdown, for docs/gate.md.

``python -m components.consent.gate_tables docs/gate.md`` writes them anew between the marks in the
page; ``python -m components.consent.gate_tables`` prints them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from .questions import QUESTION_RULES
from .rules import Rule
from .standing import STANDING_RULES
from .status import ConsentStatus
from .transitions import TRANSITIONS, Act, is_allowed, status_after
from .uses import USE_RULES


def transitions() -> str:
    """Status by act: what it leads to, then why."""
    matrix = _table(
        ("act", *(status.value for status in ConsentStatus)),
        ((f"`{act.value}`", *(_after(status, act) for status in ConsentStatus)) for act in Act),
    )
    reasons = _table(
        ("act", "from", "to", "because", "source"),
        (
            (
                f"`{row.act.value}`",
                _values(row.before, ConsentStatus),
                f"`{row.after.value}`",
                row.because,
                row.source,
            )
            for row in TRANSITIONS
        ),
    )
    return f"{matrix}\n\n{reasons}"


def rules(table: Sequence[Rule[Any]]) -> str:
    """One table of rules, in the order in which they are tried."""
    return _table(
        ("", "rule", "when", "answer", "because", "source"),
        (
            (
                str(number),
                f"`{rule.id}`",
                "; ".join(
                    f"{name}: {_values(values, type(values[0]))}"
                    for name, values in rule.when.items()
                )
                or "anything else",
                f"`{rule.answer.value}`",
                rule.because,
                rule.source,
            )
            for number, rule in enumerate(table, start=1)
        ),
    )


TABLES: Mapping[str, Callable[[], str]] = {
    "transitions": transitions,
    "standing": lambda: rules(STANDING_RULES),
    "questions": lambda: rules(QUESTION_RULES),
    "uses": lambda: rules(USE_RULES),
}
"""What stands between ``<!-- table: name -->`` and ``<!-- end -->`` in the page, by name."""

_MARKED = re.compile(r"(?<=<!-- table: )(\w+)( -->\n\n).*?(?=\n\n<!-- end -->)", re.DOTALL)


def rewritten(page: str) -> str:
    """A page with the tables of now between its marks.

    Raises:
        KeyError: A mark names no table.
    """
    return _MARKED.sub(lambda found: f"{found[1]}{found[2]}{TABLES[found[1]]()}", page)


def _after(status: ConsentStatus, act: Act) -> str:
    return status_after(status, act).value if is_allowed(status, act) else ""


def _values(values: Sequence[StrEnum], of: type[StrEnum]) -> str:
    """Some members of an enumeration; what is left out where that is shorter."""
    rest = [member for member in of if member not in values]
    if not rest:
        return "any"
    if len(rest) < len(values) - 1:
        return "any but " + ", ".join(f"`{member.value}`" for member in rest)
    return ", ".join(f"`{value.value}`" for value in values)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main(arguments: Sequence[str]) -> None:
    """Rewrite the pages named, or print every table."""
    for name in arguments:
        page = Path(name)
        page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
    if not arguments:
        sys.stdout.write("\n\n".join(table() for table in TABLES.values()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
