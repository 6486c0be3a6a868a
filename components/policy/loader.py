"""A pack's folder -> :class:`~.pack.Pack`, checked in full.

The folder holds ``pack.toml`` and, for each version and locale, ``<version>/<locale>/policy.md``,
``summary.md`` and ``prompts.md``.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from .declarations import Declarations, by_id, read_declarations
from .errors import Findings
from .identifiers import is_version
from .locale_reading import read_locale, read_utf8
from .pack import Pack
from .references import check_languages, check_references
from .texts import LocaleTexts
from .toml_reader import TomlFile
from .toml_source import TomlSource, TomlSyntax

PACK_FILE = "pack.toml"


def load_pack(folder: Path) -> Pack:
    """Read a policy pack from its folder.

    Nothing is kept between calls; a host that asks often keeps the pack.

    Args:
        folder: The pack's folder.

    Returns:
        The pack: immutable, every reference in it followed once.

    Raises:
        PackError: Something in the pack is wrong. Holds every fault that was found, each with
            file, line and remedy.
    """
    findings = Findings()
    file = TomlFile(PACK_FILE, _source(folder, findings), findings)
    declared = read_declarations(file)
    readings = {
        version.id: [read_locale(folder, version.id, locale, findings) for locale in locales]
        for version in declared.versions
        if is_version(version.id) and (locales := _prevailing_first(declared))
    }
    for of_version in readings.values():
        check_languages(of_version, file)
    newest = list(readings.values())[-1] if readings else []
    check_references(declared, newest, file)
    findings.raise_if_any()
    texts = {
        (reading.version, reading.locale): reading.texts
        for of_version in readings.values()
        for reading in of_version
        if reading.texts is not None
    }
    return _pack(declared, texts)


def _source(folder: Path, findings: Findings) -> TomlSource:
    text = read_utf8(folder, PACK_FILE, findings)
    if text is None:
        raise findings.error()
    try:
        return TomlSource(text)
    except TomlSyntax as syntax:
        findings.add(PACK_FILE, syntax.line, f"this is no TOML: {syntax}", "mend the line")
        raise findings.error() from None


def _prevailing_first(declared: Declarations) -> list[str]:
    return sorted(declared.locales, key=lambda locale: locale != declared.default_locale)


def _pack(declared: Declarations, texts: dict[tuple[str, str], LocaleTexts]) -> Pack:
    return Pack(
        id=declared.id,
        name=declared.name,
        default_locale=declared.default_locale,
        locales=declared.locales,
        storage_location=declared.storage_location,
        controller=declared.controller,
        surfaces=declared.surfaces,
        versions=declared.versions,
        rules=declared.rules,
        data_categories=MappingProxyType(by_id(declared.data_categories)),
        purposes=MappingProxyType(by_id(declared.purposes)),
        permissions=MappingProxyType(by_id(declared.permissions)),
        recipients=MappingProxyType(by_id(declared.recipients)),
        rights=MappingProxyType(by_id(declared.rights)),
        texts=MappingProxyType(texts),
    )
