"""What is wrong with a pack, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in a pack's files.

    Attributes:
        file: Path inside the pack's folder, with forward slashes, for example ``pack.toml``.
        line: Line of the fault, counted from 1; 1 when the fault is the file as a whole.
        problem: What is wrong, without a full stop.
        remedy: What the author does about it, without a full stop.
    """

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}. Remedy: {self.remedy}."


class PackError(Exception):
    """A pack, or one of its texts, cannot be used.

    Attributes:
        findings: Every fault that was found, by file and line. ``str()`` prints one a line.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)

    def told(self, folder: Path) -> str:
        """Every fault, one a line, each with the path of its file from where the command was run.

        Args:
            folder: The pack's, or whichever folder the findings' files are named from.
        """
        return "\n".join(str(replace(it, file=str(folder / it.file))) for it in self.findings)


class Findings:
    """Gathers faults while reading goes on, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self._found: set[Finding] = set()

    def add(self, file: str, line: int, problem: str, remedy: str) -> None:
        """Note one fault; the same fault noted twice counts once."""
        self._found.add(Finding(file, line, problem, remedy))

    def extend(self, others: Findings) -> None:
        """Take over the faults of another gathering."""
        self._found |= others._found

    def error(self) -> PackError:
        """The error that holds every fault, by file and line."""
        return PackError(tuple(sorted(self._found)))

    def raise_if_any(self) -> None:
        """Raise when something was found.

        Raises:
            PackError: Holds every fault, by file and line.
        """
        if self._found:
            raise self.error()
