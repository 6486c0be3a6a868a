"""What officers did.

An act is written down in the same transaction. A reading is written down first, durably, and only
then begins: nothing is answered that is not on record, and a long reading holds up no writer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
import uuid6
from sqlalchemy import Connection, insert, select, tuple_

from ..messages import EventId
from ..moments import utc_milliseconds
from ..schema import AUDIT
from ..services import Services
from .authentication import Officer
from .messages import AuditEntry, StoredMoment

NO_SUBJECT = ""
"""Stands in an entry that is about no subject in particular."""


class AuditKey(NamedTuple):
    """Where an entry stands among all of them."""

    at: StoredMoment
    entry_id: EventId


def write_audit(
    connection: Connection,
    officer: Officer,
    action: str,
    *,
    at: datetime,
    subject: str = NO_SUBJECT,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write an entry.

    Args:
        connection: In the transaction of the act.
        officer: Who acts.
        action: Kebab-case, at most 32 characters: ``export``, ``decide-request``.
        at: When.
        subject: Whose record it is about, if one person's.
        detail: What was asked for; never what was answered.
    """
    connection.execute(
        insert(AUDIT),
        {
            "subject": subject,
            "entry_id": str(uuid6.uuid7()),
            "at": utc_milliseconds(at),
            "officer": officer.name,
            "action": action,
            "detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        },
    )


async def announce_reading(
    services: Services,
    officer: Officer,
    action: str,
    *,
    subject: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write down, in a transaction of its own, that an officer is about to read.

    Args:
        services: The running endpoint.
        officer: Who reads.
        action: See :func:`write_audit`.
        subject: Whose record, if one person's.
        detail: What is asked for; what is None was not.
    """
    asked = {name: value for name, value in (detail or {}).items() if value is not None}
    at = services.clock.now()

    def work(connection: Connection) -> None:
        write_audit(connection, officer, action, at=at, subject=subject or NO_SUBJECT, detail=asked)

    await services.database.writing(work)


def audit_entries(
    connection: Connection,
    *,
    since: str | None,
    until: str | None,
    after: AuditKey | None,
    limit: int,
) -> list[AuditEntry]:
    """Up to ``limit`` entries in the order of their time.

    Args:
        connection: In any transaction.
        since: No entry before this moment.
        until: No entry at or after this moment.
        after: Only entries after this one.
        limit: Most entries.
    """
    wanted = select(AUDIT).order_by(AUDIT.c.at, AUDIT.c.entry_id).limit(limit)
    if since is not None:
        wanted = wanted.where(AUDIT.c.at >= since)
    if until is not None:
        wanted = wanted.where(AUDIT.c.at < until)
    if after is not None:
        wanted = wanted.where(tuple_(AUDIT.c.at, AUDIT.c.entry_id) > tuple_(*after))
    return [_entry(row) for row in connection.execute(wanted).mappings()]


def key_of(entries: Sequence[AuditEntry]) -> AuditKey:
    """Where the last of some entries stands."""
    return AuditKey(entries[-1].at, entries[-1].entry_id)


def _entry(row: Mapping[Any, Any]) -> AuditEntry:
    return AuditEntry(
        entry_id=row["entry_id"],
        at=row["at"],
        officer=row["officer"],
        action=row["action"],
        subject=row["subject"] or None,
        detail=msgspec.json.decode(row["detail"], type=dict[str, Any]),
    )
