"""A purpose without a prompt, explained from what the pack declares of it."""

from .purpose import PurposeQuestion

__all__ = ["PurposeQuestion"]
