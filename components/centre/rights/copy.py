"""The person's own copy of what this device keeps about them, as text and as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...consent.event import Event, TargetKind
from ...i18n import Language
from ...policy.pack import Pack
from ...sync.rights_store import KeptRequest
from ..words import status_words
from .overview import kind_name
from .view import CHINA
from .words import reason_words, request_words, step_words


@dataclass(frozen=True)
class KeptHere:
    """What a device keeps about its person.

    Attributes:
        made_at: When the copy is made.
        subject: The number of this installation; None if nothing was ever recorded.
        birth_date: As declared here; None if it never was.
        events: What was chosen on this device, in order.
        others: Copies of what was chosen on the person's other devices.
        requests: The newest first; None if they cannot be read now.
    """

    made_at: datetime
    subject: str | None
    birth_date: date | None
    events: Sequence[Event]
    others: Sequence[Event]
    requests: Sequence[KeptRequest] | None


def as_text(kept: KeptHere, pack: Pack, language: Language) -> bytes:
    """The copy to read, in UTF-8."""
    say = language.gettext
    lines = [
        say("What this device keeps about you"),
        pack.text(pack.name, language.locale),
        say("Made on {when}", when=language.moment(kept.made_at.astimezone(CHINA))),
        say("Times and deadlines are those of China."),
    ]
    if kept.subject is not None:
        lines.append(say("Number of this installation: {number}", number=kept.subject))
    if kept.birth_date is not None:
        lines.append(say("Date of birth: {day}", day=language.date(kept.birth_date)))
    for heading, events in (
        (say("What you chose on this device"), kept.events),
        (say("What you chose on your other devices"), kept.others),
    ):
        lines += ["", heading]
        lines += [_event(event, pack, language) for event in events]
        if not events:
            lines.append(say("Nothing recorded yet."))
    lines += ["", say("Your requests")]
    for request in kept.requests or ():
        lines += _request(request, language)
    if kept.requests is None:
        # A copy must not say that there are none where nobody could look.
        lines.append(say("The requests on this device cannot be read or saved now."))
    elif not kept.requests:
        lines.append(say("You have not asked for anything yet."))
    lines += [
        "",
        say(
            "Not in this copy: the secret by which your device proves that requests come from"
            " you. Whoever has it can act as you."
        ),
    ]
    return ("\n".join(lines) + "\n").encode()


def as_data(kept: KeptHere, pack: Pack) -> bytes:
    """The copy for programs: JSON in UTF-8, its events exactly as they are hashed."""
    body = {
        "format": "mingshi/access-copy/1",
        "made_at": kept.made_at.isoformat(),
        "pack": pack.id,
        "subject": kept.subject,
        "birth_date": None if kept.birth_date is None else kept.birth_date.isoformat(),
        "events": [event.to_json() for event in kept.events],
        "events_of_other_installations": [event.to_json() for event in kept.others],
        "requests": None
        if kept.requests is None
        else [_request_data(request) for request in kept.requests],
        "left_out": ["device secret"],
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _event(event: Event, pack: Pack, language: Language) -> str:
    say, locale, id_ = language.gettext, language.locale, event.target.id
    match event.target.kind:
        case TargetKind.NOTICE:
            what = say("Privacy notice")
        case TargetKind.PURPOSE if id_ in pack.purposes:
            what = pack.text(pack.purposes[id_].name, locale)
        case TargetKind.PERMISSION if id_ in pack.permissions:
            name = pack.text(pack.permissions[id_].name, locale)
            what = say("{name} (system permission)", name=name)
        case _:
            what = id_
    when = language.moment(datetime.fromisoformat(event.occurred_at).astimezone(CHINA))
    told = f"{when} · {what} · {status_words(event.status, language)}"
    pressed = say("You pressed “{label}”", label=event.label) if event.label else None
    return told if pressed is None else f"{told} · {pressed}"


def _request(kept: KeptRequest, language: Language) -> list[str]:
    say = language.gettext
    when = language.moment(kept.made_at.astimezone(CHINA))
    lines = [f"{when} · {kind_name(kept, language)} · {request_words(kept, language)}"]
    if kept.request.message is not None:
        lines.append("  " + say("You wrote: {words}", words=kept.request.message))
    for step in () if kept.state is None else kept.state.steps:
        at = language.moment(step.at.astimezone(CHINA))
        lines.append(f"  {at} · {step_words(step.status, language)}")
        if step.reason is not None:
            why = reason_words(step.reason, language)
            lines.append("    " + say("Reason: {reason}", reason=why))
        if step.note is not None:
            lines.append("    " + say("Answer: {words}", words=step.note))
    return lines


def _request_data(kept: KeptRequest) -> dict[str, Any]:
    request = kept.request
    return {
        "request_id": request.request_id,
        "kind": request.kind,
        "pack": request.pack,
        "locale": request.locale,
        "clause": request.clause,
        "message": request.message,
        "made_at": kept.made_at.isoformat(),
        "delivery": kept.delivery.value,
        "taking_back": kept.taking_back,
        "answer": None if kept.state is None else kept.state.to_json(),
        "answer_known_at": None if kept.known_at is None else kept.known_at.isoformat(),
    }
