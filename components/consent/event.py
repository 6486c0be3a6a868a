"""The record of one choice: made on the device, hashed, and never changed.

An event's hash is SHA-256 over the RFC 8785 canonical JSON of every field but the hash itself.
Each event carries the hash of the one before it on the same installation, so a record that was
cut, reordered or edited shows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import rfc8785

from .status import ConsentStatus

GENESIS = "0" * 64
"""What stands in ``previous_hash`` of an installation's first event."""


class TargetKind(StrEnum):
    """What an event is about."""

    NOTICE = "notice"
    PURPOSE = "purpose"
    PERMISSION = "permission"


@dataclass(frozen=True)
class Target:
    """One notice, purpose or permission; written ``purpose:nearby-cinema``."""

    kind: TargetKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read what :meth:`__str__` writes.

        Raises:
            MalformedEvent: The text is not ``kind:kebab-case-id`` with a known kind.
        """
        kind, _, id_ = text.partition(":")
        if kind not in _KINDS or len(id_) > _MAX_ID or not _KEBAB.fullmatch(id_):
            raise MalformedEvent(f"target {text!r} is not of the form purpose:nearby-cinema")
        return cls(TargetKind(kind), id_)


BASE_NOTICE = Target(TargetKind.NOTICE, "base")
"""The base notice: the first notice of a policy, accepted or not."""


class Layer(StrEnum):
    """Which layer of the notice was on screen when the choice was made."""

    FIRST_NOTICE = "first-notice"
    JUST_IN_TIME = "just-in-time"
    IN_PLACE = "in-place"
    CONSENT_CENTRE = "consent-centre"
    UPDATE_NOTICE = "update-notice"
    SYSTEM = "system"


class Cause(StrEnum):
    """Why an event was written.

    ``PRESSED``: the person pressed a labelled control. ``DISMISSED``: the question went away
    without an answer. ``OPERATING_SYSTEM``: the system's own setting or dialog, mirrored.
    ``RULE``: nobody did anything; a rule of the gate ended a consent (its time ran out, its words
    changed, its giver could not give it).
    """

    PRESSED = "pressed"
    DISMISSED = "dismissed"
    OPERATING_SYSTEM = "operating-system"
    RULE = "rule"


class IndicatedBy(StrEnum):
    """Who expressed the choice (``dpv:isIndicatedBy``): the person, or their guardian."""

    SUBJECT = "subject"
    GUARDIAN = "guardian"


class MalformedEvent(ValueError):
    """An event that cannot be true: a field is missing, of the wrong kind, or the hash differs."""


@dataclass(frozen=True)
class NoticeReference:
    """Which words the person had before them.

    Attributes:
        notice: ``pack/notice``, for example ``epiao/first-notice`` or ``epiao/location``.
        version: Version id of the policy, for example ``2021-11-01``.
        locale: Language the words were in, for example ``zh_Hans``.
        layer: The layer on screen.
        digest: SHA-256 (64 hexadecimal digits) of the exact words; see ``policy.notice``.
    """

    notice: str
    version: str
    locale: str
    layer: Layer
    digest: str


@dataclass(frozen=True)
class Event:
    """One entry of the consent record.

    Attributes:
        event_id: UUIDv7; also the idempotency key at the endpoint.
        subject: Subject id (43 characters, base64url of a SHA-256).
        sequence: 1, 2, 3, ... of this installation, without gaps.
        target: What was decided about.
        status: The state it is in from now on.
        cause: Why the event was written.
        gesture: The person's act that led here, for example ``city.locate``; None if none did.
        notice: The words before the person; None when the operating system spoke alone.
        label: The exact label pressed; None unless ``cause`` is ``pressed``.
        occurred_at: RFC 3339 with offset, to the millisecond.
        monotonic_ms: Milliseconds of a clock that never goes back while the device runs.
        previous_hash: Hash of the event before it, or :data:`GENESIS`.
        hash: SHA-256 (64 hexadecimal digits) over the canonical JSON of all the others.
        indicated_by: Who expressed the choice. In JSON it is left out for the person themselves,
            as in every record made before there was this field.
    """

    event_id: str
    subject: str
    sequence: int
    target: Target
    status: ConsentStatus
    cause: Cause
    gesture: str | None
    notice: NoticeReference | None
    label: str | None
    occurred_at: str
    monotonic_ms: int
    previous_hash: str
    hash: str
    indicated_by: IndicatedBy = IndicatedBy.SUBJECT

    @classmethod
    def create(
        cls,
        *,
        event_id: str,
        subject: str,
        sequence: int,
        target: Target,
        status: ConsentStatus,
        cause: Cause,
        gesture: str | None,
        notice: NoticeReference | None,
        label: str | None,
        occurred_at: datetime,
        monotonic_ms: int,
        previous_hash: str,
        indicated_by: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Event:
        """Make an event and hash it.

        Raises:
            MalformedEvent: The values contradict each other (see :func:`check`).
        """
        if occurred_at.tzinfo is None:
            raise MalformedEvent("occurred_at has no offset from UTC")
        body: dict[str, Any] = {
            "event_id": event_id,
            "subject": subject,
            "sequence": sequence,
            "target": str(target),
            "status": status.value,
            "cause": cause.value,
            "gesture": gesture,
            "notice": None if notice is None else _notice_json(notice),
            "label": label,
            "occurred_at": occurred_at.isoformat(timespec="milliseconds"),
            "monotonic_ms": monotonic_ms,
            "previous_hash": previous_hash,
            **_indicated_json(indicated_by),
        }
        made = digest(body)
        return cls._checked({**body, "hash": made}, made)

    def to_json(self) -> dict[str, Any]:
        """The event as plain JSON values, the form that is stored, hashed and sent."""
        return {
            **{name: getattr(self, name) for name in _REQUIRED},
            **_indicated_json(self.indicated_by),
            "target": str(self.target),
            "status": self.status.value,
            "cause": self.cause.value,
            "notice": None if self.notice is None else _notice_json(self.notice),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Event:
        """Read an event and check that it can be true.

        Raises:
            MalformedEvent: Names the field and what is wrong with it.
        """
        return cls._checked(body)

    @classmethod
    def _checked(cls, body: Mapping[str, Any], made: str | None = None) -> Event:
        check(body, made)
        notice = body["notice"]
        return cls(
            **{
                **body,
                "target": Target.parse(body["target"]),
                "status": ConsentStatus(body["status"]),
                "cause": Cause(body["cause"]),
                "notice": None
                if notice is None
                else NoticeReference(**{**notice, "layer": Layer(notice["layer"])}),
                "indicated_by": IndicatedBy(body.get("indicated_by", IndicatedBy.SUBJECT)),
            }
        )


def canonical(body: Mapping[str, Any]) -> bytes:
    """RFC 8785 canonical JSON.

    Raises:
        MalformedEvent: There is a value in it that JSON cannot hold.
    """
    try:
        if all(map(_is_plain, body.items())):
            return _PLAIN.encode(body).encode()
        return rfc8785.dumps(dict(body))
    except UnicodeEncodeError as error:
        raise MalformedEvent(f"half of a character stands in a text: {error.reason}") from error
    except rfc8785.CanonicalizationError as error:
        raise MalformedEvent(str(error)) from error


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of an event's fields, without ``hash``.

    Raises:
        MalformedEvent: There is a value in it that JSON cannot hold.
    """
    return hashlib.sha256(
        canonical({key: value for key, value in body.items() if key != "hash"})
    ).hexdigest()


