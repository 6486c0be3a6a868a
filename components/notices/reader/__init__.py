"""The full policy: contents, clauses, jumps, sensitive information marked."""

from .reader import PolicyReader

__all__ = ["PolicyReader"]
