"""Requests to exercise a right, and erasure: asked for here, handled at the endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import uuid6

from ..consent.ledger_errors import LedgerError
from .answers import Failed, FailureKind
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
        if isinstance(reply, Failed):
            return reply
        if reply.problem in ("conflict", "malformed"):
            return Failed(FailureKind.CONTRADICTED)
        if reply.status != 200:
            return refusal(reply)
        try:
            state = _state(reply.body)
        except ValueError:
            return Failed(FailureKind.UNEXPECTED_ANSWER)
        same = state.request_id == request.request_id
        return state if same else Failed(FailureKind.UNEXPECTED_ANSWER)

    async def list(self) -> tuple[RequestState, ...] | Failed:
        """All requests of this installation, oldest first."""
        reply = await self._device.ask("GET", "requests")
        if isinstance(reply, Failed):
            return reply
        if reply.status != 200:
            return refusal(reply)
        try:
            return tuple(_state(entry) for entry in objects(reply.body, "requests"))
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


def _state(body: Mapping[str, Any]) -> RequestState:
    return RequestState(
        request_id=text(body, "request_id"),
        kind=text(body, "kind"),
        pack=text(body, "pack"),
        locale=text(body, "locale"),
        clause=text_or_none(body, "clause"),
        received_at=moment(body, "received_at"),
        due_on=day(body, "due_on"),
        status=text(body, "status"),
        steps=tuple(_step(entry) for entry in objects(body, "steps")),
    )


def _step(body: Mapping[str, Any]) -> RequestStep:
    return RequestStep(
        number=whole_number(body, "number"),
        status=text(body, "status"),
        at=moment(body, "at"),
        taken_by=text(body, "taken_by"),
        reason=text_or_none(body, "reason"),
        note=text_or_none(body, "note"),
    )
