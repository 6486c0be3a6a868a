"""The table of events, as the first released endpoint made it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "events",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("clock_skew_ms", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("subject", "sequence"),
        sa.UniqueConstraint("subject", "event_id"),
    )
