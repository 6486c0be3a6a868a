"""Requests and their steps in the database. Everything here runs in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, and_, insert, select, tuple_, update

from ..problems import Problem, ProblemKind
from ..schema import REQUEST_STEPS, REQUESTS
from .lifecycle import MOVES, RequestStatus
from .messages import NewRequest
from .working_days import LONGEST, due_date

BY_ENDPOINT = "endpoint"
"""Stands in the step that the endpoint takes: receiving."""

BY_SUBJECT = "subject"
"""Stands in steps of the person."""


@dataclass(frozen=True)
class Step:
    """A step as it is stored; ``taken_by`` is one of the names above or an officer's signature."""

    number: int
    status: RequestStatus
    at: str
    taken_by: str
    reason: str | None
    note: str | None


@dataclass(frozen=True)
class StoredRequest:
    """A request and all its steps, first to last."""

    subject: str
    request_id: str
    kind: str
    pack: str
    clause: str | None
    locale: str
    message: str | None
    received_at: str
    due_on: date
    steps: tuple[Step, ...]

    @property
    def status(self) -> RequestStatus:
        """How it stands."""
        return [step.status for step in self.steps if step.status is not RequestStatus.EXTENDED][-1]

    def is_same(self, new: NewRequest) -> bool:
        """Whether a request that is sent again is this one."""
        return (self.kind, self.pack, self.clause, self.locale, self.message) == (
            *(new.kind, new.pack, new.clause, new.locale, new.message),
        )


@dataclass(frozen=True)
class Wanted:
    """Which requests an officer looks for.

    Attributes:
        statuses: Standing one of these ways; None for any.
        due_before: Due before this day in China; None for any.
        after: Due day, subject and request id of the last one seen; None from the start.
        limit: Most requests.
    """

    statuses: tuple[RequestStatus, ...] | None
    due_before: str | None
    after: tuple[str, str, str] | None
    limit: int


def add(connection: Connection, subject: str, new: NewRequest, at: str, due_on: date) -> None:
    """Store a request that is not known yet, with its first step."""
    connection.execute(
        insert(REQUESTS),
        {
            "subject": subject,
            "request_id": new.request_id,
            "kind": new.kind,
            "pack": new.pack,
            "clause": new.clause,
            "locale": new.locale,
            "message": new.message,
            "received_at": at,
            "due_on": due_on.isoformat(),
        },
    )
    first = Step(1, RequestStatus.RECEIVED, at, BY_ENDPOINT, None, None)
    _insert_step(connection, subject, new.request_id, first)


def find(connection: Connection, subject: str, request_id: str) -> StoredRequest | None:
    """One request of a subject; None if there is none of that id."""
    row = connection.execute(
        select(REQUESTS).where(REQUESTS.c.subject == subject, REQUESTS.c.request_id == request_id)
    ).one_or_none()
    return None if row is None else _stored(connection, row)


def get(connection: Connection, subject: str, request_id: str) -> StoredRequest:
    """One request of a subject.

    Raises:
        Problem: 404 without one.
    """
    found = find(connection, subject, request_id)
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, "This subject has no such request.")
    return found


def all_of(connection: Connection, subject: str) -> list[StoredRequest]:
    """All requests of a subject, the newest last."""
    rows = connection.execute(
        select(REQUESTS)
        .where(REQUESTS.c.subject == subject)
        .order_by(REQUESTS.c.received_at, REQUESTS.c.request_id)
    )
    return [_stored(connection, row) for row in rows.all()]


def search(connection: Connection, wanted: Wanted) -> list[StoredRequest]:
    """Requests of all subjects, the soonest due first."""
    place = tuple_(REQUESTS.c.due_on, REQUESTS.c.subject, REQUESTS.c.request_id)
    chosen = select(REQUESTS).order_by(*place.clauses).limit(wanted.limit)
    if wanted.statuses is not None:
        standing = (
            select(REQUEST_STEPS.c.status)
            .where(
                REQUEST_STEPS.c.subject == REQUESTS.c.subject,
                REQUEST_STEPS.c.request_id == REQUESTS.c.request_id,
                REQUEST_STEPS.c.status != RequestStatus.EXTENDED.value,
            )
            .order_by(REQUEST_STEPS.c.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        chosen = chosen.where(standing.in_([status.value for status in wanted.statuses]))
    if wanted.due_before is not None:
        chosen = chosen.where(REQUESTS.c.due_on < wanted.due_before)
    if wanted.after is not None:
        chosen = chosen.where(place > tuple_(*wanted.after))
    return [_stored(connection, row) for row in connection.execute(chosen).all()]


def take(
    connection: Connection,
    request: StoredRequest,
    status: RequestStatus,
    *,
    at: str,
    by: str,
    reason: str | None = None,
    note: str | None = None,
) -> StoredRequest:
    """Take the next step of a request; the request after it.

    Raises:
        Problem: 409 if the step does not follow from how the request stands, or if an extension
            would go beyond what the law allows.
    """
    following = MOVES[request.status]
    if status not in following:
        allowed = ", ".join(following) or "nothing"
        raise Problem(
            ProblemKind.PRECONDITION,
            f"The request stands at {request.status}; what may follow is: {allowed}.",
        )
    if status is RequestStatus.EXTENDED:
        _extend(connection, request)
    number = request.steps[-1].number + 1
    step = Step(number, status, at, by, reason, note)
    _insert_step(connection, request.subject, request.request_id, step)
    return get(connection, request.subject, request.request_id)


def _extend(connection: Connection, request: StoredRequest) -> None:
    latest = due_date(datetime.fromisoformat(request.received_at), LONGEST).day
    if latest <= request.due_on:
        raise Problem(
            ProblemKind.PRECONDITION,
            f"The request is due on {request.due_on}, as late as the law allows.",
        )
    connection.execute(
        update(REQUESTS)
        .where(
            and_(REQUESTS.c.subject == request.subject, REQUESTS.c.request_id == request.request_id)
        )
        .values(due_on=latest.isoformat())
    )


def _insert_step(connection: Connection, subject: str, request_id: str, step: Step) -> None:
    connection.execute(
        insert(REQUEST_STEPS),
        {
            "subject": subject,
            "request_id": request_id,
            "number": step.number,
            "status": step.status.value,
            "at": step.at,
            "taken_by": step.taken_by,
            "reason": step.reason,
            "note": step.note,
        },
    )


def _stored(connection: Connection, row: Row[tuple[object, ...]]) -> StoredRequest:
    values = dict(row._mapping)
    due_on = date.fromisoformat(values.pop("due_on"))
    steps = _steps(connection, values["subject"], values["request_id"])
    return StoredRequest(**values, due_on=due_on, steps=tuple(steps))


def _steps(connection: Connection, subject: str, request_id: str) -> Sequence[Step]:
    rows = connection.execute(
        select(
            REQUEST_STEPS.c.number,
            REQUEST_STEPS.c.status,
            REQUEST_STEPS.c.at,
            REQUEST_STEPS.c.taken_by,
            REQUEST_STEPS.c.reason,
            REQUEST_STEPS.c.note,
        )
        .where(REQUEST_STEPS.c.subject == subject, REQUEST_STEPS.c.request_id == request_id)
        .order_by(REQUEST_STEPS.c.number)
    )
    return [
        Step(row.number, RequestStatus(row.status), row.at, row.taken_by, row.reason, row.note)
        for row in rows
    ]