# For texts, whole numbers and null under ASCII names, Python's own encoder writes what RFC 8785
# says, in a fifth of the time that the library in Python takes for it.
_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_plain(item: tuple[str, Any]) -> bool:
    """Whether the encoder's form is the canonical one: of all that stands in an event, it is."""
    name, value = item
    if not isinstance(name, str) or not name.isascii():
        return False
    if type(value) is int:
        return -_MAX_INTEGER <= value <= _MAX_INTEGER
    if type(value) is dict:
        return all(map(_is_plain, value.items()))
    return type(value) is str or value is None


def _indicated_json(by: IndicatedBy) -> dict[str, str]:
    return {} if by is IndicatedBy.SUBJECT else {"indicated_by": by.value}


def _notice_json(notice: NoticeReference) -> dict[str, str]:
    return {name: str(getattr(notice, name)) for name in _NOTICE_FIELDS}


E = TypeVar("E", bound=StrEnum)
_KINDS = frozenset(TargetKind)
_REQUIRED = tuple(field.name for field in fields(Event) if field.name != "indicated_by")
_REQUIRED_SET = frozenset(_REQUIRED)
_NOTICE_FIELDS = tuple(field.name for field in fields(NoticeReference))
_BY_RULE = (ConsentStatus.REQUESTED, ConsentStatus.EXPIRED, ConsentStatus.INVALIDATED)
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEX = re.compile(r"[0-9a-f]{64}")
_SUBJECT = re.compile(r"[A-Za-z0-9_-]{43}")
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MAX_INTEGER = 2**53 - 1
_PATTERNS = {
    "event_id": _UUID7,
    "subject": _SUBJECT,
    "previous_hash": _HEX,
    "hash": _HEX,
}
_NOTICE_PATTERNS = {
    "notice": re.compile(r"[a-z0-9-]{1,64}/[a-z0-9-]{1,100}"),
    "version": re.compile(r"[0-9A-Za-z._-]{1,64}"),
    "locale": re.compile(r"[A-Za-z]{2,3}(?:_[A-Za-z0-9]{2,8}){0,3}"),
    "digest": _HEX,
}
_MAX_TEXT = 200
_MAX_ID = 64
# As isoformat writes it, and within years that can be moved to UTC and back.
_TIME = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d")


