"""Links in the database. Everything here runs in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from ..messages import EventMessage, StoredEvent
from ..problems import Problem, ProblemKind
from ..schema import EVENTS, LINKS
from .messages import Installation


@dataclass(frozen=True)
class Link:
    """That an installation belongs to an account, and since when."""

    account: str
    linked_at: str


def current(connection: Connection, subject: str) -> Link | None:
    """The link of an installation now; None if it has none."""
    row = connection.execute(
        select(LINKS.c.account, LINKS.c.linked_at).where(_linked_now(subject))
    ).one_or_none()
    return None if row is None else Link(row.account, row.linked_at)


def link(connection: Connection, subject: str, account: str, at: str) -> Link:
    """Link an installation to an account, or tell that it is.

    Raises:
        Problem: 409 if it is linked to another account.
    """
    known = current(connection, subject)
    if known is not None and known.account != account:
        raise Problem(
            ProblemKind.PRECONDITION, "This installation is linked to another account; unlink it."
        )
    if known is not None:
        return known
    this = and_(LINKS.c.subject == subject, LINKS.c.account == account, LINKS.c.linked_at == at)
    # Linked and unlinked within this same millisecond: one row can stand for both times.
    if connection.execute(update(LINKS).where(this).values(unlinked_at=None)).rowcount == 0:
        connection.execute(
            insert(LINKS),
            {"subject": subject, "account": account, "linked_at": at, "unlinked_at": None},
        )
    return Link(account, at)


def unlink(connection: Connection, subject: str, at: str) -> None:
    """End the link of an installation, if it has one; that it was there stays written."""
    connection.execute(update(LINKS).where(_linked_now(subject)).values(unlinked_at=at))


def others(connection: Connection, subject: str, account: str) -> list[Installation]:
    """The other installations that are linked to an account now, the oldest link first."""
    highest = (
        select(func.max(EVENTS.c.sequence))
        .where(EVENTS.c.subject == LINKS.c.subject)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(LINKS.c.subject, LINKS.c.linked_at, func.coalesce(highest, 0).label("highest"))
        .where(
            LINKS.c.account == account,
            LINKS.c.unlinked_at.is_(None),
            LINKS.c.subject != subject,
        )
        .order_by(LINKS.c.linked_at, LINKS.c.subject)
    )
    return [Installation(row.subject, row.linked_at, row.highest) for row in rows]


def share_an_account(connection: Connection, subject: str, other: str) -> bool:
    """Whether two different installations are linked to the same account now."""
    mine, theirs = current(connection, subject), current(connection, other)
    return (
        subject != other
        and mine is not None
        and theirs is not None
        and mine.account == theirs.account
    )


def events_of(connection: Connection, subject: str, after: int, limit: int) -> list[StoredEvent]:
    """Up to ``limit`` events of an installation with a sequence number above ``after``."""
    rows = connection.execute(
        select(EVENTS.c.body, EVENTS.c.received_at, EVENTS.c.late, EVENTS.c.clock_skew_ms)
        .where(EVENTS.c.subject == subject, EVENTS.c.sequence > after)
        .order_by(EVENTS.c.sequence)
        .limit(limit)
    )
    return [
        StoredEvent(
            event=msgspec.json.decode(row.body, type=EventMessage),
            received_at=row.received_at,
            late=row.late,
            clock_skew_ms=row.clock_skew_ms,
        )
        for row in rows
    ]


def _linked_now(subject: str) -> ColumnElement[Any]:
    return and_(LINKS.c.subject == subject, LINKS.c.unlinked_at.is_(None))
