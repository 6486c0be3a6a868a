"""Is this receipt, or this record, what it claims to be? Checked without a network."""

from __future__ import annotations

from .checks import Check, Outcome, Report
from .keys import PublicKeys, read_public_keys
from .receipts import Against, verify_receipt
from .records import verify_record

__all__ = [
    "Against",
    "Check",
    "Outcome",
    "PublicKeys",
    "Report",
    "read_public_keys",
    "verify_receipt",
    "verify_record",
]
