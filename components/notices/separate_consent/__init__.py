"""Separate consent: asked by itself, with its necessity, its impact, and who else gets the data."""

from .separate_consent import SeparateConsent

__all__ = ["SeparateConsent"]
