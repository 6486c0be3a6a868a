"""Requests to exercise a right, and erasure: asked for here, handled at the endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..consent.ledger_errors import LedgerError
from .answers import Failed, FailureKind
from .calls import Reply
from .device import Device, broken, refusal
from .reading import day, moment, objects, text, text_or_none, whole_number
from .remedy import ERASED_CODE

_GIVEN_UP_AT_ONCE = 500


@dataclass(frozen=True)
class RightsRequest:
    """What a person asks for.

    Attributes:
        request_id: UUIDv7, made on the device; sending it again makes no second request.
        kind: A right of the pack, or one the law gives: ``access``, ``copy``, ``transfer``,
            ``correct``, ``supplement``, ``delete``, ``restrict``, ``close-account``, ``explain``.
        pack: Id of the policy pack it is about.
        locale: The person's language, for the answer.
        clause: Id of the clause it is about, if any.
        message: What the person wrote, if anything.
    """

    request_id: str
    kind: str
    pack: str
    locale: str
    clause: str | None = None
    message: str | None = None

    @classmethod
    def new(
        cls,
        kind: str,
        pack: str,
        locale: str,
        *,
        clause: str | None = None,
        message: str | None = None,
    ) -> RightsRequest:
        """A request with an id of its own. Keep it until the endpoint has confirmed it."""
        # See ``RandomIdentities.event_id``.
        import uuid6

        return cls(str(uuid6.uuid7()), kind, pack, locale, clause, message)


@dataclass(frozen=True)
class RequestStep:
    """One step of handling.

    Attributes:
        number: 1, 2, 3, ...
        status: For example ``received``, ``accepted``, ``refused``, ``done``.
        at: When, by the endpoint's clock.
        taken_by: ``subject``, ``endpoint`` or ``officer``.
        reason: Code of the reason for a refusal or an extension, if any.
        note: What the officer wrote, if anything.
    """

    number: int
    status: str
    at: datetime
    taken_by: str
    reason: str | None
    note: str | None


@dataclass(frozen=True)
class RequestState:
    """A request and what became of it.

    Attributes:
        request_id: As it was sent.
        kind: As it was sent.
        pack: As it was sent.
        locale: As it was sent.
        clause: As it was sent.
        received_at: When the endpoint had it durably, by its clock.
        due_on: The last day on which an answer is in time, in China.
        status: Of the last step.
        steps: Oldest first.
        due_is_provisional: The year's holidays were not known yet: the day may be early, and
            stays.
    """

    request_id: str
    kind: str
    pack: str
    locale: str
    clause: str | None
    received_at: datetime
    due_on: date
    status: str
    steps: tuple[RequestStep, ...]
    due_is_provisional: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the endpoint tells it, to be kept; :meth:`from_json` reads it back."""
        return {
            "request_id": self.request_id,
            "kind": self.kind,
            "pack": self.pack,
            "locale": self.locale,
            "clause": self.clause,
            "received_at": self.received_at.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_is_provisional": self.due_is_provisional,
            "status": self.status,
            "steps": [
                {
                    "number": step.number,
                    "status": step.status,
                    "at": step.at.isoformat(),
                    "taken_by": step.taken_by,
                    "reason": step.reason,
                    "note": step.note,
                }
                for step in self.steps
            ],
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> RequestState:
        """Read what the endpoint told, or what was kept of it.

        Raises:
            ValueError: That is no request's state.
        """
        return cls(
            request_id=text(body, "request_id"),
            kind=text(body, "kind"),
            pack=text(body, "pack"),
            locale=text(body, "locale"),
            clause=text_or_none(body, "clause"),
            received_at=moment(body, "received_at"),
            due_on=day(body, "due_on"),
            status=text(body, "status"),
            steps=tuple(_step(entry) for entry in objects(body, "steps")),
            due_is_provisional=body.get("due_is_provisional") is True,
        )


@dataclass(frozen=True)
class Erasure:
    """The record was erased at the endpoint. The device's own copy is untouched.

    Attributes:
        erased_at: When, by the endpoint's clock; the first time, if it was asked for again.
        events: How many events lost their contents; their hashes stay.
    """

    erased_at: datetime
    events: int


class RightsRequests:
    """Makes requests and asks what became of them.

    A request that was not confirmed may have arrived: submit the same one again, not a new one.

    Args:
        device: Asks the endpoint.
    """

    def __init__(self, device: Device) -> None:
        self._device = device

    @property
    def may_ask(self) -> bool:
        """Whether anything would be sent now: it may be, and the device is not known offline."""
        return self._device.may_ask

    async def submit(self, request: RightsRequest) -> RequestState | Failed:
        """Make a request.

        Returns:
            How it stands, once the endpoint has it durably; Failed with ``CONTRADICTED`` if the
            endpoint does not take it as it is.
        """
        reply = await self._device.ask(
            "POST",
            "requests",
            body={
                "request_id": request.request_id,
                "kind": request.kind,
                "pack": request.pack,
                "locale": request.locale,
                **({} if request.clause is None else {"clause": request.clause}),
                **({} if request.message is None else {"message": request.message}),
            },
        )
        return _about(request.request_id, reply, ("conflict", "malformed"))

    async def cancel(self, request_id: str) -> RequestState | Failed:
        """Take a request back. Asked again, the answer is the same.

        Returns:
            How it stands then; Failed with ``CONTRADICTED`` if it can be taken back no more.
        """
        reply = await self._device.ask("POST", "requests", request_id, "cancellation")
        return _about(request_id, reply, ("not-in-this-state",))

    async def list(self) -> tuple[RequestState, ...] | Failed:
        """All requests of this installation, oldest first."""
        reply = await self._device.ask("GET", "requests")
        if isinstance(reply, Failed):
            return reply
        if reply.status != 200:
            return refusal(reply)
        try:
            return tuple(RequestState.from_json(entry) for entry in objects(reply.body, "requests"))
        except ValueError:
            return Failed(FailureKind.UNEXPECTED_ANSWER)


async def erase(device: Device) -> Erasure | Failed:
    """Have this installation's record erased at the endpoint, for good.

    Nothing of this installation is sent any more. Asked again, the answer is the same.
    """
    reply = await device.ask("DELETE")
    if isinstance(reply, Failed):
        return reply
    if reply.status != 200:
        return refusal(reply)
    try:
        erasure = Erasure(moment(reply.body, "erased_at"), whole_number(reply.body, "events"))
    except ValueError:
        return Failed(FailureKind.UNEXPECTED_ANSWER)
    outbox = device.ledger.outbox
    try:
        while events := outbox.claim(_GIVEN_UP_AT_ONCE):
            outbox.supersede(events, ERASED_CODE)
    except LedgerError as error:
        # Sending finds out by itself.
        broken(error)
    return erasure


def _about(
    request_id: str, reply: Reply | Failed, contradicting: tuple[str, ...]
) -> RequestState | Failed:
    """What an answer says about one request; ``contradicting`` are problems that stay."""
    if isinstance(reply, Failed):
        return reply
    if reply.problem in contradicting:
        return Failed(FailureKind.CONTRADICTED)
    if reply.status != 200:
        return refusal(reply)
    try:
        state = RequestState.from_json(reply.body)
    except ValueError:
        return Failed(FailureKind.UNEXPECTED_ANSWER)
    same = state.request_id == request_id
    return state if same else Failed(FailureKind.UNEXPECTED_ANSWER)


def _step(body: Mapping[str, Any]) -> RequestStep:
    return RequestStep(
        number=whole_number(body, "number"),
        status=text(body, "status"),
        at=moment(body, "at"),
        taken_by=text(body, "taken_by"),
        reason=text_or_none(body, "reason"),
        note=text_or_none(body, "note"),
    )
