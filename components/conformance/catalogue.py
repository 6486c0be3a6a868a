"""Every rule, in the order in which they are run and printed."""

from __future__ import annotations

from . import access, erasing, limits, replays, truths

RULES = (*replays.RULES, *truths.RULES, *access.RULES, *limits.RULES, *erasing.RULES)
"""Every rule, in the order in which they are run."""
