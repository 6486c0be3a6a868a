"""One film: what it is about, and when it runs where."""

from .film import FilmPage

__all__ = ["FilmPage"]
