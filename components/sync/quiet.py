"""Keeps the kit's own requests out of the log of its HTTP library.

httpx logs the URL of each request, and a URL of the endpoint holds the subject id. A host that logs
at INFO would write down who decided something, and when.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_OURS = ContextVar("mingshi_request", default=False)
_LIBRARIES = ("httpx", "httpcore")


class _NotOurs(logging.Filter):
    """Lets through what is logged about requests of the host's own."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is none of the kit's."""
        return not _OURS.get()


_FILTER = _NotOurs()


@contextmanager
def unlogged() -> Iterator[None]:
    """Make a request of the kit's; the library's log hears nothing of it."""
    for name in _LIBRARIES:
        for logger in _family(name):
            # Each time, because a host may have set up its logging anew. Does nothing twice.
            logger.addFilter(_FILTER)
    before = _OURS.set(True)
    try:
        yield
    finally:
        _OURS.reset(before)


def _family(name: str) -> list[logging.Logger]:
    """A logger and those below it: a filter holds for what is logged at its own logger only."""
    known = logging.root.manager.loggerDict
    below = [one for one in list(known) if one.startswith(f"{name}.")]
    return [logging.getLogger(one) for one in (name, *below)]
