"""The order: what is bought, the phone number it takes, and a payment that is a simulation."""

from .checkout import CheckoutPage, Standing

__all__ = ["CheckoutPage", "Standing"]
