"""What is refused before the endpoint starts to use a database."""

from __future__ import annotations


class UnsuitableDatabase(ValueError):
    """The URL names no database that can keep a record, or one that newer code has written."""
