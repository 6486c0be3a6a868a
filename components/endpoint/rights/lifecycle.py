"""What may become of a request, step by step.

The ways it may go are a table, :data:`MOVES`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ...policy.pack import Pack
from .working_days import LONGEST

STATUTORY_KINDS = (
    "access",
    "copy",
    "transfer",
    "correct",
    "supplement",
    "delete",
    "restrict",
    "close-account",
    "withdraw",
    "explain",
)
"""What the law lets a person ask for, whether a policy mentions it or not.

PIPL arts. 15, 44 to 48; 网络数据安全管理条例 arts. 23 to 25; 电子商务法 art. 24.
"""

ERASING_KINDS = frozenset({"delete", "close-account"})
"""Kinds on which an officer may erase a record."""


class RequestStatus(StrEnum):
    """A step of a request; the last one that is not ``extended`` is how it stands.

    ``RECEIVED``: it is durable here. ``VERIFYING``: whether the person is who they say.
    ``ACCEPTED``: it will be done. ``CASCADING``: recipients are being told. ``ISOLATED``: what
    cannot technically be deleted yet is only stored and protected (PIPL art. 47(2)). ``DONE``.
    ``REFUSED``: with reason and note (PIPL art. 50(1), 网络数据安全管理条例 art. 23).
    ``CANCELLED``: the person took it back. ``EXTENDED``: it takes longer, with a reason; it stands
    as before.
    """

    RECEIVED = "received"
    VERIFYING = "verifying"
    ACCEPTED = "accepted"
    CASCADING = "cascading"
    ISOLATED = "isolated"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EXTENDED = "extended"


_S = RequestStatus

MOVES: Mapping[RequestStatus, tuple[RequestStatus, ...]] = MappingProxyType(
    {
        _S.RECEIVED: (_S.VERIFYING, _S.ACCEPTED, _S.REFUSED, _S.CANCELLED, _S.EXTENDED),
        _S.VERIFYING: (_S.ACCEPTED, _S.REFUSED, _S.CANCELLED, _S.EXTENDED),
        _S.ACCEPTED: (_S.CASCADING, _S.ISOLATED, _S.DONE, _S.CANCELLED, _S.EXTENDED),
        _S.CASCADING: (_S.ISOLATED, _S.DONE, _S.EXTENDED),
        _S.ISOLATED: (_S.DONE,),
        _S.DONE: (),
        _S.REFUSED: (),
        _S.CANCELLED: (),
    }
)
"""From how a request stands to the steps that may follow.

Refusing is a decision before the work, so nothing accepted is refused any more; and what recipients
were told of cannot be cancelled.
"""

OPEN = tuple(status for status, following in MOVES.items() if following)
"""How a request stands that still waits for somebody."""

UNDER_WAY = (_S.ACCEPTED, _S.CASCADING, _S.ISOLATED)
"""Decided for the person, and not yet done."""


class RefusalReason(StrEnum):
    """Why a request is refused, as a term of the W3C DPV ``justifications`` extension."""

    PROCESS_EXCESSIVE = "justifications:ProcessExcessive"
    PROCESS_FRIVOLOUS = "justifications:ProcessFrivolous"
    PROCESS_MALICIOUS = "justifications:ProcessMalicious"
    DISPROPORTIONATE_EFFORT_REQUIRED = "justifications:DisproportionateEffortRequired"
    THIRD_PARTY_RIGHTS_IMPAIRED = "justifications:ThirdPartyRightsImpaired"
    NATIONAL_SECURITY_IMPAIRED = "justifications:NationalSecurityImpaired"
    PUBLIC_SECURITY_IMPAIRED = "justifications:PublicSecurityImpaired"
    PUBLIC_HEALTH_COMPROMISED = "justifications:PublicHealthCompromised"
    CRIME_INVESTIGATION_IMPAIRED = "justifications:CrimeInvestigationImpaired"
    CONFIDENTIALITY_OBLIGATION_COMPROMISED = "justifications:ConfidentialityObligationCompromised"


class DelayReason(StrEnum):
    """Why a request takes longer, as a term of the W3C DPV ``justifications`` extension."""

    IDENTITY_VERIFICATION_REQUIRED = "justifications:IdentityVerificationRequired"
    COMPLEXITY_OF_PROCESS = "justifications:ComplexityOfProcess"


_REASONS: Mapping[RequestStatus, tuple[str, ...]] = MappingProxyType(
    {_S.REFUSED: tuple(RefusalReason), _S.EXTENDED: tuple(DelayReason)}
)


class ImpossibleStep(ValueError):
    """A step lacks what it needs; the message says what."""


def check_reasons(step: RequestStatus, reason: str | None, note: str | None) -> None:
    """Raise unless a step comes with the reasons it needs, and no others.

    Raises:
        ImpossibleStep: A refusal without one of :class:`RefusalReason` and a note in words, an
            extension without one of :class:`DelayReason`, or a reason where none belongs.
    """
    known = _REASONS.get(step, ())
    if not known and reason is not None:
        raise ImpossibleStep(f"{step} takes no reason; what was done belongs in the note.")
    if known and reason not in known:
        raise ImpossibleStep(f"{step} needs a reason, one of: {', '.join(known)}.")
    if step is _S.REFUSED and (note is None or not note.strip()):
        raise ImpossibleStep("refused needs a note that tells the person why, in words.")


def kinds_of(pack: Pack) -> tuple[str, ...]:
    """What may be asked for under a policy: by law, and whatever else it promises."""
    return tuple(dict.fromkeys((*STATUTORY_KINDS, *pack.rights)))


def working_days_of(pack: Pack, kind: str) -> int:
    """How many working days an answer may take: as the policy promises, or as the law allows."""
    right = pack.rights.get(kind)
    return LONGEST if right is None else right.working_days
