"""Signed receipts: the keys, the calls that give receipts out, and the command for the keys."""
