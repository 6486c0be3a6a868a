"""``pack.toml`` -> what a pack declares, before its references are followed.

The layout: top-level keys are the fields of :class:`~.pack.Pack` (and ``format = 1``);
``[controller]`` with ``[[controller.contacts]]``; ``surfaces`` a list of localised tables;
``[[versions]]``; ``[rules]``; ``[[data_categories]]``, ``[[purposes]]``, ``[[permissions]]``,
``[[recipients]]`` with ``[[recipients.data]]``, ``[[rights]]``. Lists may be left out when empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from .identifiers import is_kebab, is_locale, is_version
from .inline import is_web_address
from .pack import (
    ChangeKind,
    ConsentKind,
    Contact,
    Controller,
    DataCategory,
    GateRules,
    Localised,
    Necessity,
    Permission,
    PolicyVersion,
    Purpose,
    Recipient,
    RecipientData,
    RecipientRole,
    RequestMode,
    Right,
)
from .toml_reader import TomlFile, TomlTable

FORMAT = 1
"""The format of ``pack.toml`` that this kit reads."""

CONTACT_KINDS = ("phone", "post", "email", "form")
RECIPIENT_KINDS = ("sdk", "merchant", "service")


@dataclass(frozen=True)
class Declarations:
    """The contents of ``pack.toml``, in the file's order; the fields are those of a pack."""

    id: str
    name: Localised
    default_locale: str
    locales: tuple[str, ...]
    storage_location: str
    controller: Controller
    surfaces: tuple[Localised, ...]
    versions: tuple[PolicyVersion, ...]
    rules: GateRules
    data_categories: tuple[DataCategory, ...]
    purposes: tuple[Purpose, ...]
    permissions: tuple[Permission, ...]
    recipients: tuple[Recipient, ...]
    rights: tuple[Right, ...]


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


Item = TypeVar("Item")
IdentifiedItem = TypeVar("IdentifiedItem", bound=Identified)


def read_declarations(file: TomlFile) -> Declarations:
    """Read a whole ``pack.toml``; faults go to ``file.findings``."""
    root = TomlTable(file, (), file.source.values)
    if root.whole_number("format", least=1) != FORMAT:
        root.fault(
            "format", "the format is not one that this kit reads", f"write format = {FORMAT}"
        )
    locales = _locales(root)
    file.locales = locales
    declared = Declarations(
        id=_kebab(root, "id"),
        name=root.localised("name"),
        default_locale=root.one_of("default_locale", locales),
        locales=locales,
        storage_location=_country(root, "storage_location"),
        controller=_closed(root.table("controller"), _controller),
        surfaces=root.localised_list("surfaces"),
        versions=_versions(root),
        rules=_closed(root.table("rules"), _rules),
        data_categories=_identified(root, "data_categories", _data_category),
        purposes=_identified(root, "purposes", _purpose),
        permissions=_identified(root, "permissions", _permission),
        recipients=_identified(root, "recipients", _recipient),
        rights=_identified(root, "rights", _right),
    )
    root.finish()
    return declared


def _closed(table: TomlTable, read: Callable[[TomlTable], Item]) -> Item:
    item = read(table)
    table.finish()
    return item


def _each(parent: TomlTable, key: str, read: Callable[[TomlTable], Item]) -> tuple[Item, ...]:
    return tuple(_closed(table, read) for table in parent.tables(key))


def _identified(
    parent: TomlTable, key: str, read: Callable[[TomlTable], IdentifiedItem]
) -> tuple[IdentifiedItem, ...]:
    """An array of tables whose ids differ."""
    items = _each(parent, key, read)
    seen: set[str] = set()
    for position, item in enumerate(items):
        if item.id and item.id in seen:
            parent.file.fault(
                (*parent.path, key, position, "id"),
                f"the id {item.id!r} is already taken in `{key}`",
                "give each its own",
            )
        seen.add(item.id)
    return items


def by_id(items: Iterable[IdentifiedItem]) -> dict[str, IdentifiedItem]:
    """Items by their ids, in order."""
    return {item.id: item for item in items}


def _kebab(table: TomlTable, key: str) -> str:
    value = table.text(key)
    if value and not is_kebab(value):
        table.fault(
            key,
            f"`{key}` is {value!r}, which is not in kebab-case",
            "use a-z and 0-9, words joined by single hyphens",
        )
    return value


