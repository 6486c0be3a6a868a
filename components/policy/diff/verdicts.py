"""Material or editorial, and which purposes are asked again: found in what changed.

A change counts by its words in the language that prevails. What says the same in other spaces,
capitals or punctuation, and what only mends a translation, is editorial.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..pack import ChangeKind, ConsentKind, Pack, RecipientRole
from .document_changes import ClauseChange, DocumentDiff, Mark
from .pack_changes import (
    AskAgain,
    EntryChange,
    EntryKind,
    EntryMark,
    FieldChange,
    MaterialKind,
    Reason,
    Standing,
    Touch,
    Verdict,
)
from .segments import words
from .words import Change

_CONSENT_ANEW = "PIPL art. 14(2); 网络数据安全管理条例 art. 22(6)"
_TELL = "PIPL art. 17(2)"
_OTHER_HANDLER = "PIPL art. 23"
_ABROAD = "PIPL arts. 39, 55"
_SENSITIVE = "PIPL arts. 29, 55"
_SUCCESSOR = "PIPL art. 22"
_RIGHTS = "PIPL arts. 17(1)(3), 50"


class _Weight(NamedTuple):
    """What a change of a field means."""

    kind: MaterialKind
    touch: Touch | None
    source: str


_SERVICE = _Weight(MaterialKind.SERVICE, None, _TELL)
_PURPOSE = _Weight(MaterialKind.SERVICE, Touch.PURPOSE, _CONSENT_ANEW)
_METHOD = _Weight(MaterialKind.SERVICE, Touch.METHOD, _CONSENT_ANEW)
_DATA_TYPE = _Weight(MaterialKind.SERVICE, Touch.DATA_TYPE, _CONSENT_ANEW)
_RECIPIENT = _Weight(MaterialKind.RECIPIENTS, Touch.RECIPIENT, _OTHER_HANDLER)
_RIGHT = _Weight(MaterialKind.RIGHTS, None, _RIGHTS)
_PURPOSE_ADDED = _Weight(MaterialKind.SERVICE, None, _CONSENT_ANEW)

WEIGHTS: Mapping[EntryKind, Mapping[str, _Weight]] = {
    EntryKind.PACK: {
        "surfaces": _SERVICE,
        "storage_location": _Weight(MaterialKind.RISK, Touch.METHOD, _ABROAD),
    },
    EntryKind.CONTROLLER: {
        "": _Weight(MaterialKind.CONTROL, None, _SUCCESSOR),
        "name": _Weight(MaterialKind.CONTROL, None, _SUCCESSOR),
        "address": _Weight(MaterialKind.CONTROL, None, _TELL),
        "contacts": _Weight(MaterialKind.CONTACT, None, _TELL),
    },
    EntryKind.RULES: {"guardian_below": _RIGHT},
    EntryKind.PURPOSE: {
        "": _PURPOSE_ADDED,
        **dict.fromkeys(("name", "description", "dpv"), _PURPOSE),
        **dict.fromkeys(("necessity", "notice_required", "legal_basis"), _SERVICE),
        **dict.fromkeys(("consent", "retention", "refusing"), _SERVICE),
        "permissions": _METHOD,
        "data": _DATA_TYPE,
        "recipients": _RECIPIENT,
    },
    EntryKind.DATA_CATEGORY: {
        "": _SERVICE,
        **dict.fromkeys(("name", "dpv", "sensitive"), _DATA_TYPE),
    },
    EntryKind.RECIPIENT: {
        **dict.fromkeys(("", "name", "kind", "role", "entity", "scene", "purposes"), _RECIPIENT),
        **dict.fromkeys(("manner", "permissions"), _RECIPIENT._replace(touch=Touch.METHOD)),
        "data": _RECIPIENT._replace(touch=Touch.DATA_TYPE),
    },
    EntryKind.PERMISSION: {
        **dict.fromkeys(("", "request", "purpose", "android", "ios"), _METHOD),
        **dict.fromkeys(("name", "description"), _SERVICE),
    },
    EntryKind.RIGHT: dict.fromkeys(("", "name", "description", "clause", "working_days"), _RIGHT),
}
"""What a change means, by entry and field; the empty field is the whole entry, come or gone.
What is not here is editorial: links, the order of clauses, the words of prompts and cards."""


def verdict(
    old: Pack,
    new: Pack,
    entries: Iterable[EntryChange],
    documents: Mapping[str, DocumentDiff],
) -> Verdict:
    """Material or editorial, with every reason that was found."""
    entries = tuple(entries)
    text = documents.get(new.default_locale)
    reworded = () if text is None else tuple(_reworded(text))
    reasons = [
        reason
        for entry in entries
        for field in _weighty(entry, new.default_locale)
        for reason in _reasons(entry, field, old, new)
    ]
    reasons += _rights_in_text(reworded, new)
    declared = _declared(old, new)
    material = declared is ChangeKind.MATERIAL or bool(reasons)
    return Verdict(
        ChangeKind.MATERIAL if material else ChangeKind.EDITORIAL,
        declared,
        tuple(dict.fromkeys(reasons)),
        tuple(_to_check(reworded, new, {(entry.kind, entry.id) for entry in entries}, reasons)),
    )


def ask_again(old: Pack, new: Pack, entries: Iterable[EntryChange]) -> tuple[AskAgain, ...]:
    """The purposes that rest on consent and of which purpose, method, data or recipient changed.

    A purpose that is new was never asked; it is not asked *again*.
    """
    touched: dict[str, set[Touch]] = {}
    for entry in entries:
        for field in _weighty(entry, new.default_locale):
            touch = WEIGHTS[entry.kind][field.field if field else ""].touch
            if touch is not None:
                for id_ in _purposes_touched(entry, field, old, new):
                    touched.setdefault(id_, set()).add(touch)
    for id_, purpose in new.purposes.items():
        if id_ in old.purposes and _strictness(purpose.consent) > _strictness(
            old.purposes[id_].consent
        ):
            touched.setdefault(id_, set()).add(Touch.METHOD)
    return tuple(
        AskAgain(id_, tuple(touch for touch in Touch if touch in touched[id_]))
        for id_, purpose in new.purposes.items()
        if id_ in touched and id_ in old.purposes and purpose.asks_consent
    )


def _strictness(consent: ConsentKind) -> int:
    return list(ConsentKind).index(consent)


def _weighty(entry: EntryChange, prevailing: str) -> Iterator[FieldChange | None]:
    """The changes that mean something; None for an entry that came or went as a whole."""
    meanings = WEIGHTS.get(entry.kind, {})
    if entry.mark is not EntryMark.CHANGED:
        if "" in meanings:
            yield None
        return
    for field in entry.fields:
        if field.field in meanings and field.locale in (None, prevailing):
            before, after = map(_said, (field.removed, field.added))
            if before != after:
                yield field


def _said(texts: tuple[str, ...]) -> list[list[str]]:
    """The words of some texts, without case, width, spaces and punctuation."""
    return [words(unicodedata.normalize("NFKC", text)) for text in texts]


def _reasons(
    entry: EntryChange, field: FieldChange | None, old: Pack, new: Pack
) -> Iterator[Reason]:
    name = field.field if field else None
    weight = WEIGHTS[entry.kind][name or ""]
    yield Reason(weight.kind, entry.kind, entry.id, name, weight.source)
    if source := _risk(entry, name, old, new):
        yield Reason(MaterialKind.RISK, entry.kind, entry.id, name, source)


def _risk(entry: EntryChange, field: str | None, old: Pack, new: Pack) -> str | None:
    """The rule that asks for an assessment of impact first, if one does."""
    match entry.kind, field:
        case EntryKind.PURPOSE, "data":
            before = set(old.purposes[entry.id].data)
            added = set(new.purposes[entry.id].data) - before
            return _SENSITIVE if any(_sensitive(new, id_) for id_ in added) else None
        case EntryKind.PURPOSE, None if entry.id in new.purposes:
            data = new.purposes[entry.id].data
            return _SENSITIVE if any(_sensitive(new, id_) for id_ in data) else None
        case EntryKind.DATA_CATEGORY, "sensitive":
            return _SENSITIVE if _sensitive(new, entry.id) else None
        case EntryKind.RECIPIENT, None | "role" if entry.id in new.recipients:
            independent = new.recipients[entry.id].role is not RecipientRole.PROCESSOR
            return "PIPL arts. 23, 55" if independent else None
    return None


def _sensitive(pack: Pack, category: str) -> bool:
    return category in pack.data_categories and pack.data_categories[category].sensitive


def _purposes_touched(
    entry: EntryChange, field: FieldChange | None, old: Pack, new: Pack
) -> Iterator[str]:
    for pack in (old, new):
        match entry.kind:
            case EntryKind.PURPOSE:
                yield entry.id
            case EntryKind.DATA_CATEGORY:
                yield from (it.id for it in pack.purposes.values() if entry.id in it.data)
            case EntryKind.PERMISSION:
                yield from (it.id for it in pack.purposes.values() if entry.id in it.permissions)
                permission = pack.permissions.get(entry.id)
                if permission is not None and permission.purpose is not None:
                    yield permission.purpose
            case EntryKind.RECIPIENT if field is not None and field.field == "purposes":
                yield from (*field.removed, *field.added)
            case EntryKind.RECIPIENT:
                yield from (it.id for it in pack.purposes.values() if entry.id in it.recipients)
                if entry.id in pack.recipients:
                    yield from pack.recipients[entry.id].purposes
            case EntryKind.PACK:
                yield from pack.purposes


def _declared(old: Pack, new: Pack) -> ChangeKind:
    """What the pack declares of the way from one version to the other."""
    ids = [version.id for version in new.versions]
    start = ids.index(old.version.id) + 1 if old.version.id in ids else None
    end = ids.index(new.version.id) + 1
    way = new.versions[start:end] if start is not None and start <= end else (new.version,)
    steps = [it for it in way if it is new.version or not it.example]
    material = any(version.change is ChangeKind.MATERIAL for version in steps)
    return ChangeKind.MATERIAL if material else ChangeKind.EDITORIAL


def _reworded(document: DocumentDiff) -> Iterator[ClauseChange]:
    marks = {Mark.REWORDED, Mark.RELINKED, Mark.REMOVED}
    return (change for change in document.clauses if marks & set(change.marks))


def _rights_in_text(reworded: Iterable[ClauseChange], new: Pack) -> list[Reason]:
    """Rights whose clause now names another number, address or deadline."""
    routes = {change.clause.id for change in reworded if _another_route(change)}
    return [
        Reason(MaterialKind.RIGHTS, EntryKind.RIGHT, right.id, "text", _RIGHTS)
        for right in new.rights.values()
        if right.clause in routes
    ]


def _another_route(change: ClauseChange) -> bool:
    return any(
        piece.links
        or any(
            run.change is not Change.KEPT and any(map(str.isdecimal, run.text))
            for run in piece.words
        )
        for piece in change.pieces
    )


def _to_check(
    reworded: Iterable[ClauseChange],
    new: Pack,
    told: set[tuple[EntryKind, str]],
    reasons: Iterable[Reason],
) -> Iterator[Standing]:
    known = told | {(reason.entry, reason.id) for reason in reasons}
    standing = [
        *((EntryKind.PURPOSE, it.id, it.clauses) for it in new.purposes.values()),
        *((EntryKind.RECIPIENT, it.id, it.clauses) for it in new.recipients.values()),
        *((EntryKind.PERMISSION, it.id, it.clauses) for it in new.permissions.values()),
        *((EntryKind.RIGHT, it.id, (it.clause,)) for it in new.rights.values()),
    ]
    for change in reworded:
        entries = tuple(
            (kind, id_) for kind, id_, clauses in standing if change.clause.id in clauses
        )
        if entries and not known & set(entries):
            yield Standing(change.clause.id, entries)
