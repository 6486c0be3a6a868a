"""The prototype's page about the person: avatar, orders, and the ways to everything private."""

from .live import Me
from .me import MePage

__all__ = ["Me", "MePage"]
