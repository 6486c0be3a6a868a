"""The calls by which installations of one account find each other's events."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..authentication import authenticated_subject
from ..body import read_json
from ..database import lock_subjects
from ..description import BODY_PROBLEMS, Access, Body, Operation, query, whole_number
from ..erasure import refuse_erased
from ..messages import MAX_EVENTS, StoredEvent, StoredEvents, encode
from ..moments import utc_milliseconds
from ..parameters import LARGEST, path_value
from ..parameters import whole_number as read_whole_number
from ..problems import Problem, ProblemKind
from ..services import Services
from . import store
from .issuers import LoginIssuers
from .messages import Linked, Links, Login
from .proof import NotProven, account_of

_LINKS = "/v1/subjects/{subject}/links"
_DEFAULT_LIMIT = 100
_LINK = Operation(
    path=_LINKS,
    method="POST",
    id="link",
    summary="Link this installation to the account that the person is logged in to",
    description="Again to the same account is answered as the first time. What was decided "
    "before stays decided: no event is changed or made by it.",
    access=Access.DEVICE,
    request=Body(Login),
    answer=Body(Linked),
    problems=(
        *BODY_PROBLEMS,
        ProblemKind.LOGIN_NOT_PROVEN,
        ProblemKind.PRECONDITION,
        ProblemKind.ERASED,
    ),
)
_READ = Operation(
    path=_LINKS,
    method="GET",
    id="readLinks",
    summary="The account of this installation, and the others of it",
    access=Access.DEVICE,
    answer=Body(Links),
)
_UNLINK = Operation(
    path=_LINKS,
    method="DELETE",
    id="unlink",
    summary="Take this installation out of its account",
    description="Done as well if it has none.",
    access=Access.DEVICE,
    answer=None,
    status=204,
)
_EVENTS = Operation(
    path="/v1/subjects/{subject}/links/{other}/events",
    method="GET",
    id="readLinkedEvents",
    summary="A stretch of the record of another installation of the same account",
    description="Only as long as both are linked to it.",
    access=Access.DEVICE,
    answer=Body(StoredEvents),
    problems=(ProblemKind.BAD_REQUEST,),
    parameters=(
        query("after", "Only sequence numbers above this", whole_number(0, LARGEST, 0)),
        query("limit", "Most events in the answer", whole_number(1, MAX_EVENTS, _DEFAULT_LIMIT)),
    ),
)


class LinkRoutes:
    """The routes under ``/v1/subjects/{subject}/links``.

    Args:
        services: The running endpoint.

    Raises:
        LoginIssuersUnreadable: The file of issuers is missing or wrong.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._issuers = LoginIssuers(services.settings.login_issuers)

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route(_LINKS, self.link, methods=["POST"], name="link"),
            Route(_LINKS, self.read, methods=["GET"], name="read_links"),
            Route(_LINKS, self.unlink, methods=["DELETE"], name="unlink"),
            Route(_EVENTS.path, self.events, methods=["GET"], name="read_linked_events"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_LINK, _READ, _UNLINK, _EVENTS]

    async def link(self, request: Request) -> Response:
        """Link to the account of a proven login; durable before the answer."""
        subject = authenticated_subject(request)
        login = await read_json(request, Login, self._services.settings.max_body_bytes)
        now = self._services.clock.now()
        try:
            account = account_of(login.login_token, self._issuers, subject=subject, now=now)
        except NotProven as reason:
            raise Problem(ProblemKind.LOGIN_NOT_PROVEN, f"{reason}.") from None

        def work(connection: Connection) -> store.Link:
            lock_subjects(connection, [subject])
            refuse_erased(connection, subject)
            return store.link(connection, subject, account, utc_milliseconds(now))

        linked = await self._services.database.writing(work)
        return _answer(Linked(linked.account, linked.linked_at))

    async def read(self, request: Request) -> Response:
        """The account and the other installations."""
        subject = authenticated_subject(request)

        def work(connection: Connection) -> Links:
            link = store.current(connection, subject)
            if link is None:
                return Links(None, None, [])
            others = store.others(connection, subject, link.account)
            return Links(link.account, link.linked_at, others)

        return _answer(await self._services.database.reading(work))

    async def unlink(self, request: Request) -> Response:
        """End the link."""
        subject = authenticated_subject(request)
        at = utc_milliseconds(self._services.clock.now())

        def work(connection: Connection) -> None:
            lock_subjects(connection, [subject])
            store.unlink(connection, subject, at)

        await self._services.database.writing(work)
        return Response(status_code=204, headers={"cache-control": "no-store"})

    async def events(self, request: Request) -> Response:
        """Events of another installation, as long as both belong to one account."""
        subject = authenticated_subject(request)
        other = path_value(request, "other")
        after = read_whole_number(request, "after", 0, 0, LARGEST)
        limit = read_whole_number(request, "limit", _DEFAULT_LIMIT, 1, MAX_EVENTS)

        def work(connection: Connection) -> list[StoredEvent]:
            if not store.share_an_account(connection, subject, other):
                raise Problem(ProblemKind.NOT_FOUND, "No installation of the same account.")
            # One more than asked for tells whether there is a next stretch.
            return store.events_of(connection, other, after, limit + 1)

        found = await self._services.database.reading(work)
        events, more = found[:limit], len(found) > limit
        return _answer(StoredEvents(events, events[-1].event.sequence if more else None))


def _answer(message: msgspec.Struct) -> Response:
    return Response(
        encode(message), media_type="application/json", headers={"cache-control": "no-store"}
    )
