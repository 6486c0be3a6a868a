"""Rules on how much each layer may say: a line, a card, a sentence beside a system prompt."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Block, ListBlock, Paragraph, Run
from ..notice import PROMPT_SLOTS
from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .thresholds import CARD_BODY_MOST, CARD_TITLE_MOST, MARKED_SHARE_MOST, PROMPT_SLOT_MOST
from .words import shortened, size

_UNITS = {"zh": "characters", "en": "words"}


def _too_long(
    subject: Subject, layer: Layer, parts: tuple[str, ...], most: dict[str, int]
) -> Iterator[Problem]:
    for passage in subject.passages(layer):
        if passage.part not in parts:
            continue
        length, limit = size(passage.text, passage.language), most[passage.language]
        if length > limit:
            yield Problem(
                passage.place,
                f"{passage.part} has {length} {_UNITS[passage.language]}, {limit} are the most: "
                f"“{shortened(passage.text)}”",
                "shorten it; the full text has room",
            )


@rule(
    "card-title-long",
    Level.WARNING,
    source="认定方法 part 2(4); the number is a choice of this project",
    requirements=("R-029", "R-033"),
)
def card_title_long(subject: Subject) -> Iterator[Problem]:
    """A card's title is one line."""
    yield from _too_long(subject, Layer.SUMMARY, ("title",), dict(CARD_TITLE_MOST))


@rule(
    "card-body-long",
    Level.WARNING,
    source="认定方法 part 2(4); the number is a choice of this project",
    requirements=("R-029", "R-033"),
)
def card_body_long(subject: Subject) -> Iterator[Problem]:
    """A card is read at a glance."""
    yield from _too_long(subject, Layer.SUMMARY, ("body",), dict(CARD_BODY_MOST))


@rule(
    "prompt-slot-long",
    Level.WARNING,
    source="信管函〔2021〕292号; the number is a choice of this project",
    requirements=("R-028", "LX-06"),
)
def prompt_slot_long(subject: Subject) -> Iterator[Problem]:
    """Each line of a prompt is one short sentence."""
    parts = (*PROMPT_SLOTS, "title")
    yield from _too_long(subject, Layer.SURFACE, parts, dict(PROMPT_SLOT_MOST))


@rule(
    "sensitive-unmarked",
    Level.WARNING,
    source="工信部信管〔2023〕26号; PIPL art. 17(1), conspicuously",
    requirements=("R-034", "LX-18"),
    profiles=CHINA,
)
def sensitive_unmarked(subject: Subject) -> Iterator[Problem]:
    """Where a clause is about sensitive data, that data is marked."""
    for purpose in subject.pack.purposes.values():
        if not subject.is_sensitive(purpose) or not purpose.clauses:
            continue
        for locale in subject.pack.locales:
            document = subject.pack.document(locale)
            clauses = [document.clause(id_) for id_ in purpose.clauses if id_ in document]
            if not any(
                run.sensitive
                for clause in clauses
                for block in clause.blocks
                for run in runs_in(block)
            ):
                yield Problem(
                    subject.clause(locale, purpose.clauses[0]),
                    f"{purpose.id!r} uses sensitive data and none of its clauses marks any",
                    "mark the words: [words]{.sensitive}",
                )


@rule(
    "sensitive-marked-everywhere",
    Level.WARNING,
    source="language rule LX-18; the number is a choice of this project",
    requirements=("LX-18", "R-034"),
)
def sensitive_marked_everywhere(subject: Subject) -> Iterator[Problem]:
    """Marking stands out because most words are not marked."""
    for locale in subject.pack.locales:
        document = subject.pack.document(locale)
        blocks = [*document.preamble, *(b for c in document.clauses() for b in c.blocks)]
        runs = [run for block in blocks for run in runs_in(block)]
        total = sum(len(run.text) for run in runs)
        marked = sum(len(run.text) for run in runs if run.sensitive)
        if total and marked / total > MARKED_SHARE_MOST:
            yield Problem(
                subject.policy(locale),
                f"{marked / total:.0%} of the text is marked as sensitive",
                "mark only the names of sensitive data",
            )


def runs_in(block: Block) -> Iterator[Run]:
    """Every run of a block, however deep."""
    match block:
        case Paragraph(runs):
            yield from runs
        case ListBlock(items=items):
            for item in items:
                for part in item:
                    yield from runs_in(part)
        case _:
            for row in (block.head, *block.rows):
                for cell in row:
                    yield from cell
