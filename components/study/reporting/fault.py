"""What keeps a report from being made: where, what, and what to do."""

from __future__ import annotations


class ReportFault(ValueError):
    """A report cannot be made.

    Args:
        place: The file or folder, with a line where there is one.
        problem: What is wrong with it, without a full stop.
        remedy: What to do, without a full stop.
    """

    def __init__(self, place: object, problem: str, remedy: str) -> None:
        super().__init__(f"{place}: {problem}. Remedy: {remedy}.")
