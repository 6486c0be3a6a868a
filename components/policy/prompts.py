"""``prompts.md`` -> just-in-time prompts, the first notice and the words of withdrawing.

The form: ``# Title``, then for each text an attribute line, a heading and named fields::

    {#location clauses="location"}
    ## 用位置找附近的影院？

    :data: 一次性的大致位置
    :feature: …

``first-notice`` and ``withdrawal`` are reserved for those two texts; all others are prompts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .cards import attribute_lines, clause_ids, plain_words, second_level_id
from .inline import Reading
from .outline import Part, read_outline
from .parser import prompts_parser
from .texts import PromptText, WithdrawalText

FIRST_NOTICE = "first-notice"
WITHDRAWAL = "withdrawal"

LONGEST_LABEL = 200
"""Characters in a label; a consent record takes no longer one (see ``consent.event``)."""

_FIRST_NOTICE_FIELDS = ("lead", "points", "refusing", "accept", "refuse")
_WITHDRAWAL_FIELDS = ("statement", "label")
_PROMPT_FIELDS = (
    "data",
    "feature",
    "benefit",
    "refusing",
    "retention",
    "accept",
    "refuse",
    "neutral",
)
_PROMPT_EXTRAS = ("necessity", "impact", "recipient", "abroad")
_LABELS = ("accept", "refuse", "neutral", "label")


@dataclass(frozen=True)
class FirstNoticeDraft:
    """The first notice before its points were looked up among the cards."""

    title: str
    lead: str
    points: tuple[str, ...]
    points_line: int
    refusing: str
    accept: str
    refuse: str


@dataclass(frozen=True)
class Prompts:
    """A prompts file as read, and the line of each text's attributes."""

    first_notice: FirstNoticeDraft | None
    withdrawal: WithdrawalText | None
    prompts: Mapping[str, PromptText]
    lines: Mapping[str, int]


def read_prompts(text: str, file: str) -> tuple[Prompts, Reading]:
    """Read a prompts file as far as possible; use it only if ``reading.errors`` is empty."""
    outline, reading = read_outline(text, file, prompts_parser(), frozenset({"id", "clauses"}))
    if outline.preamble:
        reading.error(outline.preamble[0][0], "something stands before the first text", "delete it")
    taken: dict[str, int] = {}
    first_notice: FirstNoticeDraft | None = None
    withdrawal: WithdrawalText | None = None
    prompts: dict[str, PromptText] = {}
    for part in outline.parts:
        for line, _ in part.blocks:
            reading.error(line, "something stands beside the fields", "write `:name: words`")
        match second_level_id(part, taken, reading):
            case "first-notice":
                first_notice = _first_notice(part, reading)
            case "withdrawal":
                withdrawal = _withdrawal(part, reading)
            case id_:
                prompts[id_] = _prompt(part, id_, reading)
    for id_, text_of in ((FIRST_NOTICE, first_notice), (WITHDRAWAL, withdrawal)):
        if text_of is None:
            reading.error(1, f"the text `{id_}` is missing", f"add a heading with {{#{id_}}}")
    return Prompts(first_notice, withdrawal, prompts, attribute_lines(outline.parts)), reading


def _first_notice(part: Part, reading: Reading) -> FirstNoticeDraft:
    _refuse_clauses(part, reading)
    words = _fields(part, _FIRST_NOTICE_FIELDS, (), reading)
    points = part.fields.get("points")
    return FirstNoticeDraft(
        title=plain_words(part.heading, part.line, reading),
        lead=words["lead"],
        points=tuple(words["points"].split()),
        points_line=points.line if points else part.line,
        refusing=words["refusing"],
        accept=words["accept"],
        refuse=words["refuse"],
    )


def _withdrawal(part: Part, reading: Reading) -> WithdrawalText:
    _refuse_clauses(part, reading)
    words = _fields(part, _WITHDRAWAL_FIELDS, (), reading)
    return WithdrawalText(statement=words["statement"], label=words["label"])


def _prompt(part: Part, id_: str, reading: Reading) -> PromptText:
    if id_.startswith(("withdrawal-", "purpose-")) or id_.endswith("-neutral"):
        reading.error(
            part.attribute_line,
            f"the id {id_!r} would be taken for another notice",
            "begin it with neither withdrawal- nor purpose-, and do not end it with -neutral",
        )
    words = _fields(part, _PROMPT_FIELDS, _PROMPT_EXTRAS, reading)
    return PromptText(
        id=id_,
        title=plain_words(part.heading, part.line, reading),
        data=words["data"],
        feature=words["feature"],
        benefit=words["benefit"],
        refusing=words["refusing"],
        retention=words["retention"],
        necessity=words.get("necessity"),
        impact=words.get("impact"),
        accept=words["accept"],
        refuse=words["refuse"],
        neutral=words["neutral"],
        clauses=clause_ids(part, reading),
        recipient=words.get("recipient"),
        abroad=words.get("abroad"),
    )


def _refuse_clauses(part: Part, reading: Reading) -> None:
    if "clauses" in part.attributes:
        reading.error(
            part.attribute_line, "this text stands on no clause of its own", "delete clauses=…"
        )


def _fields(
    part: Part, required: tuple[str, ...], optional: tuple[str, ...], reading: Reading
) -> dict[str, str]:
    """The words of a text's fields; a missing required one is noted and empty."""
    known = (*required, *optional)
    for name in part.fields.keys() - set(known):
        reading.error(
            part.fields[name].line,
            f"the field `{name}` is unknown here",
            f"known are: {', '.join(known)}",
        )
    words = dict.fromkeys(required, "")
    for name in known:
        if name in part.fields:
            entry = part.fields[name]
            words[name] = plain_words(entry.text, entry.line, reading)
            if name in _LABELS and len(words[name]) > LONGEST_LABEL:
                reading.error(
                    entry.line,
                    f"the label `{name}` is longer than {LONGEST_LABEL} characters",
                    "shorten it to what fits a button",
                )
        elif name in required:
            reading.error(part.line, f"the field `{name}` is missing", f"add `:{name}: words`")
    return words
