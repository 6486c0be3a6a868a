"""How one consent goes from status to status: every way there is, as a table.

What is not in the table is not allowed. Each act is one event in the record; which events those
are, and who may cause them, is in :mod:`.choices` and :mod:`.rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from .status import ConsentStatus

_S = ConsentStatus


class NotPermitted(PermissionError):
    """Something was about to be done that is not permitted; the message says why."""


class Act(StrEnum):
    """What happens to a consent.

    A person: ``GIVE``, ``REFUSE``, ``WITHDRAW``; ``DISMISS`` when a question went away unanswered;
    ``GUARDIAN_REVOKE`` when a guardian takes back what was agreed to for their child. A rule:
    ``EXPIRE`` (its time ran out), ``COME_OF_AGE`` (a guardian gave it, and the child is none any
    more), ``CHANGE`` (what it was given for changed), ``INVALIDATE`` (whoever gave it could not).
    The operating system, for a permission: ``SYSTEM_GRANT``, ``SYSTEM_REFUSE`` (its answer to a
    question), ``SYSTEM_REVOKE`` (its settings took the permission away).
    """

    GIVE = "give"
    REFUSE = "refuse"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"
    GUARDIAN_REVOKE = "guardian-revoke"
    EXPIRE = "expire"
    COME_OF_AGE = "come-of-age"
    CHANGE = "change"
    INVALIDATE = "invalidate"
    SYSTEM_GRANT = "system-grant"
    SYSTEM_REFUSE = "system-refuse"
    SYSTEM_REVOKE = "system-revoke"


@dataclass(frozen=True)
class Transition:
    """From any of some statuses, by one act, to a status.

    ``because`` says why it is so; ``source`` is the law or vocabulary it stands on.
    """

    before: tuple[ConsentStatus, ...]
    act: Act
    after: ConsentStatus
    because: str
    source: str


_HELD = (_S.GIVEN, _S.RENEWED)
_ANY = tuple(_S)
_NOT_HELD = tuple(status for status in _S if status not in _HELD)
_ENDED_BY_A_RULE = (_S.REQUESTED, _S.EXPIRED)
"""Was held until a rule ended it; nobody has said no."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        tuple(status for status in _NOT_HELD if status not in _ENDED_BY_A_RULE),
        Act.GIVE,
        _S.GIVEN,
        "A person, or the guardian of a child, agreed.",
        "PIPL arts. 14(1), 31(1)",
    ),
    Transition(
        (*_HELD, *_ENDED_BY_A_RULE),
        Act.GIVE,
        _S.RENEWED,
        "What was agreed to before is agreed to again, on the words of now.",
        "PIPL art. 14(2); dpv:RenewedConsentGiven",
    ),
    Transition(_ANY, Act.REFUSE, _S.REFUSED, "A no counts whenever it is said.", "PIPL art. 16"),
    Transition(
        _NOT_HELD,
        Act.DISMISS,
        _S.DEFERRED,
        "A question that went away was not agreed to. What holds is not ended by it.",
        "PIPL art. 14(1); dpv:ConsentRequestDeferred",
    ),
    Transition(
        (*_HELD, *_ENDED_BY_A_RULE),
        Act.WITHDRAW,
        _S.WITHDRAWN,
        "The person takes their consent back, even while it is suspended.",
        "PIPL art. 15(1)",
    ),
    Transition(
        (*_HELD, *_ENDED_BY_A_RULE),
        Act.GUARDIAN_REVOKE,
        _S.REVOKED,
        "Somebody else than the person the data is about takes it back.",
        "PIPL arts. 15(1), 31(1); dpv:ConsentRevoked",
    ),
    Transition(
        _HELD, Act.EXPIRE, _S.EXPIRED, "Its time ran out.", "网络数据安全管理条例 art. 22(4)"
    ),
    Transition(
        _HELD,
        Act.COME_OF_AGE,
        _S.EXPIRED,
        "A guardian agreed for a child who now decides alone, and is asked.",
        "PIPL arts. 14(1), 31(1)",
    ),
    Transition(
        _HELD,
        Act.CHANGE,
        _S.REQUESTED,
        "Purpose, method, kind of data or recipient is no longer what was agreed to.",
        "PIPL art. 14(2); 网络数据安全管理条例 art. 22(6)",
    ),
    Transition(
        _HELD,
        Act.INVALIDATE,
        _S.INVALIDATED,
        "Whoever agreed could not: a child alone, or for a minor what no minor can be given.",
        "PIPL art. 31(1); 未成年人网络保护条例 arts. 24, 32",
    ),
    Transition(
        _NOT_HELD,
        Act.SYSTEM_GRANT,
        _S.GIVEN,
        "The operating system granted a permission after a gesture.",
        "mirrored from the operating system",
    ),
    Transition(
        _ANY,
        Act.SYSTEM_REFUSE,
        _S.REFUSED,
        "The operating system's own question was answered with no.",
        "mirrored from the operating system",
    ),
    Transition(
        _HELD,
        Act.SYSTEM_REVOKE,
        _S.REVOKED,
        "The operating system's settings took a permission away.",
        "mirrored from the operating system; dpv:ConsentRevoked",
    ),
)
"""Every transition. No two lead from one status by one act."""

_AFTER: Mapping[tuple[ConsentStatus, Act], ConsentStatus] = MappingProxyType(
    {(before, row.act): row.after for row in TRANSITIONS for before in row.before}
)


def is_allowed(before: ConsentStatus, act: Act) -> bool:
    """Whether a consent in a status can undergo an act."""
    return (before, act) in _AFTER


def status_after(before: ConsentStatus, act: Act) -> ConsentStatus:
    """The status that an act leads to.

    Raises:
        NotPermitted: The table has no such transition.
    """
    try:
        return _AFTER[before, act]
    except KeyError:
        raise NotPermitted(f"a consent that is {before} does not undergo {act!r}") from None
