"""The closed words of a study: whatever is in a study file or a record is one of these."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """How a study is read: a few people watched, or many people compared."""

    FORMATIVE = "formative"
    SUMMATIVE = "summative"


class StepKind(StrEnum):
    """What a participant meets, one after the other."""

    WELCOME = "welcome"
    RESEARCH_CONSENT = "research_consent"
    CALIBRATE_READING = "calibrate_reading"
    TASK = "task"
    PROBE = "probe"
    SUS = "sus"
    COMPREHENSION = "comprehension"
    RECALL_CHOICE = "recall_choice"
    REGRET = "regret"
    DEMOGRAPHICS = "demographics"
    DEBRIEF = "debrief"


class Scope(StrEnum):
    """What a participant can agree to, each on its own."""

    BEHAVIOUR = "behaviour"
    ANSWERS = "answers"
    FREE_TEXT = "free_text"
    AUDIO = "audio"
    QUOTE = "quote"
    OBSERVED = "observed"
    """That somebody looks on and takes notes."""


class DesignKind(StrEnum):
    """Who sees which condition: there is one; each person one of several; each person all."""

    SINGLE = "single"
    BETWEEN = "between"
    WITHIN = "within"


class TaskOrder(StrEnum):
    """Whether everybody does the tasks in the order of the file, or in balanced orders."""

    FIXED = "fixed"
    WILLIAMS = "williams"


class Stratum(StrEnum):
    """What participants may be balanced by."""

    DEVICE = "device"
    LOCALE = "locale"


class Layer(StrEnum):
    """The layer of the notice in which a fact stands."""

    SUMMARY = "summary"
    FULL = "full"
    JIT = "jit"
    CENTRE = "centre"


class Fact(StrEnum):
    """What an item is about."""

    DATA = "data"
    PURPOSE = "purpose"
    RECIPIENT = "recipient"
    RETENTION = "retention"
    REFUSAL = "refusal"
    RIGHT = "right"
    WITHDRAWAL = "withdrawal"


class Expectedness(StrEnum):
    """Whether people take the fact for granted without reading."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"


class Risk(StrEnum):
    """What it costs a person to be wrong about the fact."""

    LOW = "low"
    HIGH = "high"


class Truth(StrEnum):
    """What a statement is, by the policy."""

    TRUE = "true"
    FALSE = "false"
    NOT_STATED = "not_stated"


class Reply(StrEnum):
    """What a participant can say of a statement."""

    TRUE = "true"
    FALSE = "false"
    NOT_STATED = "not_stated"
    DONT_KNOW = "dont_know"


class Form(StrEnum):
    """The two forms of the comprehension test, alike and without a common item."""

    A = "A"
    B = "B"


class Book(StrEnum):
    """Whether the policy may be looked at: then the form measures finding, else remembering."""

    OPEN = "open"
    CLOSED = "closed"


class Primary(StrEnum):
    """What a study may name, beforehand, as the one outcome that it is about."""

    COMPREHENSION = "comprehension.total"
    RECALL = "recall.share"
    TASKS = "tasks.success"
    AGREEMENT = "choices.agreement"
    SUS = "sus.score"
