"""The entries that a pack declares, each with the place where it is written.

Both ``pack.toml`` and the ``changes.toml`` of a version (see :mod:`.changes`) hold
``[[data_categories]]``, ``[[purposes]]``, ``[[permissions]]``, ``[[recipients]]`` with
``[[recipients.data]]`` and ``[[rights]]``. Lists may be left out when empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from .errors import Findings
from .identifiers import is_kebab
from .inline import is_web_address
from .pack import (
    ConsentKind,
    DataCategory,
    Declared,
    MinorsRule,
    Necessity,
    Permission,
    PermissionUse,
    Purpose,
    Recipient,
    RecipientData,
    RecipientRole,
    RequestMode,
    Right,
)
from .toml_reader import TomlFile, TomlTable
from .toml_source import TomlPath

RECIPIENT_KINDS = ("sdk", "merchant", "service")


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


Item = TypeVar("Item")
IdentifiedItem = TypeVar("IdentifiedItem", bound=Identified)


@dataclass(frozen=True)
class Entry(Generic[Item]):
    """Something declared, and where: ``path`` leads to it in ``file``."""

    value: Item
    file: TomlFile
    path: TomlPath

    def fault(self, findings: Findings, key: str | None, problem: str, remedy: str) -> None:
        """Note a fault at one of its keys, or at the whole of it if None."""
        path = self.path if key is None else (*self.path, key)
        findings.add(self.file.name, self.file.source.line(path), problem, remedy)


@dataclass(frozen=True)
class Entries:
    """Everything declared in one file or one version, by id and in order."""

    data_categories: Mapping[str, Entry[DataCategory]]
    purposes: Mapping[str, Entry[Purpose]]
    permissions: Mapping[str, Entry[Permission]]
    recipients: Mapping[str, Entry[Recipient]]
    rights: Mapping[str, Entry[Right]]

    def declared(self) -> Declared:
        """The same without the places, as a pack holds it."""
        return Declared(
            data_categories=_values(self.data_categories),
            purposes=_values(self.purposes),
            permissions=_values(self.permissions),
            recipients=_values(self.recipients),
            rights=_values(self.rights),
        )


def _values(entries: Mapping[str, Entry[Item]]) -> Mapping[str, Item]:
    return MappingProxyType({id_: entry.value for id_, entry in entries.items()})


def read_entries(root: TomlTable) -> Entries:
    """Read the entries of a file from its root; faults go to ``root.file.findings``."""
    return Entries(
        data_categories=_identified(root, "data_categories", _data_category),
        purposes=_identified(root, "purposes", _purpose),
        permissions=_identified(root, "permissions", _permission),
        recipients=_identified(root, "recipients", _recipient),
        rights=_identified(root, "rights", _right),
    )


def closed(table: TomlTable, read: Callable[[TomlTable], Item]) -> Item:
    """What ``read`` makes of a table, and every key noted that it did not ask for."""
    item = read(table)
    table.finish()
    return item


def each(parent: TomlTable, key: str, read: Callable[[TomlTable], Item]) -> tuple[Item, ...]:
    """What ``read`` makes of each table of an array."""
    return tuple(closed(table, read) for table in parent.tables(key))


def _identified(
    parent: TomlTable, key: str, read: Callable[[TomlTable], IdentifiedItem]
) -> Mapping[str, Entry[IdentifiedItem]]:
    """An array of tables whose ids differ."""
    entries: dict[str, Entry[IdentifiedItem]] = {}
    for table in parent.tables(key):
        item = closed(table, read)
        if item.id and item.id in entries:
            table.fault(
                "id", f"the id {item.id!r} is already taken in `{key}`", "give each its own"
            )
        entries[item.id] = Entry(item, table.file, table.path)
    return entries


def kebab(table: TomlTable, key: str) -> str:
    """An id in kebab-case."""
    value = table.text(key)
    if value and not is_kebab(value):
        table.fault(
            key,
            f"`{key}` is {value!r}, which is not in kebab-case",
            "use a-z and 0-9, words joined by single hyphens",
        )
    return value


def _data_category(table: TomlTable) -> DataCategory:
    return DataCategory(
        id=kebab(table, "id"),
        name=table.localised("name"),
        dpv=table.texts("dpv"),
        sensitive=table.boolean("sensitive"),
    )


def _purpose(table: TomlTable) -> Purpose:
    return Purpose(
        id=kebab(table, "id"),
        name=table.localised("name"),
        description=table.localised("description"),
        necessity=table.choice("necessity", Necessity),
        consent=table.choice("consent", ConsentKind),
        notice_required=table.boolean("notice_required", default=True),
        legal_basis=table.text("legal_basis"),
        dpv=table.texts("dpv"),
        data=table.texts("data"),
        permissions=table.texts("permissions"),
        recipients=table.texts("recipients"),
        clauses=table.texts("clauses"),
        retention=table.optional_localised("retention"),
        refusing=table.optional_localised("refusing"),
        minors=table.choice("minors", MinorsRule, default=MinorsRule.ALLOWED),
        valid_for=table.optional_duration("valid_for"),
        prompt=table.optional_text("prompt"),
    )


def _permission(table: TomlTable) -> Permission:
    return Permission(
        id=kebab(table, "id"),
        name=table.localised("name"),
        description=table.localised("description"),
        request=table.choice("request", RequestMode),
        purpose=table.optional_text("purpose"),
        prompt=table.optional_text("prompt"),
        android=table.texts("android"),
        ios=table.optional_text("ios"),
        clauses=table.texts("clauses"),
        use=table.choice("use", PermissionUse, default=PermissionUse.WHILE_GRANTED),
    )


def _recipient(table: TomlTable) -> Recipient:
    links = table.texts("links")
    for link in links:
        if not is_web_address(link):
            table.fault("links", f"{link!r} is no https: address", "write https://…")
    return Recipient(
        id=kebab(table, "id"),
        name=table.localised("name"),
        kind=table.one_of("kind", RECIPIENT_KINDS),
        role=table.choice("role", RecipientRole),
        entity=table.optional_localised("entity"),
        scene=table.localised("scene"),
        manner=table.localised("manner"),
        data=each(table, "data", _recipient_data),
        permissions=table.texts("permissions"),
        purposes=table.texts("purposes"),
        links=links,
        clauses=table.texts("clauses"),
    )


def _recipient_data(table: TomlTable) -> RecipientData:
    return RecipientData(fields=table.localised("fields"), purpose=table.localised("purpose"))


def _right(table: TomlTable) -> Right:
    return Right(
        id=kebab(table, "id"),
        name=table.localised("name"),
        description=table.localised("description"),
        clause=table.text("clause"),
        working_days=table.whole_number("working_days", least=0),
    )
