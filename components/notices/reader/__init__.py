"""The full policy: contents, search, jumps, explained words, changes, copies to keep."""

from .more import CopyForm
from .reader import PolicyReader, View

__all__ = ["CopyForm", "PolicyReader", "View"]
