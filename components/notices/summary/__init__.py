"""The policy in short: every point with the clauses it stands on."""

from .summary import PolicySummary

__all__ = ["PolicySummary"]
