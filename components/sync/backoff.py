"""How long to wait before the next attempt."""

from __future__ import annotations

from collections.abc import Callable

Backoff = Callable[[int], float]
"""Seconds to wait after so many failures in a row; the first failure is 1."""

SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 300.0


def full_jitter(shortest: float = SHORTEST_SECONDS, longest: float = LONGEST_SECONDS) -> Backoff:
    """Exponential back-off with full jitter.

    After failure ``n`` the wait is drawn evenly between ``shortest`` and ``shortest`` times
    ``2 ** n``, but never above ``longest``; so that many devices that lost the endpoint at one
    moment do not all come back at one moment.

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    # Imported here: a start of the app should not pay for it, and a device seldom fails.
    from tenacity import RetryCallState, Retrying, wait_random_exponential

    wait = wait_random_exponential(multiplier=2 * shortest, min=shortest, max=longest)
    retrying = Retrying(wait=wait)

    def seconds(failures: int) -> float:
        attempt = RetryCallState(retrying, None, (), {})
        attempt.attempt_number = failures
        return float(wait(attempt))

    return seconds
