"""Whether an item is what it says of the policy: held against the words of the layer it names."""

from __future__ import annotations

import re

from ..policy.pack import Pack
from ..policy.texts import LocaleTexts, PromptText
from ..policy.toml_reader import TomlTable
from .model import Item
from .words import Layer, Truth


class PolicyWords:
    """A policy's words in each language, layer by layer and all together.

    Args:
        pack: The pack at the version that is asked about.
        locales: The languages.
    """

    def __init__(self, pack: Pack, locales: tuple[str, ...]) -> None:
        self._pack = pack
        self._everything = {it: _all_words(pack.texts_for(it)).casefold() for it in locales}

    def has_clause(self, clause: str, locale: str) -> bool:
        """Whether the full text has a clause."""
        return clause in self._pack.document(locale)

    def speaks_of(self, words: str, locale: str) -> bool:
        """Whether some words, of whatever case, are anywhere in the policy as words."""
        wanted = re.escape(_bare(words).casefold())
        return bool(re.search(rf"(?<![a-z]){wanted}(?![a-z])", self._everything[locale]))

    def of(self, item: Item, locale: str) -> str | None:
        """What the layer says at an item's place; None if it has no such place."""
        texts = self._pack.texts_for(locale)
        match item.layer:
            case Layer.FULL:
                return None if item.place else _bare(texts.document.clause(item.clause).text)
            case Layer.SUMMARY:
                cards = {card.id: _bare(f"{card.title} {card.body}") for card in texts.summary}
                return cards.get(item.place)
            case Layer.JIT:
                prompt = texts.prompts.get(item.place)
                return None if prompt is None else _prompt_words(prompt)
            case Layer.CENTRE:
                purpose = self._pack.purposes.get(item.place)
                if purpose is None:
                    return None
                shown = (purpose.name, purpose.description, purpose.retention, purpose.refusing)
                return _bare(" ".join(self._pack.text(it, locale) for it in shown if it))


def check_evidence(table: TomlTable, item: Item, policy: PolicyWords) -> None:
    """Note where an item's clause, place or words are not in the policy, in any language.

    Args:
        table: The item's table, for the places of faults.
        item: The item.
        policy: The words of the version that the item stands on.
    """
    _check_kind(table, item)
    for locale in table.file.locales:
        if not policy.has_clause(item.clause, locale):
            table.fault("clause", f"the policy has no clause `{item.clause}`", "name one by its id")
            return
        there = policy.of(item, locale)
        if there is None:
            table.fault(
                "place",
                f"the layer `{item.layer}` has no `{item.place}`",
                "name a card of the summary, a prompt, or for the centre a purpose;"
                " leave it out for the full text",
            )
            return
        if item.evidence and _bare(item.evidence.get(locale, "")) not in there:
            table.fault(
                "evidence",
                f"the words that decide `{item.id}` are not where it says, in {locale}",
                "quote them as they stand there",
            )
        for words in item.absent:
            if locale in words and policy.speaks_of(words[locale], locale):
                table.fault(
                    "absent",
                    f"the policy does speak of {words[locale]!r}, so `{item.id}` may be stated",
                    "choose something that it says nothing about",
                )


def _check_kind(table: TomlTable, item: Item) -> None:
    if item.answer is Truth.NOT_STATED:
        if item.evidence is not None or not item.absent:
            table.fault(
                "absent",
                f"the item `{item.id}` is not stated, so no words of the policy decide it",
                "leave out `evidence`, and give in `absent` the words that the policy lacks",
            )
    elif item.evidence is None or item.absent:
        table.fault(
            "evidence",
            f"the item `{item.id}` is {item.answer}, but not by which words",
            "quote in `evidence` the words that decide it, and leave out `absent`",
        )


def _prompt_words(prompt: PromptText) -> str:
    return _bare(" ".join(value for value in vars(prompt).values() if isinstance(value, str)))


def _all_words(texts: LocaleTexts) -> str:
    clauses = (clause.text for clause in texts.document.clauses())
    cards = (f"{card.title} {card.body}" for card in texts.summary)
    return _bare(" ".join((*clauses, *cards, *map(_prompt_words, texts.prompts.values()))))


def _bare(words: str) -> str:
    """The words without line breaks: where a line ends says nothing."""
    return re.sub(r"\s+", " ", words).strip()
