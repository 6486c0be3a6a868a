"""How far the record has travelled, and what the service would not take."""

from .sending import Sending, SendingActs
from .view import RejectedItem, SendingView

__all__ = ["RejectedItem", "Sending", "SendingActs", "SendingView"]
