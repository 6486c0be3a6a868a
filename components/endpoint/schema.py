"""The tables of the endpoint.

Every key and every unique constraint contains the subject, and no number is drawn from a sequence
that two subjects share. The same tables can therefore be spread over many databases by subject
without a change. Moments are RFC 3339 in UTC to the millisecond, as text: a receipt must give back
the same characters for ever, and they sort as they should.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

_SUBJECT = 43
_MOMENT = 24
_DIGEST = 64
_UUID = 36

EVENTS = Table(
    "events",
    METADATA,
    Column("subject", String(_SUBJECT), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", String(_UUID), nullable=False),
    Column("hash", String(_DIGEST), nullable=False),
    # Beside the body, so that the chain can still be walked when the body was erased.
    Column("previous_hash", String(_DIGEST), nullable=False),
    # What was decided about, and how; to be counted and searched by. NULL once erased.
    Column("target", String(90), nullable=True),
    Column("status", String(12), nullable=True),
    # The canonical JSON, so that the hash can be taken again from what is stored. NULL once erased.
    Column("body", Text, nullable=True),
    Column("received_at", String(_MOMENT), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("clock_skew_ms", BigInteger, nullable=True),
    PrimaryKeyConstraint("subject", "sequence"),
    UniqueConstraint("subject", "event_id"),
    # For officers, who look by time over all subjects. Not unique, so it spreads like the rest.
    Index("events_by_arrival", "received_at"),
    postgresql_partition_by="HASH (subject)",
)
"""One row for each event. Rows are added and read; only erasure changes them, and only by taking
out the body, target and status."""

ERASURES = Table(
    "erasures",
    METADATA,
    Column("subject", String(_SUBJECT), nullable=False),
    Column("erased_at", String(_MOMENT), nullable=False),
    # "subject", or "officer:" and the name of the officer who did it on a request.
    Column("erased_by", String(100), nullable=False),
    PrimaryKeyConstraint("subject"),
)
"""Whose record was erased. Nothing more is taken for such a subject."""

REQUESTS = Table(
    "requests",
    METADATA,
    Column("subject", String(_SUBJECT), nullable=False),
    # UUIDv7 made by the device; sending it again makes no second request.
    Column("request_id", String(_UUID), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("clause", String(100), nullable=True),
    Column("locale", String(32), nullable=False),
    # What the person wrote, if anything.
    Column("message", Text, nullable=True),
    Column("received_at", String(_MOMENT), nullable=False),
    # A date of the Chinese working-day calendar, as ``2021-11-22``.
    Column("due_on", String(10), nullable=False),
    PrimaryKeyConstraint("subject", "request_id"),
    # For officers, who look over all subjects for what is due soonest.
    Index("requests_by_due_day", "due_on"),
)
"""Requests to exercise a right. What happened to them since is in ``request_steps``."""

REQUEST_STEPS = Table(
    "request_steps",
    METADATA,
    Column("subject", String(_SUBJECT), nullable=False),
    Column("request_id", String(_UUID), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("status", String(16), nullable=False),
    Column("at", String(_MOMENT), nullable=False),
    # "subject", "endpoint", or "officer:" and the name of an officer.
    Column("taken_by", String(100), nullable=False),
    # Why it was refused, or takes longer; what was done.
    Column("reason", String(64), nullable=True),
    Column("note", Text, nullable=True),
    PrimaryKeyConstraint("subject", "request_id", "number"),
)
"""The steps of each request, 1, 2, 3, ...; the last one is how it stands."""

LINKS = Table(
    "links",
    METADATA,
    Column("subject", String(_SUBJECT), nullable=False),
    # SHA-256 over issuer and account: the endpoint learns no login name.
    Column("account", String(_DIGEST), nullable=False),
    Column("linked_at", String(_MOMENT), nullable=False),
    Column("unlinked_at", String(_MOMENT), nullable=True),
    PrimaryKeyConstraint("subject", "account", "linked_at"),
    Index("links_by_account", "account"),
)
"""Which installations belong to one account, since when and until when."""

AUDIT = Table(
    "audit",
    METADATA,
    # Whose record it was about; empty where it was about none in particular.
    Column("subject", String(_SUBJECT), nullable=False),
    # UUIDv7, so entries sort by time.
    Column("entry_id", String(_UUID), nullable=False),
    Column("at", String(_MOMENT), nullable=False),
    Column("officer", String(100), nullable=False),
    Column("action", String(32), nullable=False),
    # JSON: what was asked for, never what was answered.
    Column("detail", Text, nullable=False),
    PrimaryKeyConstraint("subject", "entry_id"),
)
"""What officers did. Rows are added and read, never changed."""
