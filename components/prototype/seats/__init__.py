"""Seats to choose for one showing."""

from .seats import SeatsPage

__all__ = ["SeatsPage"]
