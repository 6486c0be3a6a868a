"""A stored request as it is answered, to the person and to an officer."""

from __future__ import annotations

from typing import Any, Literal

from .lifecycle import RequestStatus
from .messages import OfficerRequest, RequestMessage, StepMessage
from .store import BY_ENDPOINT, BY_SUBJECT, Step, StoredRequest
from .working_days import is_provisional

TakenBy = Literal["subject", "endpoint", "officer"]


def as_message(request: StoredRequest) -> RequestMessage:
    """What the person sees: which officer it was stays inside."""
    return RequestMessage(**_common(request))


def as_officer_message(request: StoredRequest) -> OfficerRequest:
    """What an officer sees: also whose it is, and what they wrote."""
    return OfficerRequest(**_common(request), subject=request.subject, message=request.message)


def _common(request: StoredRequest) -> dict[str, Any]:
    refused = request.status is RequestStatus.REFUSED
    return {
        "request_id": request.request_id,
        "kind": request.kind,
        "pack": request.pack,
        "clause": request.clause,
        "locale": request.locale,
        "received_at": request.received_at,
        "due_on": request.due_on.isoformat(),
        "due_is_provisional": is_provisional(request.due_on),
        "status": request.status.value,
        "steps": [_step(step) for step in request.steps],
        "remedies": ["complain-to-authority", "sue-in-court"] if refused else [],
    }


def _step(step: Step) -> StepMessage:
    return StepMessage(
        number=step.number,
        status=step.status,
        at=step.at,
        taken_by=_taken_by(step.taken_by),
        reason=step.reason,
        note=step.note,
    )


def _taken_by(name: str) -> TakenBy:
    match name:
        case _ if name == BY_SUBJECT:
            return "subject"
        case _ if name == BY_ENDPOINT:
            return "endpoint"
        case _:
            return "officer"
