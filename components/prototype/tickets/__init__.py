"""The orders of a person, and the e-ticket of each."""

from .ticket import TicketPage
from .tickets import TicketsPage

__all__ = ["TicketPage", "TicketsPage"]
