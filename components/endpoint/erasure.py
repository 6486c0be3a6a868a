"""Taking a record away: bodies go, hashes stay, and the chain can still be walked.

What goes with the erasure: body, target and status of every event, what the person wrote in
requests, and all links to accounts. What stays: number, id, both hashes and time of arrival of
each event, and how requests were handled.

In a SQLite file the freed bytes are overwritten with zeros, and the write-ahead log is emptied
afterwards. Outside the database's reach remain: on PostgreSQL, dead rows until vacuum comes by and
write-ahead log until it is recycled; everywhere, backups and archived logs, for as long as whoever
runs the endpoint keeps them; and blocks of a disk that the file system gave back.
"""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import anyio.to_thread
from msgspec import Meta, Struct
from sqlalchemy import Connection, delete, func, insert, select, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .authentication import authenticated_subject
from .database import Database, lock_subjects
from .description import Access, Body, Operation
from .messages import Moment, encode
from .moments import utc_milliseconds
from .problems import Problem, ProblemKind
from .schema import ERASURES, EVENTS, LINKS, REQUESTS
from .services import Services

BY_SUBJECT = "subject"
"""Stands in an erasure that the person did."""


class Erasure(Struct, frozen=True):
    """A record that was taken away."""

    erased_at: Annotated[Moment, Meta(description="The first time, however often it was asked")]
    events: Annotated[int, Meta(ge=0, description="How many events it held")]


_ERASE = Operation(
    path="/v1/subjects/{subject}",
    method="DELETE",
    id="eraseRecord",
    summary="Erase the whole record of this installation, for good",
    description="Bodies of events, links to accounts and the words of requests go. Hashes stay, "
    "so that it can still be shown that nothing was changed. Nothing more is taken for this "
    "subject. Once more, it is answered as the first time.",
    access=Access.DEVICE,
    answer=Body(Erasure),
)


class ErasureRoutes:
    """The route by which a person has the record of an installation erased.

    Args:
        services: The running endpoint.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [Route(_ERASE.path, self.erase, methods=["DELETE"], name="erase_record")]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_ERASE]

    async def erase(self, request: Request) -> Response:
        """Erase the record; durable before the answer."""
        subject = authenticated_subject(request)
        at = utc_milliseconds(self._services.clock.now())
        database = self._services.database
        erasure = await database.writing(
            lambda connection: erase(connection, subject, at=at, by=BY_SUBJECT)
        )
        await anyio.to_thread.run_sync(empty_the_log, database)
        return Response(
            encode(erasure), media_type="application/json", headers={"cache-control": "no-store"}
        )


def erased_at(connection: Connection, subject: str) -> str | None:
    """When a subject's record was erased; None if it was not."""
    found: str | None = connection.execute(
        select(ERASURES.c.erased_at).where(ERASURES.c.subject == subject)
    ).scalar_one_or_none()
    return found


def refuse_erased(connection: Connection, subject: str) -> None:
    """Raise if a subject's record was erased.

    Raises:
        Problem: 410.
    """
    moment = erased_at(connection, subject)
    if moment is not None:
        raise Problem(ProblemKind.ERASED, f"Erased at {moment}.")


def erase(connection: Connection, subject: str, *, at: str, by: str) -> Erasure:
    """Erase a subject's record, or tell that it was; in a writing transaction.

    Args:
        connection: In the transaction.
        subject: Whose record. One that has none yet will never have one.
        at: Now, as moments are stored.
        by: :data:`BY_SUBJECT`, or the officer's name.
    """
    lock_subjects(connection, [subject])
    first = erased_at(connection, subject)
    if first is None:
        _overwrite_what_is_freed(connection)
        connection.execute(
            update(EVENTS)
            .where(EVENTS.c.subject == subject)
            .values(body=None, target=None, status=None)
        )
        connection.execute(
            update(REQUESTS).where(REQUESTS.c.subject == subject).values(message=None)
        )
        connection.execute(delete(LINKS).where(LINKS.c.subject == subject))
        connection.execute(insert(ERASURES), {"subject": subject, "erased_at": at, "erased_by": by})
    events = connection.execute(
        select(func.count()).select_from(EVENTS).where(EVENTS.c.subject == subject)
    ).scalar_one()
    return Erasure(at if first is None else first, events)


def empty_the_log(database: Database) -> None:
    """Bring SQLite's write-ahead log into the file and empty it; blocks.

    The log still holds pages from before an erasure. If readers keep it from being emptied now,
    the next erasure or the closing of the database empties it.
    """
    if database.engine.dialect.name != "sqlite":
        return
    with closing(database.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _overwrite_what_is_freed(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
