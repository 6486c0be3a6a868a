"""A decision as files to keep: readable text, a record by ISO/IEC TS 27560, Kantara's form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from ...consent.event import Event
from ...consent.receipts import kantara, readable, record
from ...policy.pack import Pack


class CopyKind(StrEnum):
    """``TEXT``: for people. ``RECORD``: JSON-LD by ISO/IEC TS 27560. ``KANTARA``: JSON by the
    Kantara Initiative's consent receipt. ``SIGNED``: what the endpoint issued and signed (JWS)."""

    TEXT = "text"
    RECORD = "record"
    KANTARA = "kantara"
    SIGNED = "signed"


_ENDINGS = {
    CopyKind.TEXT: "txt",
    CopyKind.RECORD: "jsonld",
    CopyKind.KANTARA: "json",
    CopyKind.SIGNED: "jws",
}


@dataclass(frozen=True)
class Copy:
    """A file: the name that is proposed for it, and its bytes."""

    name: str
    content: bytes


def readable_copy(event: Event, pack: Pack, locale: str) -> str:
    """A decision in words. Raises CannotRecord if the policy does not say what that takes."""
    return readable(record(event, pack), locale)


def copy_of(event: Event, pack: Pack, kind: CopyKind, locale: str, jws: str = "") -> Copy:
    """A copy of a decision.

    Args:
        event: The decision.
        pack: The policy it is about.
        kind: In which form.
        locale: Language of the readable text.
        jws: What the endpoint issued, for the signed form.

    Raises:
        CannotRecord: The policy does not say what a record has to say.
    """
    # The day first, so that copies sort by it; the end of the id tells those of one day apart.
    name = f"{pack.id}-{event.occurred_at[:10]}-{event.event_id[-8:]}"
    match kind:
        case CopyKind.TEXT:
            text = readable_copy(event, pack, locale)
        case CopyKind.RECORD:
            text = _written(record(event, pack))
        case CopyKind.KANTARA:
            text = _written(kantara(record(event, pack)))
        case CopyKind.SIGNED:
            text = jws
    return Copy(f"{name}.{_ENDINGS[kind]}", text.encode())


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
