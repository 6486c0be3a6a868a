"""The stakeholder console: beside the phone, what is played, recorded, sent and permitted."""

from .console import Console, ConsoleActs
from .view import ConsoleView

__all__ = ["Console", "ConsoleActs", "ConsoleView"]
