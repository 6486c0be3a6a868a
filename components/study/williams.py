"""Williams squares: orders in which nothing profits from its place, nor from what it follows."""

from __future__ import annotations

Order = tuple[int, ...]


def williams(count: int) -> tuple[Order, ...]:
    """Orders of ``count`` conditions, numbered from 0.

    Each condition stands in each place equally often, and directly follows each other one equally
    often: in ``count`` orders if that is even, in twice as many if it is odd (Williams 1949).

    Raises:
        ValueError: ``count`` is less than 1.
    """
    if count < 1:
        raise ValueError("a square has at least one condition")
    # 0, 1, n-1, 2, n-2, ...: neighbours differ by every distance once.
    first = [0]
    low, high = 1, count - 1
    while len(first) < count:
        first.append(low)
        low += 1
        if len(first) < count:
            first.append(high)
            high -= 1
    square = tuple(tuple((it + shift) % count for it in first) for shift in range(count))
    if count % 2 == 0 or count == 1:
        return square
    return square + tuple(order[::-1] for order in square)
