"""Documents with something wrong in them, and where it was found."""

from __future__ import annotations

from .reading import Document, Fault


def planted(*lines: str) -> Document:
    """A document whose third line is the first of these."""
    return Document("docs/planted.md", "\n".join(("# Planted", "", *lines, "")))


def told(faults: list[Fault]) -> list[tuple[str, int]]:
    """Document and line of each fault."""
    return [(it.document, it.line) for it in faults]
