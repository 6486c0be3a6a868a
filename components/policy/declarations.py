"""``pack.toml`` -> what a pack declares, before its references are followed.

The layout: top-level keys are the fields of :class:`~.pack.Pack` (and ``format = 1``);
``[controller]`` with ``[[controller.contacts]]``, which a pack may leave out where the policy names
nobody; ``surfaces`` a list of localised tables; ``[[versions]]``; ``[rules]``; and the entries that
:mod:`.entries` reads. Lists may be left out when empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .entries import Entries, closed, each, kebab, read_entries
from .identifiers import is_locale, is_version
from .pack import ChangeKind, Contact, Controller, GateRules, Localised, PolicyVersion
from .toml_reader import TomlFile, TomlTable

FORMAT = 1
"""The format of ``pack.toml`` that this kit reads."""

CONTACT_KINDS = ("phone", "post", "email", "form")


@dataclass(frozen=True)
class Declarations:
    """The contents of ``pack.toml``, in the file's order; the fields are those of a pack."""

    id: str
    name: Localised
    default_locale: str
    locales: tuple[str, ...]
    storage_location: str
    controller: Controller | None
    surfaces: tuple[Localised, ...]
    versions: tuple[PolicyVersion, ...]
    rules: GateRules
    entries: Entries


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
        id=kebab(root, "id"),
        name=root.localised("name"),
        default_locale=root.one_of("default_locale", locales),
        locales=locales,
        storage_location=_country(root, "storage_location"),
        controller=_controller_if_named(root),
        surfaces=root.localised_list("surfaces"),
        versions=_versions(root),
        rules=closed(root.table("rules"), _rules),
        entries=read_entries(root),
    )
    root.finish()
    return declared


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


def _controller_if_named(root: TomlTable) -> Controller | None:
    table = root.optional_table("controller")
    return None if table is None else closed(table, _controller)


def _controller(table: TomlTable) -> Controller:
    return Controller(
        name=table.localised("name"),
        address=table.localised("address"),
        contacts=each(table, "contacts", _contact),
    )


def _contact(table: TomlTable) -> Contact:
    return Contact(
        kind=table.one_of("kind", CONTACT_KINDS),
        value=table.localised("value"),
        use=table.localised("use"),
    )


def _versions(root: TomlTable) -> tuple[PolicyVersion, ...]:
    versions = each(root, "versions", _version)
    if not versions:
        root.file.fault(("versions",), "the pack has no version", "add a [[versions]] table")
    elif all(version.example for version in versions):
        root.file.fault(
            ("versions",), "every version is an example", "add the version that is in effect"
        )
    taken: set[str] = set()
    latest: date | None = None
    for position, version in enumerate(versions):
        if version.id and version.id in taken:
            root.file.fault(
                ("versions", position, "id"),
                f"the id {version.id!r} is already taken in `versions`",
                "give each its own",
            )
        taken.add(version.id)
        if version.effective is None:
            continue
        if latest is not None and version.effective < latest:
            root.file.fault(
                ("versions", position, "effective"),
                "the version takes effect before the one above it",
                "order versions from the oldest to the newest",
            )
        latest = version.effective
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
        published=table.optional_day("published"),
        effective=table.optional_day("effective"),
        change=table.choice("change", ChangeKind),
        example=table.boolean("example", default=False),
    )


def _rules(table: TomlTable) -> GateRules:
    rules = GateRules(
        cool_down=table.duration("cool_down"),
        max_asks=table.whole_number("max_asks", least=0),
        guardian_below=table.whole_number("guardian_below", least=0),
        minor_below=table.whole_number("minor_below", least=0, default=GateRules.minor_below),
    )
    if rules.minor_below < rules.guardian_below:
        table.fault(
            "minor_below",
            f"a person under {rules.guardian_below} needs a guardian and is no minor",
            f"write minor_below = {rules.guardian_below} or more",
        )
    return rules
