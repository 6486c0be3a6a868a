"""What a rule looks at: a pack in one version, cut into passages that each have a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from ..document import Block, Clause, ListBlock, Paragraph, Table, plain_text
from ..notice import prompt_slots
from ..pack import Localised, Pack, Purpose
from ..texts import LocaleTexts
from .lines import Lines
from .model import Finding, Place, Waiver
from .words import Words, language_of, sentences

PREAMBLE = "preamble"
"""The entry of what stands before a policy's first clause."""


class Layer(StrEnum):
    """Where a person reads a passage.

    ``POLICY``: the full text. ``SUMMARY``: cards. ``SURFACE``: first notice, prompts and
    withdrawal. ``CHOICE``: a purpose's own words, drawn beside its switch.
    """

    POLICY = "policy"
    SUMMARY = "summary"
    SURFACE = "surface"
    CHOICE = "choice"


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item, table row, card or slot, in a language that has word lists.

    Attributes:
        place: Where it stands.
        layer: Where a person reads it.
        language: ``zh`` or ``en``.
        locale: The pack's locale.
        part: Which part of its entry: ``title``, ``accept``, ``feature``; empty in a policy.
        text: Its words.
    """

    place: Place
    layer: Layer
    language: str
    locale: str
    part: str
    text: str

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return sentences(self.text, self.language)


@dataclass(frozen=True)
class Main:
    """The texts in the prevailing language, or in the first one that has word lists."""

    locale: str
    language: str
    texts: LocaleTexts


@dataclass(frozen=True)
class Subject:
    """A pack as the rules see it.

    Attributes:
        pack: In the version to look at.
        lines: Gives places.
        characters: Every character that the fonts can draw; None if nobody said.
        today: The day on which waivers are judged.
        waivers: From ``lint.toml``.
        known_rules: The ids of every rule, for the rules about waivers.
        found: Findings of the rules that ran before; only rules about waivers look at them.
    """

    pack: Pack
    lines: Lines
    today: date
    characters: frozenset[str] | None = None
    waivers: tuple[Waiver, ...] = ()
    known_rules: frozenset[str] = frozenset()
    found: tuple[Finding, ...] = field(default=())

    def entry(self, *path: str) -> Place:
        """The place of a declaration, for example ``entry("purposes", purpose.id, "data")``."""
        return self.lines.entry(path)

    def policy(self, locale: str) -> Place:
        """The place of a policy text as a whole."""
        return self.lines.text(locale, "policy.md", "", 1)

    def clause(self, locale: str, clause_id: str) -> Place:
        """The place of a clause; of the file as a whole if it has no such clause."""
        document = self.pack.document(locale)
        if clause_id not in document:
            return self.policy(locale)
        return self.lines.text(locale, "policy.md", clause_id, document.clause(clause_id).line)

    @cached_property
    def main(self) -> Main | None:
        """The texts in which what must be said is looked for; None if no language is known."""
        pack = self.pack
        for locale in sorted(pack.locales, key=lambda locale: locale != pack.default_locale):
            language = language_of(locale)
            if language is not None:
                return Main(locale, language, pack.texts_for(locale))
        return None

    def words(self, localised: Localised) -> str:
        """A declaration's words in the language of :attr:`main`; empty if there is none."""
        return localised[self.main.locale] if self.main else ""

    def finds(self, pattern: Words, text: str) -> bool:
        """Whether a text in the language of :attr:`main` fits; true if there is none."""
        return self.main is None or pattern.find(text, self.main.language) is not None

    def says(self, pattern: Words) -> bool:
        """Whether the policy says something anywhere; true if its language is unknown."""
        return any(self.finds(pattern, text) for _, text in self.units()) or self.main is None

    def units(self) -> Iterator[tuple[Place, str]]:
        """Preamble and clauses in the language of :attr:`main`, each whole."""
        if self.main is None:
            return
        locale, document = self.main.locale, self.main.texts.document
        yield (
            self.lines.text(locale, "policy.md", PREAMBLE, 1),
            "\n".join(text for block in document.preamble for text in _texts_in(block)),
        )
        for clause in document.clauses():
            yield self.clause(locale, clause.id), clause.text

    def clauses_text(self, clause_ids: Iterable[str]) -> str:
        """The words of some clauses in the language of :attr:`main`."""
        if self.main is None:
            return ""
        document = self.main.texts.document
        return "\n".join(document.clause(id_).text for id_ in clause_ids if id_ in document)

    def purposes_with(self, *terms: str) -> list[Purpose]:
        """Purposes one of whose DPV terms ends with one of these names."""
        return [
            purpose
            for purpose in self.pack.purposes.values()
            if any(term.partition(":")[2] in terms for term in purpose.dpv)
        ]

    def is_sensitive(self, purpose: Purpose) -> bool:
        """Whether a purpose uses a sensitive category of data."""
        categories = self.pack.data_categories
        return any(categories[id_].sensitive for id_ in purpose.data)

    def passages(self, *layers: Layer) -> Iterator[Passage]:
        """Every passage of some layers, in every language that has word lists."""
        return (passage for passage in self._passages if passage.layer in layers)

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        found: list[Passage] = []
        for locale in self.pack.locales:
            language = language_of(locale)
            if language is None:
                continue
            texts = self.pack.texts_for(locale)
            for place, layer, part, text in (
                *self._policy(locale, texts),
                *self._summary(locale, texts),
                *self._surface(locale, texts),
                *self._choices(locale),
            ):
                found.append(Passage(place, layer, language, locale, part, text))
        return tuple(found)

    def _policy(self, locale: str, texts: LocaleTexts) -> Iterator[tuple[Place, Layer, str, str]]:
        document = texts.document
        preamble = self.lines.text(locale, "policy.md", PREAMBLE, 1)
        for block in document.preamble:
            for text in _texts_in(block):
                yield preamble, Layer.POLICY, "", text
        for clause in document.clauses():
            place = self.clause(locale, clause.id)
            for text in passages_of(clause):
                yield place, Layer.POLICY, "", text

    def _summary(self, locale: str, texts: LocaleTexts) -> Iterator[tuple[Place, Layer, str, str]]:
        for card in texts.summary:
            place = self.lines.text(locale, "summary.md", card.id)
            yield place, Layer.SUMMARY, "title", card.title
            yield place, Layer.SUMMARY, "body", card.body

    def _surface(self, locale: str, texts: LocaleTexts) -> Iterator[tuple[Place, Layer, str, str]]:
        first, withdrawal = texts.first_notice, texts.withdrawal
        place = self.lines.text(locale, "prompts.md", "first-notice")
        for part in ("title", "lead", "refusing", "accept", "refuse"):
            yield place, Layer.SURFACE, part, getattr(first, part)
        place = self.lines.text(locale, "prompts.md", "withdrawal")
        yield place, Layer.SURFACE, "statement", withdrawal.statement
        yield place, Layer.SURFACE, "label", withdrawal.label
        for prompt in texts.prompts.values():
            place = self.lines.text(locale, "prompts.md", prompt.id)
            yield place, Layer.SURFACE, "title", prompt.title
            for slot, text in prompt_slots(prompt).items():
                yield place, Layer.SURFACE, slot, text
            for part in ("accept", "refuse", "neutral"):
                yield place, Layer.SURFACE, part, getattr(prompt, part)

    def _choices(self, locale: str) -> Iterator[tuple[Place, Layer, str, str]]:
        for purpose in self.pack.purposes.values():
            for part in ("name", "description", "retention", "refusing"):
                localised: Localised | None = getattr(purpose, part)
                if localised is not None:
                    place = self.entry("purposes", purpose.id, part)
                    yield place, Layer.CHOICE, part, localised[locale]


def passages_of(clause: Clause) -> Iterator[str]:
    """A clause's heading, then each paragraph, list item and table row."""
    yield clause.title
    for block in clause.blocks:
        yield from _texts_in(block)


def _texts_in(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs):
            yield plain_text(runs)
        case ListBlock(items=items):
            for item in items:
                for part in item:
                    yield from _texts_in(part)
        case Table(head, rows):
            for row in (head, *rows):
                yield "\t".join(plain_text(cell) for cell in row)
