"""Two entries of one id -> the fields that differ, as texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import StrEnum

from ..pack import Localised
from .pack_changes import EntryChange, EntryKind, EntryMark, FieldChange
from .words import WordComparison

_BETWEEN = " · "
_LEFT_OUT = ("id", "cards")
"""The id is how two entries are matched; the cards of a first notice are entries of their own."""


def field_changes(
    old: object,
    new: object,
    locales: Sequence[str],
    words: WordComparison,
    leave_out: Collection[str] = _LEFT_OUT,
) -> tuple[FieldChange, ...]:
    """The fields of two dataclasses of one type that differ.

    A list of which only the order changed is told as gone and come back: the order of clauses
    says which is the main one.
    """
    assert is_dataclass(new)  # noqa: S101 - entries are
    return tuple(
        change
        for field in fields(new)
        if field.name not in leave_out
        for change in _changes(
            field.name, getattr(old, field.name), getattr(new, field.name), locales, words
        )
    )


def _changes(
    name: str, old: object, new: object, locales: Sequence[str], words: WordComparison
) -> Iterator[FieldChange]:
    if old == new:
        return
    spoken = _is_localised(old) or _is_localised(new)
    for locale in locales if spoken else (None,):
        before, after = value_texts(old, locale), value_texts(new, locale)
        if before == after:
            continue
        removed = tuple(text for text in before if text not in after)
        added = tuple(text for text in after if text not in before)
        if not removed and not added:
            removed, added = before, after
        runs = words.runs(removed[0], added[0]) if len(removed) == len(added) == 1 else ()
        yield FieldChange(name, locale, removed, added, runs)


def _is_localised(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    if isinstance(value, tuple):
        return any(map(_is_localised, value))
    if is_dataclass(value):
        return any(_is_localised(getattr(value, field.name)) for field in fields(value))
    return False


def value_texts(value: object, locale: str | None) -> tuple[str, ...]:
    """A value as texts: none for None, one for each element of a list, otherwise one."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple(_text(element, locale) for element in value)
    return (_text(value, locale),)


def _text(value: object, locale: str | None) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:g} h"
    if isinstance(value, Mapping):
        return str(value.get(locale, ""))
    if is_dataclass(value):
        texts = (
            text
            for field in fields(value)
            for text in value_texts(getattr(value, field.name), locale)
        )
        return _BETWEEN.join(texts)
    return str(value)


def entry_changes(
    kind: EntryKind,
    old: Mapping[str, object],
    new: Mapping[str, object],
    locales: Sequence[str],
    words: WordComparison,
) -> Iterator[EntryChange]:
    """What became of the entries of one kind: in the new order, then what is gone."""
    for id_, entry in new.items():
        if id_ not in old:
            yield EntryChange(kind, id_, name_of(entry), EntryMark.ADDED, ())
        elif changes := field_changes(old[id_], entry, locales, words):
            yield EntryChange(kind, id_, name_of(entry), EntryMark.CHANGED, changes)
    for id_, entry in old.items():
        if id_ not in new:
            yield EntryChange(kind, id_, name_of(entry), EntryMark.REMOVED, ())


def name_of(entry: object) -> Localised:
    """What a person calls an entry; empty if it has only an id."""
    name = getattr(entry, "name", None)
    return name if isinstance(name, Mapping) else {}
