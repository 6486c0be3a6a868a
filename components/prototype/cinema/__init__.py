"""One cinema: where it is, and what it shows."""

from .cinema import CinemaPage

__all__ = ["CinemaPage"]
