"""The prototype's home: films now showing."""

from .home import Home

__all__ = ["Home"]
