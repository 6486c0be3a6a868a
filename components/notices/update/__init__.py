"""The update notice: what changed, and the choice about it."""

from .update import KeptChoice, TouchedChoice, UpdateChoice, UpdateNotice

__all__ = ["KeptChoice", "TouchedChoice", "UpdateChoice", "UpdateNotice"]
