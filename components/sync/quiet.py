"""Keeps the kit's own requests out of the log of its HTTP library.

httpx logs the URL of each request, and a URL of the endpoint holds the subject id. A host that logs
at INFO would write down who decided something, and when. A filter holds for what is logged at its
own logger only, so each of them has one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_OURS = ContextVar("mingshi_request", default=False)
LOGGERS = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)
"""Where httpx, and httpcore below it, log.

By name, and not only what there is already: httpx imports httpcore in the midst of the first
request, and httpcore its HTTP/2 in the midst of another."""


class _NotOurs(logging.Filter):
    """Lets through what is logged about requests of the host's own."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is none of the kit's."""
        return not _OURS.get()


_FILTER = _NotOurs()


@contextmanager
def unlogged() -> Iterator[None]:
    """Make a request of the kit's; the library's log hears nothing of it."""
    for name in LOGGERS:
        # Each time, because a host may have set up its logging anew. Does nothing twice.
        logging.getLogger(name).addFilter(_FILTER)
    before = _OURS.set(True)
    try:
        yield
    finally:
        _OURS.reset(before)
