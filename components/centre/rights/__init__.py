"""The person's rights: what there is to ask for, asking for it, and what became of it."""

from .rights import Rights, RightsActs
from .view import RightsView, rights_view

__all__ = ["Rights", "RightsActs", "RightsView", "rights_view"]
