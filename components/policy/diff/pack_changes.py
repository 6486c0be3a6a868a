"""What a comparison of two versions of a pack says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..pack import ChangeKind, Localised, PolicyVersion
from .document_changes import DocumentDiff
from .words import WordRuns


class EntryKind(StrEnum):
    """What a pack declares or says beside the full text."""

    PACK = "pack"
    CONTROLLER = "controller"
    RULES = "rules"
    PURPOSE = "purpose"
    DATA_CATEGORY = "data-category"
    RECIPIENT = "recipient"
    PERMISSION = "permission"
    RIGHT = "right"
    FIRST_NOTICE = "first-notice"
    CARD = "card"
    PROMPT = "prompt"
    WITHDRAWAL = "withdrawal"


class EntryMark(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One field of an entry that is no longer what it was.

    Attributes:
        field: The field's name in the model, for example ``recipients``.
        locale: The language in which it changed; None for what is in no language.
        removed: The values that are gone: of a list, those that it lost; of anything else, the
            whole old value; empty if there was none.
        added: Likewise the values that are new.
        words: Word by word, where one text took the place of another; otherwise empty.
    """

    field: str
    locale: str | None
    removed: tuple[str, ...]
    added: tuple[str, ...]
    words: WordRuns


@dataclass(frozen=True)
class EntryChange:
    """What became of one entry; entries that did not change are not told.

    Attributes:
        kind: What it is.
        id: Its id; the kind's name where there is only one.
        name: What a person calls it, in each language; empty where only an id exists.
        mark: What happened.
        fields: What changed in it; empty unless ``mark`` is ``changed``.
    """

    kind: EntryKind
    id: str
    name: Localised
    mark: EntryMark
    fields: tuple[FieldChange, ...]


class Touch(StrEnum):
    """What a person consented to and that is no longer the same.

    Purpose, method and type of data: PIPL art. 14(2), 网络数据安全管理条例 art. 22(6). Recipient:
    PIPL art. 23.
    """

    PURPOSE = "purpose"
    METHOD = "method"
    DATA_TYPE = "data-type"
    RECIPIENT = "recipient"


class MaterialKind(StrEnum):
    """The kinds of change that Chinese policies promise to treat as material.

    ``SERVICE``: what is done for people and with their data. ``CONTROL``: who decides.
    ``RECIPIENTS``: who gets data. ``RIGHTS``: what people may ask for and how. ``CONTACT``: how
    the responsible department is reached. ``RISK``: what needs an assessment of impact first
    (PIPL art. 55): more sensitive data, another handler, another country.
    """

    SERVICE = "service"
    CONTROL = "control"
    RECIPIENTS = "recipients"
    RIGHTS = "rights"
    CONTACT = "contact"
    RISK = "risk"


@dataclass(frozen=True)
class Reason:
    """Why a change is material.

    Attributes:
        kind: Which kind of material change.
        entry: What changed.
        id: Its id.
        field: Which field; None if the whole entry came or went. ``text`` for the words of the
            clause it stands on.
        source: The rule, as lawyers cite it.
    """

    kind: MaterialKind
    entry: EntryKind
    id: str
    field: str | None
    source: str


@dataclass(frozen=True)
class Standing:
    """A reworded clause on which entries stand, none of which changed: a person should read it.

    Attributes:
        clause: The clause's id.
        entries: Kind and id of what stands on it.
    """

    clause: str
    entries: tuple[tuple[EntryKind, str], ...]


@dataclass(frozen=True)
class Verdict:
    """Material or editorial.

    Attributes:
        kind: The verdict: material if the pack declares it or the content shows it.
        declared: What the pack declares; material if any version on the way is.
        reasons: What was found in the content.
        to_check: What a computer cannot decide.
    """

    kind: ChangeKind
    declared: ChangeKind
    reasons: tuple[Reason, ...]
    to_check: tuple[Standing, ...]


@dataclass(frozen=True)
class AskAgain:
    """A purpose for which consent is needed anew, and what touches it."""

    purpose: str
    touches: tuple[Touch, ...]


@dataclass(frozen=True)
class PackDiff:
    """What changed from one version of a pack to another.

    Attributes:
        old_version: From this one.
        new_version: To this one.
        prevailing: The language by which the verdict was found.
        names: What a person calls each purpose, recipient, …, by kind and id, in each language.
        entries: What changed beside the full text.
        documents: What became of the full text, by locale, where both versions have it.
        ask_again: Which purposes are asked again, in the pack's order.
        verdict: Material or editorial.
    """

    old_version: PolicyVersion
    new_version: PolicyVersion
    prevailing: str
    names: Mapping[tuple[EntryKind, str], Localised]
    entries: tuple[EntryChange, ...]
    documents: Mapping[str, DocumentDiff]
    ask_again: tuple[AskAgain, ...]
    verdict: Verdict

    @property
    def purposes_to_ask_again(self) -> tuple[str, ...]:
        """Ids of the purposes that rest on consent in both versions' eyes no longer the same."""
        return tuple(asked.purpose for asked in self.ask_again)
