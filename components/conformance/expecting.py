"""What several rules expect of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..consent.event import Event
from .checking import expect
from .device import Device
from .probe import Probe, body, entries

if TYPE_CHECKING:
    import httpx


def expect_status(response: httpx.Response, *statuses: int) -> None:
    """The answer has one of these statuses."""
    wanted = " or ".join(map(str, statuses))
    expect(
        response.status_code in statuses,
        f"answered {response.status_code} instead of {wanted} "
        f"to {response.request.method} {_without_subject(response)}",
    )


def expect_problem(response: httpx.Response, *statuses: int) -> None:
    """The answer is a refusal in the form of RFC 9457, with one of these statuses."""
    expect_status(response, *statuses)
    media_type = response.headers.get("content-type", "").partition(";")[0]
    expect(media_type == "application/problem+json", f"a refusal came as {media_type!r}")
    told = body(response)
    expect(told.get("status") == response.status_code, "the problem tells another status")
    expect(isinstance(told.get("type"), str), "the problem has no type")


def acknowledged(response: httpx.Response, events: Sequence[Event]) -> list[dict[str, Any]]:
    """The acknowledgements, one for each event, in order, each with the hash that was sent."""
    expect_status(response, 200)
    answers = entries(response, "acknowledged")
    told = [(answer.get("event_id"), answer.get("hash")) for answer in answers]
    expect(
        told == [(event.event_id, event.hash) for event in events],
        "the acknowledgements are not those of the events that were sent, in their order",
    )
    return answers


def expect_fault(response: httpx.Response, status: int, code: str, event: Event) -> None:
    """The answer refuses a batch, and names this event and what is wrong with it."""
    expect_problem(response, status)
    faults = [(fault.get("event_id"), fault.get("code")) for fault in entries(response, "events")]
    expect(
        (event.event_id, code) in faults,
        f"the fault {code!r} of the event is not told: {faults}",
    )


async def expect_stored(probe: Probe, device: Device, events: Sequence[Event]) -> None:
    """Exactly these events are stored for a device, in the order of their numbers."""
    response = await probe.read(device, "?limit=500")
    expect_status(response, 200)
    stored = [entry.get("event") for entry in entries(response, "events")]
    wanted = [event.to_json() for event in sorted(events, key=lambda event: event.sequence)]
    expect(
        stored == wanted,
        f"{len(stored)} events read back are not the {len(wanted)} that should be stored, "
        "as they were sent and in the order of their numbers",
    )


def _without_subject(response: httpx.Response) -> str:
    parts = response.request.url.path.split("/")
    return "/".join("…" if len(part) == 43 else part for part in parts)
