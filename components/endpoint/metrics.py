"""Figures for whoever runs the endpoint, in the form that Prometheus reads.

Each application has a registry of its own. No figure names a subject, an address or a path: calls
are told apart by the template of their route.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

MEDIA_TYPE = CONTENT_TYPE_LATEST
"""Of :meth:`Metrics.exposition`."""

Outcome = Literal["stored", "replayed", "contradicted", "malformed", "erased"]
"""What became of an event that was sent; the last three are the ways to be refused."""

Limited = Literal["token", "address"]
"""Whose limit a request went over."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Methods that are told apart; any other is ``other``, here and in the log."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "mingshi_requests",
            "Requests answered",
            ("route", "method", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "mingshi_request_seconds",
            "Time from a request's head to the end of its answer",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._throttled = Counter(
            "mingshi_throttled", "Requests refused by a rate limit", ("by",), registry=registry
        )
        self._events = Counter(
            "mingshi_events", "Events that were sent", ("outcome",), registry=registry
        )
        self._batches = Histogram(
            "mingshi_commit_batches",
            "Batches that shared one transaction",
            buckets=_BATCHES,
            registry=registry,
        )
        self._commit = Histogram(
            "mingshi_commit_seconds",
            "Time of one transaction that stores events",
            buckets=_SECONDS,
            registry=registry,
        )
        self._waiting = Gauge(
            "mingshi_batches_waiting",
            "Batches that wait for their turn to be stored",
            registry=registry,
        )
        self._database = Gauge(
            "mingshi_database_up", "1 if the database answered just now, else 0", registry=registry
        )

        # Finding a figure by its labels takes longer than adding to it.
        self._of_outcome = cache(self._events.labels)
        self._of_call = cache(self._find_call)

    def _find_call(self, route: str | None, method: str, status: int) -> tuple[Counter, Histogram]:
        template = "none" if route is None else route
        return (
            self._requests.labels(template, method, str(status)),
            self._seconds.labels(template),
        )

    def request(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """Count a request.

        Args:
            route: Template of the route; None for what is no route.
            method: One of :data:`METHODS`, or ``other``.
            status: Of the answer, or 499 if the client went away before it.
            seconds: From the request's head to the end of the answer.
        """
        count, durations = self._of_call(route, method, status)
        count.inc()
        durations.observe(seconds)

    def throttled(self, by: Limited) -> None:
        """Count a request that a rate limit refused."""
        self._throttled.labels(by).inc()

    def events(self, outcome: Outcome, number: int = 1) -> None:
        """Count events that were sent, by what became of them."""
        self._of_outcome(outcome).inc(number)

    def committed(self, batches: int, seconds: float) -> None:
        """Note one transaction that stores events."""
        self._batches.observe(batches)
        self._commit.observe(seconds)

    def watch_waiting(self, number: Callable[[], int]) -> None:
        """Where to ask how many batches wait; asked whenever the figures are."""
        self._waiting.set_function(number)

    def database(self, *, up: bool) -> None:
        """Note whether the database answered."""
        self._database.set(1 if up else 0)

    def exposition(self) -> bytes:
        """All figures as text."""
        return generate_latest(self._registry)
