"""What a pilot holds against an app, and the error it raises for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal[
    "crash",  # the client was told to replace the app by "Error running app"
    "log",  # Flet or asyncio logged an error
    "unretrieved",  # a task or future failed and nobody looked
    "scheduler",  # the session's update loop ended: later state changes are lost
    "scalar-control",  # a control where the client reads a plain value
    "unknown-control",  # a patch for a control that this client never got
    "broken-patch",  # a patch that does not fit what this client holds
    "hooks",  # a component called its hooks in another order than before
    "restless",  # the app never came to rest
    "client",  # the pilot itself failed while it played the client
]


@dataclass(frozen=True)
class Problem:
    """One thing that went wrong behind the test's back."""

    kind: ProblemKind
    message: str

    def __str__(self) -> str:
        return f"[{self.kind}] {self.message}"


class PilotProblems(AssertionError):
    """Raised when a pilot ends and the app did something that a person would suffer from.

    `problems` holds them in the order in which they were noticed.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