def _country(table: TomlTable, key: str) -> str:
    value = table.text(key)
    if value and not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):
        table.fault(key, f"`{key}` is {value!r}", 'write an ISO 3166-1 code of two capitals: "CN"')
    return value


def _locales(root: TomlTable) -> tuple[str, ...]:
    locales = root.texts("locales", required=True)
    for locale in locales:
        if not is_locale(locale):
            root.fault(
                "locales",
                f"{locale!r} is no Babel locale id",
                'write for example "zh_Hans" or "en", with an underscore',
            )
    if "locales" in root.values and len(set(locales)) < max(1, len(locales)):
        root.fault("locales", "`locales` is empty or names a language twice", "name each once")
    return tuple(filter(is_locale, locales))


def _controller(table: TomlTable) -> Controller:
    return Controller(
        name=table.localised("name"),
        address=table.localised("address"),
        contacts=_each(table, "contacts", _contact),
    )


def _contact(table: TomlTable) -> Contact:
    return Contact(
        kind=table.one_of("kind", CONTACT_KINDS),
        value=table.localised("value"),
        use=table.localised("use"),
    )


def _versions(root: TomlTable) -> tuple[PolicyVersion, ...]:
    versions = _identified(root, "versions", _version)
    if not versions:
        root.file.fault(("versions",), "the pack has no version", "add a [[versions]] table")
    for position in range(1, len(versions)):
        if versions[position].effective < versions[position - 1].effective:
            root.file.fault(
                ("versions", position, "effective"),
                "the version takes effect before the one above it",
                "order versions from the oldest to the newest",
            )
    return versions


def _version(table: TomlTable) -> PolicyVersion:
    id_ = table.text("id")
    if id_ and not is_version(id_):
        table.fault(
            "id",
            f"the version id {id_!r} cannot name a folder",
            'use letters, digits, ".", "_" and "-", at most 64: "2021-11-01"',
        )
    return PolicyVersion(
        id=id_,
        published=table.day("published"),
        effective=table.day("effective"),
        change=table.choice("change", ChangeKind),
    )


def _rules(table: TomlTable) -> GateRules:
    return GateRules(
        cool_down=table.duration("cool_down"),
        max_asks=table.whole_number("max_asks", least=0),
        guardian_below=table.whole_number("guardian_below", least=0),
    )


def _data_category(table: TomlTable) -> DataCategory:
    return DataCategory(
        id=_kebab(table, "id"),
        name=table.localised("name"),
        dpv=table.texts("dpv"),
        sensitive=table.boolean("sensitive"),
    )


def _purpose(table: TomlTable) -> Purpose:
    return Purpose(
        id=_kebab(table, "id"),
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
        retention=table.localised("retention"),
        refusing=table.optional_localised("refusing"),
    )


def _permission(table: TomlTable) -> Permission:
    return Permission(
        id=_kebab(table, "id"),
        name=table.localised("name"),
        description=table.localised("description"),
        request=table.choice("request", RequestMode),
        purpose=table.optional_text("purpose"),
        prompt=table.optional_text("prompt"),
        android=table.texts("android"),
        ios=table.optional_text("ios"),
        clauses=table.texts("clauses"),
    )


def _recipient(table: TomlTable) -> Recipient:
    links = table.texts("links")
    for link in links:
        if not is_web_address(link):
            table.fault("links", f"{link!r} is no https: address", "write https://…")
    return Recipient(
        id=_kebab(table, "id"),
        name=table.localised("name"),
        kind=table.one_of("kind", RECIPIENT_KINDS),
        role=table.choice("role", RecipientRole),
        entity=table.optional_localised("entity"),
        scene=table.localised("scene"),
        manner=table.localised("manner"),
        data=_each(table, "data", _recipient_data),
        permissions=table.texts("permissions"),
        purposes=table.texts("purposes"),
        links=links,
        clauses=table.texts("clauses"),
    )


def _recipient_data(table: TomlTable) -> RecipientData:
    return RecipientData(fields=table.localised("fields"), purpose=table.localised("purpose"))


def _right(table: TomlTable) -> Right:
    return Right(
        id=_kebab(table, "id"),
        name=table.localised("name"),
        description=table.localised("description"),
        clause=table.text("clause"),
        working_days=table.whole_number("working_days", least=0),
    )
