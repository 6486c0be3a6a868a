"""What stands beside the full text in each language: summary cards and prompts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .document import Document


@dataclass(frozen=True)
class SummaryCard:
    """One point of the summary.

    Attributes:
        id: Stable across versions and languages.
        icon: Name of a Material icon, lower case with underscores, for example ``phone_iphone``.
        title: The point in one short line (at most 25 Chinese characters).
        body: One or two sentences.
        clauses: Ids of the clauses it stands on, the main one first; never empty.
    """

    id: str
    icon: str
    title: str
    body: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class FirstNoticeText:
    """The words of the first notice.

    Attributes:
        title: Names the product.
        lead: One or two sentences: what this is about and what the choice means.
        cards: The three to six summary cards shown as key points, in order.
        refusing: What not agreeing means, before the choice is made.
        accept: Label of the choice to agree.
        refuse: Label of the choice not to.
    """

    title: str
    lead: str
    cards: tuple[SummaryCard, ...]
    refusing: str
    accept: str
    refuse: str


@dataclass(frozen=True)
class PromptText:
    """The words of a just-in-time prompt, one field for each thing a person should know.

    Attributes:
        id: The prompt's id.
        title: The question or statement at the top.
        data: Which data.
        feature: For which feature.
        benefit: What the person gets.
        refusing: What refusing costs, and what to do instead.
        retention: How long the data is kept.
        necessity: Why it is necessary; None unless the purpose needs separate consent.
        impact: What it means for the person; None unless the purpose needs separate consent.
        accept: Label of the choice to allow.
        refuse: Label of the choice not to.
        neutral: Label of the only button on iOS, which leads on to the system's own question.
        clauses: Ids of the clauses it stands on, the main one first; never empty.
        recipient: Who else gets the data, by name and contact, with purpose and manner; None
            unless another handler gets it (PIPL art. 23).
        abroad: How to exercise one's rights against the recipient abroad; None unless the data
            leaves the country (PIPL art. 39).
    """

    id: str
    title: str
    data: str
    feature: str
    benefit: str
    refusing: str
    retention: str
    necessity: str | None
    impact: str | None
    accept: str
    refuse: str
    neutral: str
    clauses: tuple[str, ...]
    recipient: str | None = None
    abroad: str | None = None


@dataclass(frozen=True)
class WithdrawalText:
    """The words shown with a withdrawal: ``statement`` (PIPL art. 15(2)) and the ``label``."""

    statement: str
    label: str


@dataclass(frozen=True)
class GlossaryTerm:
    """A word that a person may not know, and what it means.

    Attributes:
        id: Stable across versions and languages.
        name: The term.
        forms: Every form in which the text may have it, the name first.
        explanation: What it means, in one or two sentences.
        clauses: Ids of the clauses that say more, the main one first; may be empty.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    explanation: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class LocaleTexts:
    """Everything a pack says in one language in one version.

    Attributes:
        document: The full text.
        summary_title: Heading of the summary.
        summary: Every summary card, in order.
        first_notice: The first notice.
        withdrawal: What is said on withdrawing.
        prompts: Just-in-time prompts by id.
        glossary: The words that are explained in place, in order; empty without a glossary.
    """

    document: Document
    summary_title: str
    summary: tuple[SummaryCard, ...]
    first_notice: FirstNoticeText
    withdrawal: WithdrawalText
    prompts: Mapping[str, PromptText]
    glossary: tuple[GlossaryTerm, ...] = ()
