"""Whom to turn to: the controller, its ways to be reached, and where to complain."""

from .contact import Contact, ContactView, contact_view

__all__ = ["Contact", "ContactView", "contact_view"]
