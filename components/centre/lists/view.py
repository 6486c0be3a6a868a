"""The entries of a list, made from the same rows that are exported, so that both say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ...policy.document import Clause
from ...policy.exporting.lists import (
    CollectedRow,
    PackList,
    SdkRow,
    SharedRow,
    collected_rows,
    sdk_rows,
    shared_rows,
)
from ...policy.pack import Pack, RecipientRole


class Missing(StrEnum):
    """What a regulator's list should have and the policy does not say."""

    RETENTION = "retention"
    ENTITY = "entity"
    LINK = "link"


class ListFilter(StrEnum):
    """Which entries are shown: those with sensitive data, those of a role, those with gaps."""

    EVERYTHING = "everything"
    SENSITIVE = "sensitive"
    PROCESSOR = "processor"
    HANDLER = "handler"
    JOINT = "joint"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Use:
    """One use of data.

    Attributes:
        name: The scene, or which data.
        purpose: What for.
        retention: How long it is kept; empty where that is not this list's, or is not said.
        clause: The one it stands on; None if the entry's own, or if the policy has none for it.
    """

    name: str
    purpose: str
    retention: str = ""
    clause: Clause | None = None


@dataclass(frozen=True)
class Entry:
    """One entry: a category of data, a recipient, or an SDK. Texts are empty where not said."""

    id: str
    title: str
    uses: tuple[Use, ...]
    sensitive: bool = False
    role: RecipientRole | None = None
    entity: str = ""
    scene: str = ""
    manner: str = ""
    permissions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    missing: frozenset[Missing] = frozenset()
    clause: Clause | None = None

    @property
    def words(self) -> str:
        """Everything that a search looks through."""
        uses = (f"{use.name}\n{use.purpose}\n{use.retention}" for use in self.uses)
        return "\n".join(
            (
                self.title,
                self.entity,
                self.scene,
                self.manner,
                *self.permissions,
                *self.links,
                *uses,
            )
        ).casefold()


@dataclass(frozen=True)
class ListView:
    """A list.

    Attributes:
        which: Which one.
        entries: All of it, in the pack's order.
        written_in: The language of its words, by its own name, if it is not the interface's.
    """

    which: PackList
    entries: tuple[Entry, ...]
    written_in: str | None = None

    @property
    def filters(self) -> tuple[ListFilter, ...]:
        """The filters that would leave something, and something out."""
        narrower = [
            it
            for it in ListFilter
            if it is not ListFilter.EVERYTHING and 0 < len(self.found("", it)) < len(self.entries)
        ]
        return (ListFilter.EVERYTHING, *narrower) if narrower else ()

    def found(self, query: str, filter_: ListFilter) -> tuple[Entry, ...]:
        """The entries that a filter leaves and that have every word of a query in them."""
        wanted = query.casefold().split()
        return tuple(
            entry
            for entry in self.entries
            if _passes(entry, filter_) and all(word in entry.words for word in wanted)
        )


def list_view(pack: Pack, which: PackList, locale: str, written_in: str | None = None) -> ListView:
    """A list of a pack.

    Args:
        pack: In the version that is wanted.
        which: Which list.
        locale: The language; the pack's prevailing one where it lacks it.
        written_in: See :class:`ListView`.
    """
    entries: Iterable[Entry]
    match which:
        case PackList.COLLECTED:
            rows = sorted(collected_rows(pack, locale), key=lambda row: _order(pack, row.data_id))
            entries = (
                _collected(pack, list(group), locale)
                for _, group in groupby(rows, key=lambda row: row.data_id)
            )
        case PackList.SHARED:
            by_recipient = groupby(shared_rows(pack, locale), key=lambda row: row.recipient_id)
            entries = (_shared(pack, list(group), locale) for _, group in by_recipient)
        case PackList.SDKS:
            entries = (_sdk(pack, row, locale) for row in sdk_rows(pack, locale))
    return ListView(which, tuple(entries), written_in)


def _passes(entry: Entry, filter_: ListFilter) -> bool:
    match filter_:
        case ListFilter.EVERYTHING:
            return True
        case ListFilter.SENSITIVE:
            return entry.sensitive
        case ListFilter.INCOMPLETE:
            return bool(entry.missing)
        case _:
            return entry.role is not None and entry.role.value == filter_.value


def _order(pack: Pack, data_id: str) -> int:
    return list(pack.data_categories).index(data_id)


def _collected(pack: Pack, rows: list[CollectedRow], locale: str) -> Entry:
    uses = []
    for row in rows:
        clause = pack.main_clause(pack.purposes[row.purpose_id].clauses, locale)
        uses.append(Use(row.scene, row.purpose, row.retention, clause))
    kept = all(row.retention for row in rows)
    return Entry(
        id=rows[0].data_id,
        title=rows[0].type,
        sensitive=rows[0].sensitive == "yes",
        uses=tuple(uses),
        missing=frozenset() if kept else frozenset({Missing.RETENTION}),
    )


def _shared(pack: Pack, rows: list[SharedRow], locale: str) -> Entry:
    row, recipient = rows[0], pack.recipients[rows[0].recipient_id]
    return Entry(
        id=row.recipient_id,
        title=row.recipient,
        uses=tuple(Use(it.type, it.purpose) for it in rows if it.type),
        role=recipient.role,
        entity=row.entity,
        scene=row.scene,
        manner=row.manner,
        missing=frozenset() if row.entity else frozenset({Missing.ENTITY}),
        clause=pack.main_clause(recipient.clauses, locale),
    )


def _sdk(pack: Pack, row: SdkRow, locale: str) -> Entry:
    recipient = pack.recipients[row.recipient_id]
    missing: Collection[Missing] = [
        *([] if row.entity else [Missing.ENTITY]),
        *([] if row.links else [Missing.LINK]),
    ]
    types, purposes = row.type.splitlines(), row.purpose.splitlines()
    return Entry(
        id=row.recipient_id,
        title=row.sdk,
        uses=tuple(Use(type_, purpose) for type_, purpose in zip(types, purposes, strict=True)),
        role=recipient.role,
        entity=row.entity,
        scene=row.scene,
        manner=row.manner,
        permissions=tuple(row.permissions.splitlines()),
        links=tuple(row.links.splitlines()),
        missing=frozenset(missing),
        clause=pack.main_clause(recipient.clauses, locale),
    )