def check(body: Mapping[str, Any], made: str | None = None) -> None:
    """Raise unless a body is an event that can be true; ``made`` is its hash if it was just made.

    Beside the shape of each field: a label is there exactly when one was pressed; what permits
    was pressed on words that were shown, or mirrors the operating system; what a rule wrote ends a
    consent and nothing else; a guardian's choice was pressed; a first event follows
    :data:`GENESIS` and no other does; the hash is the hash of the rest.

    Raises:
        MalformedEvent: Names the field and what is wrong with it.
    """
    given = set(body) - {"indicated_by"}
    if given != _REQUIRED_SET:
        raise MalformedEvent(f"fields missing or unknown: {sorted(given ^ _REQUIRED_SET)}")
    # One way to write each event: the person themselves is never spelled out.
    if body.get("indicated_by", IndicatedBy.GUARDIAN) != IndicatedBy.GUARDIAN:
        raise MalformedEvent("indicated_by is left out, or 'guardian'")
    for name, pattern in _PATTERNS.items():
        if not isinstance(body[name], str) or not pattern.fullmatch(body[name]):
            raise MalformedEvent(f"{name} {body[name]!r} is not of the form {pattern.pattern}")
    for name, least in (("sequence", 1), ("monotonic_ms", 0)):
        value = body[name]
        if type(value) is not int or not least <= value <= _MAX_INTEGER:
            raise MalformedEvent(f"{name} {value!r} is not a whole number from {least}")
    for name in ("gesture", "label"):
        value = body[name]
        if value is not None and (not isinstance(value, str) or not 0 < len(value) <= _MAX_TEXT):
            raise MalformedEvent(f"{name} is neither null nor a text of 1 to {_MAX_TEXT}")
    if not isinstance(body["target"], str):
        raise MalformedEvent("target is not a text")
    target = Target.parse(body["target"])
    status = _member(ConsentStatus, body, "status")
    cause = _member(Cause, body, "cause")
    _check_time(body["occurred_at"])
    _check_notice(body["notice"])
    if (body["label"] is not None) != (cause is Cause.PRESSED):
        raise MalformedEvent("a label goes with the cause 'pressed' and no other")
    if cause is Cause.RULE and not (
        status in _BY_RULE and body["gesture"] is None and body["notice"] is None
    ):
        raise MalformedEvent("a rule ends a consent, without a gesture and without words shown")
    if "indicated_by" in body and cause is not Cause.PRESSED:
        raise MalformedEvent("a guardian's choice is one that was pressed")
    if status.permits and not (
        (cause is Cause.PRESSED and body["notice"] is not None)
        or (cause is Cause.OPERATING_SYSTEM and target.kind is TargetKind.PERMISSION)
    ):
        raise MalformedEvent("consent without a label pressed on words that were shown")
    if (body["sequence"] == 1) != (body["previous_hash"] == GENESIS):
        raise MalformedEvent("the first event, and no other, follows the genesis hash")
    if body["hash"] != (made or digest(body)):
        raise MalformedEvent("hash differs from the hash of the other fields")


def _member(kind: type[E], body: Mapping[str, Any], name: str) -> E:
    try:
        return kind(body[name])
    except ValueError:
        raise MalformedEvent(f"{name} {body[name]!r} is not one of {[*kind]}") from None


def _check_time(value: object) -> None:
    try:
        written = isinstance(value, str) and _TIME.fullmatch(value)
        moment = datetime.fromisoformat(str(value)) if written else None
    except ValueError:
        moment = None
    if moment is None:
        raise MalformedEvent(
            f"occurred_at {value!r} is not an RFC 3339 time with milliseconds and an offset"
        )


def _check_notice(value: object) -> None:
    if value is None:
        return
    if not isinstance(value, Mapping) or set(value) != set(_NOTICE_FIELDS):
        raise MalformedEvent(f"notice has not exactly the fields {sorted(_NOTICE_FIELDS)}")
    for name, pattern in _NOTICE_PATTERNS.items():
        if not isinstance(value[name], str) or not pattern.fullmatch(value[name]):
            raise MalformedEvent(
                f"notice.{name} {value[name]!r} is not of the form {pattern.pattern}"
            )
    _member(Layer, value, "layer")
