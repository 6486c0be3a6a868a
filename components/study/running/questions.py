"""What each step asks, in the words of one language, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..instruments import Instrument, instruments
from ..model import AttentionCheck, Item, Localised, Step, Study, Task
from ..words import Form, Reply, StepKind

CALIBRATION = "calibration"
CONFIDENCE = "confidence"
PASSAGE = "passage"
STATEMENT = "statement"
_NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Choice:
    """What can be answered.

    Attributes:
        value: What is recorded.
        label: Its words.
    """

    value: str
    label: str


@dataclass(frozen=True)
class Asked:
    """One question as it stands before a participant.

    Attributes:
        instrument: Which instrument it belongs to.
        item: Its id.
        position: Its place in the step, counted from 1.
        of: How many the step asks.
        lead: What introduces it; empty if nothing does.
        words: The question, or the statement.
        choices: What can be answered.
        sureness: The question of how sure one is, and its answers; None where that is not asked.
    """

    instrument: str
    item: str
    position: int
    of: int
    lead: str
    words: str
    choices: tuple[Choice, ...]
    sureness: tuple[str, tuple[Choice, ...]] | None = None

    def recorded(self, value: str) -> str | int:
        """A choice as it goes into the record: the answers of SUS are numbers."""
        return int(value) if self.instrument == "sus" else value


def questions(
    study: Study,
    step: Step,
    locale: str,
    names: Mapping[str, str],
    decided: Mapping[str, str],
) -> tuple[Asked, ...]:
    """What a step asks; nothing for a step without questions.

    Args:
        study: The study.
        step: The step.
        locale: One of the study's languages.
        names: What each purpose of the study is called in that language.
        decided: The last decision on each target so far, ``grant`` or ``decline``.
    """
    match step.kind:
        case StepKind.CALIBRATE_READING if study.calibration is not None:
            found = [_statement(study.calibration.statement, locale)]
        case StepKind.SUS:
            found = list(_plain("sus", locale))
        case StepKind.COMPREHENSION:
            found = list(_comprehension(study, Form(step.subject), locale))
        case StepKind.RECALL_CHOICE:
            found = [
                _filled(name, "recall" if of == 0 else "wanted", purpose, locale)
                for purpose, name in ((it, names[it]) for it in study.purposes)
                for of in (0, 1)
            ]
        case StepKind.REGRET:
            found = list(_regret(study, locale, names, decided))
        case StepKind.DEMOGRAPHICS:
            found = [
                it
                for instrument in instruments()
                if instrument.startswith("demographics-")
                for it in _plain(instrument, locale)
            ]
        case _:
            found = []
    return tuple(_placed(found))


def sureness(locale: str) -> tuple[str, tuple[Choice, ...]]:
    """The question of how sure one is, with its answers from 1 to 5."""
    asked = instruments()[CONFIDENCE]
    return asked.questions[0].text[locale], _choices(asked, locale)


def sureness_of(task: Task, locale: str) -> Asked:
    """The same about a task, as a question of its own."""
    words, choices = sureness(locale)
    return Asked(CONFIDENCE, task.id, 1, 1, task.prompt[locale], words, choices)


def choice_label(decision: str, locale: str) -> str:
    """How the regret question names a decision: in the words in which recall asks for it."""
    options = {it.value: it.text for it in instruments()["recall"].options}
    return options[decision if decision in options else _NOT_ASKED][locale]


def _statement(statement: Localised, locale: str) -> Asked:
    asked = instruments()["comprehension"]
    can_be = (Reply.TRUE, Reply.FALSE, Reply.DONT_KNOW)
    choices = tuple(it for it in _choices(asked, locale) if it.value in can_be)
    return Asked(CALIBRATION, PASSAGE, 0, 0, "", statement[locale], choices)


def _plain(instrument: str, locale: str) -> Iterator[Asked]:
    asked = instruments()[instrument]
    for question in asked.questions:
        text = question.text[locale]
        yield Asked(instrument, question.id, 0, 0, "", text, _choices(asked, locale))


def _comprehension(study: Study, form: Form, locale: str) -> Iterator[Asked]:
    """The items, with each attention check where it surprises: spread over the form."""
    statements: list[Item | AttentionCheck] = list(study.bank.form(form))
    checks = [it for it in study.bank.attention if it.form is form]
    for count, check in enumerate(checks, start=1):
        statements.insert(count * len(statements) // (len(checks) + 1), check)
    asked = instruments()["comprehension"]
    lead = asked.questions[0].text[locale]
    for it in statements:
        yield Asked(
            "comprehension",
            it.id,
            0,
            0,
            lead,
            it.statement[locale],
            _choices(asked, locale),
            sureness(locale),
        )


def _filled(name: str, instrument: str, purpose: str, locale: str) -> Asked:
    asked = instruments()[instrument]
    words = asked.questions[0].text[locale].replace("{purpose}", name)
    return Asked(instrument, purpose, 0, 0, "", words, _choices(asked, locale))


def _regret(
    study: Study, locale: str, names: Mapping[str, str], decided: Mapping[str, str]
) -> Iterator[Asked]:
    """Only of what was decided: nobody regrets a choice that they did not make."""
    for purpose in study.purposes:
        decision = decided.get(f"purpose:{purpose}")
        if decision in ("grant", "decline"):
            asked = _filled(names[purpose], "regret", purpose, locale)
            words = asked.words.replace("{choice}", choice_label(decision, locale))
            yield Asked("regret", purpose, 0, 0, "", words, asked.choices)


def _choices(instrument: Instrument, locale: str) -> tuple[Choice, ...]:
    return tuple(Choice(it.value, it.text[locale]) for it in instrument.options)


def _placed(found: Sequence[Asked]) -> Iterator[Asked]:
    for position, it in enumerate(found, start=1):
        yield replace(it, position=position, of=len(found))
