"""Copies of a decision that a person can keep: a record by ISO/IEC TS 27560, and its readings.

Everything here is pure Python and runs on the phone. What an endpoint signs is a :func:`receipt`
of the same record.
"""

from __future__ import annotations

from .errors import CannotRecord, FactsMissing, NotOfThisPolicy
from .kantara import kantara
from .readable import readable
from .receipt import receipt, record_in
from .record import record
from .schemas import Shape, schema
from .vocabulary import Vocabulary, vocabulary

__all__ = [
    "CannotRecord",
    "FactsMissing",
    "NotOfThisPolicy",
    "Shape",
    "Vocabulary",
    "kantara",
    "readable",
    "receipt",
    "record",
    "record_in",
    "schema",
    "vocabulary",
]
