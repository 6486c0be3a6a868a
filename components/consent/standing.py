"""Where a purpose stands: may data be processed for it now?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..policy.pack import MinorsRule
from .age import AgeBand
from .rules import Rule


class Basis(StrEnum):
    """What a purpose rests on.

    ``UNDECLARED``: the pack names no such purpose. ``NO_DATA``: it uses no personal data and so
    needs no notice. ``NO_CONSENT``: contract or law, once the base notice was accepted.
    ``CONSENT``: an act of consent of its own.
    """

    UNDECLARED = "undeclared"
    NO_DATA = "no-data"
    NO_CONSENT = "no-consent"
    CONSENT = "consent"


class NoticeState(StrEnum):
    """What was answered to the base notice.

    ``OPEN``: nothing that counts. ``ACCEPTED``. ``UPDATED``: accepted, and a material version came
    after: what it does not touch goes on. ``DECLINED``.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    UPDATED = "updated"
    DECLINED = "declined"


class Holding(StrEnum):
    """What the record says of the consent to one purpose.

    ``HOLDS``. ``OPEN``: nothing was answered that still counts. ``DECLINED``: refused, withdrawn,
    revoked or put off. The others were given and do not count: ``CHANGED`` (what it was given for
    is no longer the same), ``UNKNOWN_WORDS`` (given on a version that the pack does not have),
    ``RAN_OUT`` (its time is over), ``NOT_THEIRS`` (a child gave it alone), ``OUTGROWN`` (a guardian
    gave it for a child who is none any more).
    """

    OPEN = "open"
    HOLDS = "holds"
    DECLINED = "declined"
    CHANGED = "changed"
    UNKNOWN_WORDS = "unknown-words"
    RAN_OUT = "ran-out"
    NOT_THEIRS = "not-theirs"
    OUTGROWN = "outgrown"


class Standing(StrEnum):
    """Whether a purpose is permitted, and if not, what is missing.

    ``PERMITTED``. ``NOT_DECLARED``: the pack does not name it. ``NOTICE_FIRST``: the base notice.
    ``NOT_FOR_MINORS``: nothing will do before the person is of age. ``GUARDIAN_FIRST``: the consent
    of a child's guardian. ``NOT_CONSENTED``: the person's consent.
    """

    PERMITTED = "permitted"
    NOT_DECLARED = "not-declared"
    NOTICE_FIRST = "notice-first"
    NOT_FOR_MINORS = "not-for-minors"
    GUARDIAN_FIRST = "guardian-first"
    NOT_CONSENTED = "not-consented"


@dataclass(frozen=True)
class PurposeSituation:
    """The facts about one purpose."""

    basis: Basis
    notice: NoticeState
    age: AgeBand
    minors: MinorsRule
    consent: Holding


STANDING_RULES: tuple[Rule[Standing], ...] = (
    Rule(
        "undeclared",
        Standing.NOT_DECLARED,
        "The pack does not name it.",
        "PIPL art. 17(1)(2)",
        {"basis": (Basis.UNDECLARED,)},
    ),
    Rule(
        "no-data",
        Standing.PERMITTED,
        "It uses no personal data.",
        "PIPL art. 4",
        {"basis": (Basis.NO_DATA,)},
    ),
    Rule(
        "notice-first",
        Standing.NOTICE_FIRST,
        "The base notice comes before everything; a child's is accepted by a guardian.",
        "PIPL arts. 17(1), 31(1); R-071",
        {"notice": (NoticeState.OPEN, NoticeState.DECLINED)},
    ),
    Rule(
        "never-for-minors",
        Standing.NOT_FOR_MINORS,
        "Nothing is chosen for minors by what is known of them.",
        "未成年人网络保护条例 arts. 24, 32; R-063",
        {"minors": (MinorsRule.NEVER,), "age": (AgeBand.CHILD, AgeBand.MINOR)},
    ),
    Rule(
        "contract-or-law",
        Standing.PERMITTED,
        "It rests on a contract or the law and is no choice.",
        "PIPL art. 13(1)(2)-(7); R-013",
        {"basis": (Basis.NO_CONSENT,)},
    ),
    Rule(
        "agreed",
        Standing.PERMITTED,
        "Whoever decides agreed to it, and that still counts.",
        "PIPL arts. 13(1)(1), 14, 29; R-005",
        {"consent": (Holding.HOLDS,)},
    ),
    Rule(
        "guardian-first",
        Standing.GUARDIAN_FIRST,
        "A guardian decides for a child, and none has agreed.",
        "PIPL art. 31(1); R-060",
        {"age": (AgeBand.CHILD,)},
    ),
    Rule(
        "changed",
        Standing.NOT_CONSENTED,
        "What was agreed to has changed since.",
        "PIPL art. 14(2); R-007",
        {"consent": (Holding.CHANGED, Holding.UNKNOWN_WORDS)},
    ),
    Rule(
        "ran-out",
        Standing.NOT_CONSENTED,
        "The consent has run out.",
        "网络数据安全管理条例 art. 22(4); R-015",
        {"consent": (Holding.RAN_OUT,)},
    ),
    Rule(
        "outgrown",
        Standing.NOT_CONSENTED,
        "A guardian agreed, and the person decides alone by now.",
        "PIPL art. 31(1)",
        {"consent": (Holding.OUTGROWN,)},
    ),
    Rule(
        "declined",
        Standing.NOT_CONSENTED,
        "It was declined.",
        "PIPL arts. 15, 16",
        {"consent": (Holding.DECLINED,)},
    ),
    Rule("nobody-agreed", Standing.NOT_CONSENTED, "Nobody has agreed to it.", "R-001, R-002"),
)
"""Whether data may be processed for a purpose."""
