"""The tables of the endpoint.

Every key and every unique constraint begins with the subject, and no number is drawn from a
sequence that two subjects share. The same tables can therefore be spread over many databases by
subject without a change.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 1
"""Raised with every change that older code cannot read."""

METADATA = MetaData()

EVENTS = Table(
    "events",
    METADATA,
    Column("subject", String(43), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", String(36), nullable=False),
    Column("hash", String(64), nullable=False),
    # The canonical JSON, so that the hash can be taken again from what is stored.
    Column("body", Text, nullable=False),
    # RFC 3339 in UTC to the millisecond: a receipt must give back the same characters for ever.
    Column("received_at", String(24), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("clock_skew_ms", BigInteger, nullable=True),
    PrimaryKeyConstraint("subject", "sequence"),
    UniqueConstraint("subject", "event_id"),
)
"""One row for each event; rows are added and read, never changed."""
