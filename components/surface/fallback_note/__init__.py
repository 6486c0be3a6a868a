"""Says openly that a text could not be had in the interface's language."""

from .fallback_note import fallback_note

__all__ = ["fallback_note"]
