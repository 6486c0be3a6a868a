"""Which file of tests runs which document: the files run beside each other."""

from __future__ import annotations

import re

from .reading import documents

SORTS = {
    "front": re.compile(r"^[^/]+$|^docs/(contributing|start)\.md$"),
    "endpoint": re.compile(r"^docs/(endpoint-\S*|receipts|fault-runs)\.md$"),
    "other": re.compile(r""),
}
"""A document is of the first sort that fits its name; a new page, of the last."""


def names(sort: str) -> list[str]:
    """The documents of a sort."""
    return [
        it.name
        for it in documents()
        if next(name for name, pattern in SORTS.items() if pattern.search(it.name)) == sort
    ]
