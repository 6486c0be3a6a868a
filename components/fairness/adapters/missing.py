"""What an adapter needs and may not be installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ExtraMissing(ImportError):
    """A library of the extra is not installed; the message says how to get it."""


@contextmanager
def needs(library: str) -> Iterator[None]:
    """Turn a failing import into a sentence that says what to install.

    Raises:
        ExtraMissing: the import in the block failed.
    """
    try:
        yield
    except ImportError as error:
        raise ExtraMissing(
            f"{library} is not installed; it comes with: pip install 'mingshi[fairness]'"
        ) from error
