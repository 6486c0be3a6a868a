"""Does an endpoint keep the protocol? Rules run against any endpoint, over the network alone.

Needs the ``cli`` extra. :func:`run_rules` runs them, ``mingshi conformance URL`` prints a table.
"""

from .catalogue import RULES
from .checking import NotConforming, Outcome, Result, Rule
from .running import Unreachable, run_rules

__all__ = ["RULES", "NotConforming", "Outcome", "Result", "Rule", "Unreachable", "run_rules"]
