"""What is to happen when a feature asks: go on, explain, ask the system, or leave it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .event import IndicatedBy
from .rules import Rule
from .standing import Standing


class Initiative(StrEnum):
    """Who set a question going: a tap of the person, or the app by itself."""

    PERSON = "person"
    APP = "app"


class Verdict(StrEnum):
    """What is to happen when a feature asks.

    ``PERMITTED``: go on. ``EXPLAIN``: put the explanation before the person, then ask.
    ``EXPLAIN_IN_PLACE``: the person tapped, but has said no lately: explain where they are, not
    over it. ``ASK_SYSTEM``: they have said yes here; only the system's question is open.
    ``SETTINGS``: the system will not, or should not yet, ask again; point to its settings.
    ``RESTRICTED``: a device policy forbids it. ``NOTICE_FIRST``: the base notice comes before
    everything. ``GUARDIAN_FIRST``: a guardian decides for this child. ``NO_CHILD``: a guardian was
    to be asked about somebody who decides alone. ``NOT_FOR_MINORS``: it is not for this minor,
    whoever agrees. ``NO_GESTURE``: a permission is asked for only after a tap. ``BUSY``: another
    question is open. ``COOLING_DOWN``, ``ASKED_ENOUGH``: the app may not ask again by itself yet,
    or at all. ``NOT_DECLARED``: the pack names no such purpose or permission, or forbids requesting
    it.
    """

    PERMITTED = "permitted"
    EXPLAIN = "explain"
    EXPLAIN_IN_PLACE = "explain-in-place"
    ASK_SYSTEM = "ask-system"
    SETTINGS = "settings"
    RESTRICTED = "restricted"
    NOTICE_FIRST = "notice-first"
    GUARDIAN_FIRST = "guardian-first"
    NO_CHILD = "no-child"
    NOT_FOR_MINORS = "not-for-minors"
    NO_GESTURE = "no-gesture"
    BUSY = "busy"
    COOLING_DOWN = "cooling-down"
    ASKED_ENOUGH = "asked-enough"
    NOT_DECLARED = "not-declared"


class OpenQuestion(StrEnum):
    """Whether another question is before the person."""

    NONE = "none"
    ANOTHER = "another"


class System(StrEnum):
    """What the operating system has to do with a question.

    ``NOT_NEEDED``: a purpose is asked for, no permission. ``GRANTED``: it grants, or a picker needs
    no grant. ``WOULD_ASK``. ``SAID_NO_LATELY``: it would ask, but was answered with no within the
    cool-down. ``DENIED_FOR_GOOD``: only its settings help. ``BARRED``: restricted or not supported.
    """

    NOT_NEEDED = "not-needed"
    GRANTED = "granted"
    WOULD_ASK = "would-ask"
    SAID_NO_LATELY = "said-no-lately"
    DENIED_FOR_GOOD = "denied-for-good"
    BARRED = "barred"


class Lately(StrEnum):
    """What happened within the cool-down: ``NOTHING``, a ``NO``, or the app ``ASKED`` by itself."""

    NOTHING = "nothing"
    NO = "no"
    ASKED = "asked"


class AsksLeft(StrEnum):
    """Whether the app may still ask by itself at all."""

    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class QuestionSituation:
    """The facts about one question."""

    standing: Standing
    asked: IndicatedBy
    initiative: Initiative
    question: OpenQuestion
    system: System
    lately: Lately
    asks: AsksLeft


_A_PERMISSION = tuple(system for system in System if system is not System.NOT_NEEDED)
_TO_BE_ASKED = (Standing.NOT_CONSENTED, Standing.GUARDIAN_FIRST)
_OPEN_TO_QUESTIONS = (Standing.PERMITTED, *_TO_BE_ASKED)

QUESTION_RULES: tuple[Rule[Verdict], ...] = (
    Rule(
        "notice-first",
        Verdict.NOTICE_FIRST,
        "The base notice comes before every question.",
        "PIPL art. 17(1); R-071",
        {"standing": (Standing.NOTICE_FIRST,)},
    ),
    Rule(
        "never-for-minors",
        Verdict.NOT_FOR_MINORS,
        "What no minor can be given is not asked of one.",
        "未成年人网络保护条例 arts. 24, 32; R-063",
        {"standing": (Standing.NOT_FOR_MINORS,)},
    ),
    Rule(
        "purpose-permitted",
        Verdict.PERMITTED,
        "The purpose is permitted and takes no permission.",
        "PIPL art. 13",
        {"standing": (Standing.PERMITTED,), "system": (System.NOT_NEEDED,)},
    ),
    Rule(
        "gesture-first",
        Verdict.NO_GESTURE,
        "A permission is asked for when the feature is used, not before.",
        "认定方法 三(1); R-071",
        {
            "standing": _OPEN_TO_QUESTIONS,
            "initiative": (Initiative.APP,),
            "system": _A_PERMISSION,
        },
    ),
    Rule(
        "one-at-a-time",
        Verdict.BUSY,
        "One question at a time.",
        "认定方法 四; R-072",
        {"standing": _OPEN_TO_QUESTIONS, "question": (OpenQuestion.ANOTHER,)},
    ),
    Rule(
        "barred",
        Verdict.RESTRICTED,
        "The device does not allow it, and the person cannot change that.",
        "R-073",
        {"standing": _OPEN_TO_QUESTIONS, "system": (System.BARRED,)},
    ),
    Rule(
        "permission-granted",
        Verdict.PERMITTED,
        "The purpose is permitted and the system grants.",
        "PIPL art. 13",
        {"standing": (Standing.PERMITTED,), "system": (System.GRANTED,)},
    ),
    Rule(
        "system-settings",
        Verdict.SETTINGS,
        "The system will not ask again, or was answered with no just now.",
        "R-011, R-073",
        {
            "standing": (Standing.PERMITTED,),
            "system": (System.SAID_NO_LATELY, System.DENIED_FOR_GOOD),
        },
    ),
    Rule(
        "ask-the-system",
        Verdict.ASK_SYSTEM,
        "The person agreed here; only the system's question is open.",
        "R-071",
        {"standing": (Standing.PERMITTED,)},
    ),
    Rule(
        "guardian-first",
        Verdict.GUARDIAN_FIRST,
        "A child is not asked what a guardian decides.",
        "PIPL art. 31(1); R-060",
        {"standing": (Standing.GUARDIAN_FIRST,), "asked": (IndicatedBy.SUBJECT,)},
    ),
    Rule(
        "no-child",
        Verdict.NO_CHILD,
        "Who is no child decides alone.",
        "PIPL art. 14(1)",
        {"standing": (Standing.NOT_CONSENTED,), "asked": (IndicatedBy.GUARDIAN,)},
    ),
    Rule(
        "in-place",
        Verdict.EXPLAIN_IN_PLACE,
        "They tapped, but said no lately: a hint in the page, nothing over it.",
        "网络数据安全管理条例 art. 22(5); R-011",
        {
            "standing": _TO_BE_ASKED,
            "initiative": (Initiative.PERSON,),
            "lately": (Lately.NO,),
        },
    ),
    Rule(
        "person-asks",
        Verdict.EXPLAIN,
        "They tapped: it is explained and asked.",
        "PIPL arts. 14(1), 30",
        {"standing": _TO_BE_ASKED, "initiative": (Initiative.PERSON,)},
    ),
    Rule(
        "asked-enough",
        Verdict.ASKED_ENOUGH,
        "The app has asked by itself as often as it may in all.",
        "R-078",
        {"standing": _TO_BE_ASKED, "asks": (AsksLeft.NONE,)},
    ),
    Rule(
        "cooling-down",
        Verdict.COOLING_DOWN,
        "The app does not ask again so soon after a no, or after it asked.",
        "网络数据安全管理条例 art. 22(5); R-011, R-012",
        {"standing": _TO_BE_ASKED, "lately": (Lately.NO, Lately.ASKED)},
    ),
    Rule(
        "app-asks",
        Verdict.EXPLAIN,
        "The app may ask by itself.",
        "PIPL art. 14(1)",
        {"standing": _TO_BE_ASKED},
    ),
    Rule("undeclared", Verdict.NOT_DECLARED, "The pack names nothing to ask for.", "R-074"),
)
"""What is to happen when a feature asks for a purpose or a permission."""
