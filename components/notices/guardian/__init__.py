"""A child's way: the neutral question of age, the hand-over, and the check for a grown-up."""

from .age import AgeQuestion, read_birth_date
from .steps import GuardianCheck, GuardianEnd, HandOver, Sum

__all__ = ["AgeQuestion", "GuardianCheck", "GuardianEnd", "HandOver", "Sum", "read_birth_date"]
