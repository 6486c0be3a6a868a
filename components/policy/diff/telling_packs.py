"""A comparison of two versions of a pack as the lines in which a person would tell it."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import Localised
from .pack_changes import EntryChange, EntryKind, EntryMark, FieldChange, PackDiff, Reason
from .telling import Line, plain, tell_document
from .wording import DiffWording
from .words import deleted, inserted

_SIGNS = {EntryMark.ADDED: "+", EntryMark.REMOVED: "-", EntryMark.CHANGED: "~"}


def tell_pack(diff: PackDiff, wording: DiffWording, locale: str | None) -> Iterator[Line]:
    """The verdict first, then who is asked again, then what changed.

    Args:
        diff: What changed.
        wording: The words in which it is told.
        locale: The language of names, and the only one of which the full text is told; None for
            the names in the language that prevails and the full text in every language.
    """
    names = locale or diff.prevailing
    yield plain(wording.versions.format(old=diff.old_version.id, new=diff.new_version.id), "#", 1)
    yield from _verdict(diff, wording, names)
    entries = list(_entries(diff, wording, names))
    if entries:
        yield plain(wording.entries, "#", 2)
        yield from entries
    for of_text, document in diff.documents.items():
        if locale in (None, of_text):
            yield plain(wording.document.format(locale=of_text), "#", 2)
            yield from tell_document(document, wording)


def _verdict(diff: PackDiff, wording: DiffWording, locale: str) -> Iterator[Line]:
    verdict = diff.verdict
    yield plain(wording.verdict.format(kind=wording.change_kinds[verdict.kind]))
    if verdict.declared is not verdict.kind:
        yield plain(wording.declared.format(kind=wording.change_kinds[verdict.declared]))
    if verdict.reasons:
        yield plain(wording.reasons, "#", 2)
        for reason in verdict.reasons:
            yield plain(reason_in_words(diff, reason, wording, locale), "", 1)
    if diff.ask_again:
        yield plain(wording.ask_again, "#", 2)
        for asked in diff.ask_again:
            touches = wording.between.join(wording.touches[touch] for touch in asked.touches)
            name = _name(diff, EntryKind.PURPOSE, asked.purpose, wording, locale)
            yield Line("", 1, text=name, note=touches)
    else:
        yield plain(wording.ask_nobody)
    if verdict.to_check:
        yield plain(wording.to_check, "#", 2)
        for standing in verdict.to_check:
            entries = wording.between.join(
                _entry_name(diff, kind, id_, wording, locale) for kind, id_ in standing.entries
            )
            clause = _clause(diff, standing.clause)
            yield plain(wording.standing.format(entries=entries, clause=clause), "", 1)


def reason_in_words(diff: PackDiff, reason: Reason, wording: DiffWording, locale: str) -> str:
    """A reason as a sentence."""
    what = wording.fields.get(reason.field or "", (reason.field or "").replace("_", " "))
    if reason.field is None:
        mark = next(
            entry.mark
            for entry in diff.entries
            if (entry.kind, entry.id) == (reason.entry, reason.id)
        )
        what = wording.whole[mark]
    return wording.reason.format(
        entry=_entry_name(diff, reason.entry, reason.id, wording, locale),
        what=what,
        kind=wording.material_kinds[reason.kind],
        source=reason.source,
    )


def _clause(diff: PackDiff, clause: str) -> str:
    document = diff.documents[diff.prevailing]
    return next(it.clause.title for it in document.clauses if it.clause.id == clause)


def _entries(diff: PackDiff, wording: DiffWording, locale: str) -> Iterator[Line]:
    for entry in diff.entries:
        name = _entry_name(diff, entry.kind, entry.id, wording, locale, entry.name)
        note = wording.entry_marks[entry.mark]
        yield Line(_SIGNS[entry.mark], 0, text=name, note=note, title=True)
        yield from _fields(entry, wording)


def _fields(entry: EntryChange, wording: DiffWording) -> Iterator[Line]:
    for field in entry.fields:
        name = wording.fields.get(field.field, field.field.replace("_", " "))
        where = f" ({field.locale})" if field.locale else ""
        yield plain(f"{name}{where}", "", 1)
        yield from _values(field)


def _values(field: FieldChange) -> Iterator[Line]:
    if field.words:
        yield Line("~", 2, field.words)
        return
    for text in field.removed:
        yield Line("-", 2, deleted(text))
    for text in field.added:
        yield Line("+", 2, inserted(text))


def _entry_name(
    diff: PackDiff,
    kind: EntryKind,
    id_: str,
    wording: DiffWording,
    locale: str,
    own: Localised | None = None,
) -> str:
    called = wording.entry_kinds[kind]
    if id_ == kind.value:
        return called
    names = own or diff.names.get((kind, id_), {})
    name = names.get(locale) or next(iter(names.values()), id_)
    quoted = wording.quoted.format(name)
    blank = " " if called[-1].isascii() else ""
    return f"{called}{blank}{quoted}"


def _name(diff: PackDiff, kind: EntryKind, id_: str, wording: DiffWording, locale: str) -> str:
    names = diff.names[(kind, id_)]
    return wording.quoted.format(names.get(locale) or id_)
