"""The first notice: what the product is about, in a few points, and an equal choice."""

from .first_notice import FirstNotice, FirstNoticeChoice

__all__ = ["FirstNotice", "FirstNoticeChoice"]
