"""Two versions of a pack -> what changed, what it means, and who is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ..pack import Localised, Pack
from ..texts import LocaleTexts
from .document_changes import DocumentDiff
from .documents import diff_documents
from .entry_fields import entry_changes, field_changes, name_of
from .pack_changes import EntryChange, EntryKind, EntryMark, PackDiff
from .verdicts import ask_again, verdict
from .words import WordComparison

_OF_ITS_OWN = frozenset(
    {
        *("id", "controller", "version", "rules", "declared", "texts"),
        *("data_categories", "purposes", "permissions", "recipients", "rights"),
    }
)
"""Fields of a pack that are entries themselves, or say which pack and version it is."""


def diff_packs(
    old: Pack, new: Pack, progress: Callable[[int, int], None] = lambda done, of: None
) -> PackDiff:
    """What changed from ``old.version`` to ``new.version``.

    Args:
        old: The pack as it was: ``pack.at("2021-11-01")``, or read from another folder.
        new: The pack as it is.
        progress: Told from time to time how many steps of how many are done, language by
            language.
    """
    words = WordComparison()
    locales = [locale for locale in new.locales if locale in old.locales]
    documents: dict[str, DocumentDiff] = {}
    for locale in locales:
        documents[locale] = diff_documents(old.document(locale), new.document(locale), progress)
    entries = tuple(_entries(old, new, locales, words))
    return PackDiff(
        old_version=old.version,
        new_version=new.version,
        prevailing=new.default_locale,
        names=MappingProxyType({**_names(old), **_names(new)}),
        entries=entries,
        documents=MappingProxyType(documents),
        ask_again=ask_again(old, new, entries),
        verdict=verdict(old, new, entries, documents),
    )


def purposes_to_ask_again(old: Pack, new: Pack) -> tuple[str, ...]:
    """As :attr:`~.pack_changes.PackDiff.purposes_to_ask_again`, without comparing the full texts.

    Takes milliseconds where the whole comparison takes seconds, and gives the same.
    """
    words, locales = WordComparison(), (new.default_locale,)
    return tuple(
        asked.purpose for asked in ask_again(old, new, _declarations(old, new, locales, words))
    )


def _declared(pack: Pack) -> Mapping[EntryKind, Mapping[str, object]]:
    return {
        EntryKind.CONTROLLER: _one(EntryKind.CONTROLLER, pack.controller),
        EntryKind.RULES: _one(EntryKind.RULES, pack.rules),
        EntryKind.PURPOSE: pack.purposes,
        EntryKind.DATA_CATEGORY: pack.data_categories,
        EntryKind.RECIPIENT: pack.recipients,
        EntryKind.PERMISSION: pack.permissions,
        EntryKind.RIGHT: pack.rights,
    }


def _names(pack: Pack) -> dict[tuple[EntryKind, str], Localised]:
    return {
        (kind, id_): name_of(entry)
        for kind, entries in _declared(pack).items()
        for id_, entry in entries.items()
    }


def _declarations(
    old: Pack, new: Pack, locales: Sequence[str], words: WordComparison
) -> Iterator[EntryChange]:
    """What became of all that is declared, texts left out."""
    if fields := field_changes(old, new, locales, words, _OF_ITS_OWN):
        yield EntryChange(EntryKind.PACK, new.id, new.name, EntryMark.CHANGED, fields)
    before = _declared(old)
    for kind, now in _declared(new).items():
        yield from entry_changes(kind, before[kind], now, locales, words)


def _entries(
    old: Pack, new: Pack, locales: Sequence[str], words: WordComparison
) -> Iterator[EntryChange]:
    yield from _declarations(old, new, locales, words)
    yield from _spoken(
        {locale: old.texts_for(locale) for locale in locales},
        {locale: new.texts_for(locale) for locale in locales},
        words,
    )


def _one(kind: EntryKind, entry: object) -> dict[str, object]:
    return {} if entry is None else {kind.value: entry}


def _spoken(
    old: Mapping[str, LocaleTexts], new: Mapping[str, LocaleTexts], words: WordComparison
) -> Iterator[EntryChange]:
    """What became of the summary and the prompts, language by language."""
    for locale, now in new.items():
        before = _texts(old[locale])
        for kind, texts in _texts(now).items():
            for change in entry_changes(kind, before[kind], texts, (), words):
                entry = texts.get(change.id) or before[kind][change.id]
                title = getattr(entry, "title", None)
                yield replace(
                    change,
                    name={} if title is None else {locale: title},
                    fields=tuple(replace(field, locale=locale) for field in change.fields),
                )


def _texts(texts: LocaleTexts) -> Mapping[EntryKind, Mapping[str, object]]:
    return {
        EntryKind.FIRST_NOTICE: _one(EntryKind.FIRST_NOTICE, texts.first_notice),
        EntryKind.CARD: {card.id: card for card in texts.summary},
        EntryKind.PROMPT: texts.prompts,
        EntryKind.WITHDRAWAL: _one(EntryKind.WITHDRAWAL, texts.withdrawal),
    }
