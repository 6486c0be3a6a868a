"""The chain beside the bodies, so that bodies can be erased; erasures, requests, links, audit.

On PostgreSQL the events are spread over partitions by their subject. On both, the database itself
refuses to change or to drop what was recorded.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

_PARTITIONS = 16
_KEPT = "events are only added; erasure takes out body, target and status and nothing else"
_WRITTEN = "the audit is only added to"
# Columns that no erasure touches.
_LASTING = (
    "subject",
    "sequence",
    "event_id",
    "hash",
    "previous_hash",
    "received_at",
    "late",
    "clock_skew_ms",
)
_ERASABLE = ("body", "target", "status")


def upgrade() -> None:
    """Take the step."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        # Names of indexes are shared by all tables of a schema.
        op.execute("ALTER TABLE events RENAME CONSTRAINT events_pkey TO events_before_pkey")
        op.execute(
            "ALTER TABLE events RENAME CONSTRAINT events_subject_event_id_key TO events_before_key"
        )
    op.rename_table("events", "events_before")
    _create_events()
    if postgresql:
        for number in range(_PARTITIONS):
            op.execute(
                f"CREATE TABLE events_{number:02} PARTITION OF events "
                f"FOR VALUES WITH (MODULUS {_PARTITIONS}, REMAINDER {number})"
            )
    _copy_events("body::json ->> '{}'" if postgresql else "json_extract(body, '$.{}')")
    op.drop_table("events_before")
    _create_others()
    if postgresql:
        _guard_postgresql()
    else:
        _guard_sqlite()


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("target", sa.String(90), nullable=True),
        sa.Column("status", sa.String(12), nullable=True),
        sa.Column("body", sa.Text, nullable=True),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("clock_skew_ms", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("subject", "sequence"),
        sa.UniqueConstraint("subject", "event_id"),
        postgresql_partition_by="HASH (subject)",
    )
    op.create_index("events_by_arrival", "events", ["received_at"])


def _copy_events(field: str) -> None:
    copied = ("subject", "sequence", "event_id", "hash", "body", "received_at", "late")
    columns = ", ".join((*copied, "clock_skew_ms"))
    derived = ("previous_hash", "target", "status")
    op.execute(
        f"INSERT INTO events ({columns}, {', '.join(derived)}) "  # noqa: S608 - constants
        f"SELECT {columns}, {', '.join(field.format(name) for name in derived)} "
        "FROM events_before"
    )


def _create_others() -> None:
    op.create_table(
        "erasures",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("erased_at", sa.String(24), nullable=False),
        sa.Column("erased_by", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "requests",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("pack", sa.String(64), nullable=False),
        sa.Column("clause", sa.String(100), nullable=True),
        sa.Column("locale", sa.String(32), nullable=False),
        sa.Column("message", sa.Text, nullable=True),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("subject", "request_id"),
    )
    op.create_index("requests_by_due_day", "requests", ["due_on"])
    op.create_table(
        "request_steps",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("taken_by", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(64), nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("subject", "request_id", "number"),
    )
    op.create_table(
        "links",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("linked_at", sa.String(24), nullable=False),
        sa.Column("unlinked_at", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("subject", "account", "linked_at"),
    )
    op.create_index("links_by_account", "links", ["account"])
    op.create_table(
        "audit",
        sa.Column("subject", sa.String(43), nullable=False),
        sa.Column("entry_id", sa.String(36), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("officer", sa.String(100), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("subject", "entry_id"),
    )


def _guard_sqlite() -> None:
    unchanged = [f"NEW.{name} IS OLD.{name}" for name in _LASTING]
    unchanged += [f"(NEW.{name} IS NULL OR NEW.{name} IS OLD.{name})" for name in _ERASABLE]
    op.execute(
        "CREATE TRIGGER events_unchanged BEFORE UPDATE ON events "
        f"WHEN NOT ({' AND '.join(unchanged)}) BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    )
    op.execute(
        "CREATE TRIGGER events_kept BEFORE DELETE ON events "
        f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_kept_from_{act.lower()} BEFORE {act} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{_WRITTEN}'); END"
        )


def _guard_postgresql() -> None:
    unchanged = [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _LASTING]
    unchanged += [
        f"(NEW.{name} IS NULL OR NEW.{name} IS NOT DISTINCT FROM OLD.{name})" for name in _ERASABLE
    ]
    refuse = "RAISE EXCEPTION '{}' USING ERRCODE = 'restrict_violation';"
    op.execute(
        "CREATE FUNCTION events_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {' AND '.join(unchanged)} THEN RETURN NEW; END IF; {refuse.format(_KEPT)} END $$"
    )
    op.execute(
        "CREATE FUNCTION events_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {refuse.format(_KEPT)} END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {refuse.format(_WRITTEN)} END $$"
    )
    op.execute(
        "CREATE TRIGGER events_unchanged BEFORE UPDATE ON events "
        "FOR EACH ROW EXECUTE FUNCTION events_unchanged()"
    )
    op.execute(
        "CREATE TRIGGER events_kept BEFORE DELETE ON events "
        "FOR EACH ROW EXECUTE FUNCTION events_kept()"
    )
    op.execute(
        "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_kept()"
    )
    for table in ("events", "audit"):
        op.execute(
            f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()"
        )
