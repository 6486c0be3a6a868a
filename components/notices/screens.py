"""The kit's notices on a host's page: each as a sheet, with its words from the pack."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ..answers import NoticeOutcome
from ..consent.event import IndicatedBy
from ..consent.ledger import LedgerError
from ..i18n import Language
from ..listeners import Listeners
from ..policy.notice import first_notice
from ..policy.pack import ConsentKind
from ..surface.runtime import embed, kit_component, on_page, use_changes
from ..surface.sheets import Dismissed, Sheet, SheetForm
from ..surface.watching import Screen, ScreenName
from .first_notice import FirstNotice, FirstNoticeChoice
from .prompt import PromptChoice, PromptStage, prompt_body
from .purpose import PurposeQuestion
from .separate_consent import SeparateConsent

if TYPE_CHECKING:
    from ..kit import ConsentKit
    from ..question import Question


async def show_first_notice(
    kit: ConsentKit, indicated_by: IndicatedBy = IndicatedBy.SUBJECT
) -> NoticeOutcome:
    """Put the first notice before the person, or a child's guardian; record what they press."""
    sheet: Sheet[FirstNoticeChoice] = Sheet(
        kit.page,
        lambda answer: embed(_LiveFirstNotice, kit, answer),
        SheetForm.BLOCKING,
        Screen(ScreenName.FIRST_NOTICE),
    )
    try:
        choice = await sheet.answered()
        if isinstance(choice, Dismissed):
            return NoticeOutcome.DISMISSED
        text = kit.texts.first_notice
        # The words as they are on screen now: the person may have changed the language.
        notice = first_notice(kit.pack, kit.language.locale)
        try:
            if choice is FirstNoticeChoice.ACCEPT:
                kit.choices.accept_notice(notice, label=text.accept, indicated_by=indicated_by)
                return NoticeOutcome.ACCEPTED
            kit.choices.refuse_notice(notice, label=text.refuse, indicated_by=indicated_by)
        except LedgerError:
            kit.tell_not_saved()
            return NoticeOutcome.NOT_SAVED
        return NoticeOutcome.REFUSED
    finally:
        sheet.close()


class QuestionSheet(Sheet[PromptChoice]):
    """A question over the host's screen.

    It stays in the language in which it was put, whatever the person or the device changes while
    it is open: what is written down are the words that were on the screen.

    Args:
        kit: The kit that asks.
        question: What is asked, in which words.
    """

    def __init__(self, kit: ConsentKit, question: Question) -> None:
        language = kit.language
        self._stage = PromptStage.ASKS
        self._listeners = Listeners[[]]()
        super().__init__(
            kit.page,
            lambda answer: embed(_LiveQuestion, kit, question, self, language, answer),
            SheetForm.PROMPT,
            Screen(
                ScreenName.QUESTION,
                question.purpose_id if question.permission is None else question.permission.id,
                question.gesture,
            ),
        )

    @property
    def stage(self) -> PromptStage:
        """Whether it asks, or the system asks over it."""
        return self._stage

    def system_asks(self) -> None:
        """Say that the system asks now; from then on there is nothing to press here."""
        self._stage = PromptStage.SYSTEM_ASKS
        with on_page(self._page):
            self._listeners.tell()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` when the stage changes; the answer is a function that ends that."""
        return self._listeners.add(listener)


def question_sheet(kit: ConsentKit, question: Question) -> QuestionSheet:
    """Put a question before the person: a prompt, a separate consent, or a purpose."""
    return QuestionSheet(kit, question)


@kit_component
def _LiveQuestion(
    kit: ConsentKit,
    question: Question,
    sheet: QuestionSheet,
    language: Language,
    answer: Callable[[PromptChoice], None],
) -> ft.Control:
    use_changes(sheet.subscribe)
    text = question.text
    purpose = kit.pack.purposes[question.purpose_id]
    written_in = question.notice.locale
    if text is None:
        return PurposeQuestion(
            kit.pack,
            purpose,
            kit.pack.main_clause(purpose.clauses, language.locale),
            language,
            accept=question.accept,
            refuse=question.refuse,
            on_choice=answer,
            on_read=kit.open_policy,
        )
    clause_title = kit.pack.document(language.locale).clause(text.clauses[0]).title
    if purpose.prompt == text.id and purpose.consent is ConsentKind.SEPARATE:
        return SeparateConsent(
            text,
            clause_title,
            language,
            on_choice=answer,
            on_read=kit.open_policy,
            written_in=written_in,
        )
    # Not as a component: this one is drawn anew whenever the prompt would be.
    return prompt_body(
        text,
        clause_title,
        language,
        on_choice=answer,
        on_read=kit.open_policy,
        name="prompt",
        form=question.form,
        stage=sheet.stage,
        written_in=written_in,
    )


@kit_component
def _LiveFirstNotice(kit: ConsentKit, answer: Callable[[FirstNoticeChoice], None]) -> ft.Control:
    use_changes(kit.subscribe)
    text = kit.texts.first_notice
    return FirstNotice(
        text,
        {card.clauses[0]: kit.clause_title(card.clauses[0]) for card in text.cards},
        kit.language,
        on_choice=answer,
        on_read=kit.open_policy,
        on_language=kit.screens.language,
        on_summary=kit.screens.summary,
        written_in=kit.pack.locale_for(kit.language.locale),
    )
