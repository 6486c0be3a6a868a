"""The calls by which an officer looks at what is stored: search, export, chains, counts, audit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ...consent.status import ConsentStatus
from ..description import Access, Body, Operation, query, whole_number
from ..messages import MAX_EVENTS, encode
from ..moments import utc_milliseconds
from ..parameters import whole_number as asked_number
from ..problems import ProblemKind
from ..services import Services
from .asked import (
    asked_moment,
    asked_text,
    asked_word,
    moment_parameter,
    text_parameter,
    word_parameter,
)
from .audit import AuditKey, announce_reading, audit_entries
from .audit import key_of as audit_key_of
from .chains import ChainKey, check_chains
from .counts import counts, usual_begin
from .export import ExportFormat, exported
from .messages import AuditEntries, CheckedChains, Counts, FoundEvents, Period
from .paging import AFTER, after, next_word
from .search import EventKey, Wanted, found_events
from .search import key_of as event_key_of

_SUBJECT = re.compile(r"[A-Za-z0-9_-]{43}")
_TARGET = re.compile(r"(notice|purpose|permission):[a-z0-9]+(-[a-z0-9]+)*")
_DEFAULT_LIMIT = 100
_DEFAULT_STRETCH = 5000
_LONGEST_STRETCH = 20_000
_WHOSE = text_parameter("subject", "Only this subject", _SUBJECT)
_FROM = moment_parameter("from", "Only what arrived at this moment or later; a date is in UTC")
_TO = moment_parameter("to", "Only what arrived before this moment")
_LIMIT = query("limit", "Most in one answer", whole_number(1, MAX_EVENTS, _DEFAULT_LIMIT))

_SEARCH = Operation(
    path="/v1/officer/events",
    method="GET",
    id="findEvents",
    summary="Events of all subjects, in the order in which they arrived",
    access=Access.OFFICER,
    answer=Body(FoundEvents),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        _WHOSE,
        text_parameter("target", "Only what is about this", _TARGET),
        word_parameter("status", "Only what leaves this status", ConsentStatus),
        _FROM,
        _TO,
        AFTER,
        _LIMIT,
    ),
)
_EXPORT = Operation(
    path="/v1/officer/export",
    method="GET",
    id="exportEvents",
    summary="Events of all subjects as one stream",
    description="The last line has the number of events before it and the SHA-256 of every byte "
    "before it; without such a line the export was cut off. `to` is the moment of asking unless "
    "it is given.",
    access=Access.OFFICER,
    answer=Body(None, "application/x-ndjson", ("text/csv",)),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        word_parameter("format", "In which form", ExportFormat, ExportFormat.NDJSON),
        _WHOSE,
        _FROM,
        _TO,
    ),
)
_CHAINS = Operation(
    path="/v1/officer/chains",
    method="GET",
    id="checkChains",
    summary="A stretch of the walk along the chains: what was found wrong",
    access=Access.OFFICER,
    answer=Body(CheckedChains),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        _WHOSE,
        AFTER,
        query(
            "limit", "Most events to look at", whole_number(1, _LONGEST_STRETCH, _DEFAULT_STRETCH)
        ),
    ),
)
_COUNTS = Operation(
    path="/v1/officer/counts",
    method="GET",
    id="countEvents",
    summary="How many choices arrived over time, by target and status",
    description="`to` is the moment of asking unless it is given, `from` 31 days before it, or 366 "
    "by month.",
    access=Access.OFFICER,
    answer=Body(Counts),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        word_parameter("by", "How long a period is, in UTC", Period, Period.DAY),
        _FROM,
        _TO,
    ),
)
_AUDIT = Operation(
    path="/v1/officer/audit",
    method="GET",
    id="readAudit",
    summary="What officers did, oldest first",
    access=Access.OFFICER,
    answer=Body(AuditEntries),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        moment_parameter("from", "Only what was done at this moment or later"),
        moment_parameter("to", "Only what was done before this moment"),
        AFTER,
        _LIMIT,
    ),
)


class OfficerRoutes:
    """The routes under ``/v1/officer`` that read; each is written into the audit first.

    Args:
        services: The running endpoint.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route(_SEARCH.path, self.search, methods=["GET"], name="find_events"),
            Route(_EXPORT.path, self.export, methods=["GET"], name="export_events"),
            Route(_CHAINS.path, self.chains, methods=["GET"], name="check_chains"),
            Route(_COUNTS.path, self.counts, methods=["GET"], name="count_events"),
            Route(_AUDIT.path, self.audit, methods=["GET"], name="read_audit"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_SEARCH, _EXPORT, _CHAINS, _COUNTS, _AUDIT]

    async def search(self, request: Request) -> Response:
        """Events of all subjects, a page at a time."""
        officer = self._services.officers.authenticated(request)
        status = asked_word(request, "status", ConsentStatus)
        wanted = Wanted(
            subject=asked_text(request, "subject", _SUBJECT),
            target=asked_text(request, "target", _TARGET),
            status=None if status is None else status.value,
            since=asked_moment(request, "from"),
            until=asked_moment(request, "to"),
        )
        begin = after(request, EventKey)
        limit = asked_number(request, "limit", _DEFAULT_LIMIT, 1, MAX_EVENTS)
        await announce_reading(
            self._services,
            officer,
            "search",
            subject=wanted.subject,
            detail={**wanted.detail(), "limit": limit, "after": begin and begin.received_at},
        )
        # One more than asked for tells whether there is a next page.
        found = await self._services.database.reading(
            lambda connection: found_events(connection, wanted, begin, limit + 1)
        )
        more = len(found) > limit
        events = found[:limit]
        return _answer(FoundEvents(events, next_word(event_key_of(events[-1])) if more else None))

    async def export(self, request: Request) -> Response:
        """Everything that was asked for, as a stream."""
        officer = self._services.officers.authenticated(request)
        form = asked_word(request, "format", ExportFormat) or ExportFormat.NDJSON
        wanted = Wanted(
            subject=asked_text(request, "subject", _SUBJECT),
            since=asked_moment(request, "from"),
            until=asked_moment(request, "to") or utc_milliseconds(self._services.clock.now()),
        )
        await announce_reading(
            self._services,
            officer,
            "export",
            subject=wanted.subject,
            detail={**wanted.detail(), "format": form.value},
        )
        return StreamingResponse(
            exported(self._services.database, wanted, form),
            headers={
                "cache-control": "no-store",
                "content-type": form.media_type,
                "content-disposition": f'attachment; filename="consent-events.{form.value}"',
            },
        )

    async def chains(self, request: Request) -> Response:
        """A stretch of the walk along the chains."""
        officer = self._services.officers.authenticated(request)
        subject = asked_text(request, "subject", _SUBJECT)
        begin = after(request, ChainKey)
        limit = asked_number(request, "limit", _DEFAULT_STRETCH, 1, _LONGEST_STRETCH)
        await announce_reading(
            self._services, officer, "check-chains", subject=subject, detail={"limit": limit}
        )
        return _answer(
            await self._services.database.reading(
                lambda connection: check_chains(connection, subject, begin, limit)
            )
        )

    async def counts(self, request: Request) -> Response:
        """How many choices arrived, over time."""
        officer = self._services.officers.authenticated(request)
        by = asked_word(request, "by", Period) or Period.DAY
        now = self._services.clock.now()
        until = asked_moment(request, "to") or utc_milliseconds(now)
        since = asked_moment(request, "from") or usual_begin(by, until)
        await announce_reading(
            self._services, officer, "count", detail={"by": by.value, "from": since, "to": until}
        )
        counted = await self._services.database.reading(
            lambda connection: counts(connection, by, since, until)
        )
        return _answer(Counts(by, since, until, counted))

    async def audit(self, request: Request) -> Response:
        """What officers did; this reading stands in it too."""
        officer = self._services.officers.authenticated(request)
        since, until = asked_moment(request, "from"), asked_moment(request, "to")
        begin = after(request, AuditKey)
        limit = asked_number(request, "limit", _DEFAULT_LIMIT, 1, MAX_EVENTS)
        detail: Mapping[str, Any] = {"from": since, "to": until, "limit": limit}
        await announce_reading(self._services, officer, "read-audit", detail=detail)
        found = await self._services.database.reading(
            lambda connection: audit_entries(
                connection, since=since, until=until, after=begin, limit=limit + 1
            )
        )
        more = len(found) > limit
        entries = found[:limit]
        return _answer(AuditEntries(entries, next_word(audit_key_of(entries)) if more else None))


def _answer(message: msgspec.Struct) -> Response:
    return Response(
        encode(message), media_type="application/json", headers={"cache-control": "no-store"}
    )
