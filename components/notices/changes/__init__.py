"""What changed between two versions of a policy, clause by clause, word by word."""

from .changes import PolicyChanges

__all__ = ["PolicyChanges"]
