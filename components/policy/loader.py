"""A pack's folder -> :class:`~.pack.Pack`, checked in full.

The folder holds ``pack.toml`` and, for each version and locale, ``<version>/<locale>/policy.md``,
``summary.md``, ``prompts.md`` and, if it wants, ``glossary.md``; a version that declares something
else than the one before it has a ``<version>/changes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from .changes import CHANGES_FILE, changed
from .declarations import Declarations, read_declarations
from .entries import Entries
from .errors import Finding, Findings
from .identifiers import is_version
from .locale_reading import LocaleReading, read_locale, read_utf8
from .pack import Pack
from .references import check_languages, check_references
from .texts import LocaleTexts
from .toml_reader import TomlFile
from .toml_source import TomlSource, TomlSyntax

PACK_FILE = "pack.toml"

_READ = (PACK_FILE, f"*/{CHANGES_FILE}", "*/*/*.md")
_KEPT = 8


@dataclass(frozen=True)
class _VersionReading:
    """One version: what it declares, and its texts, the prevailing language first."""

    id: str
    entries: Entries
    locales: tuple[LocaleReading, ...]


def load_pack(folder: Path) -> Pack:
    """Read a policy pack from its folder.

    A pack that was read lately and whose files say the same, byte by byte, is not read again: a
    server opens the kit for each visitor. The same object is given, and nobody can change it.

    Args:
        folder: The pack's folder.

    Returns:
        The pack: immutable, every reference in it followed once, in each of its versions.

    Raises:
        PackError: Something in the pack is wrong. Holds every fault that was found, each with
            file, line and remedy.
    """
    return _load(folder, _fingerprint(folder))


@lru_cache(maxsize=_KEPT)
def _load(folder: Path, _fingerprint: str) -> Pack:
    findings = Findings()
    file = _toml(folder, PACK_FILE, findings)
    if file is None:
        raise findings.error()
    declared = read_declarations(file)
    versions = _read_versions(folder, declared, findings)
    for version in versions:
        check_languages(version.locales, findings)
    _check_versions(versions, findings)
    findings.raise_if_any()
    return _pack(declared, versions)


def _fingerprint(folder: Path) -> str:
    """A hash of the names and the contents of all files that a pack may be read from."""
    hashed = sha256()
    for path in sorted(path for pattern in _READ for path in folder.glob(pattern)):
        try:
            content = path.read_bytes()
        except OSError:
            # Whoever reads it in earnest says so, with a remedy.
            content = b""
        for part in (path.relative_to(folder).as_posix().encode(), content):
            hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.hexdigest()


def _toml(
    folder: Path, name: str, findings: Findings, locales: tuple[str, ...] = ()
) -> TomlFile | None:
    text = read_utf8(folder, name, findings)
    if text is None:
        return None
    try:
        return TomlFile(name, TomlSource(text), findings, locales)
    except TomlSyntax as syntax:
        findings.add(name, syntax.line, f"this is no TOML: {syntax}", "mend the line")
        return None


def _read_versions(
    folder: Path, declared: Declarations, findings: Findings
) -> tuple[_VersionReading, ...]:
    locales = sorted(declared.locales, key=lambda locale: locale != declared.default_locale)
    readings: dict[str, _VersionReading] = {}
    entries = declared.entries
    for version in declared.versions:
        if not is_version(version.id) or not locales:
            continue
        own = _entries(folder, version.id, entries, declared.locales, findings)
        if not version.example:
            entries = own
        texts = tuple(read_locale(folder, version.id, locale, findings) for locale in locales)
        readings[version.id] = _VersionReading(version.id, own, texts)
    return tuple(readings.values())


def _entries(
    folder: Path, version: str, before: Entries, locales: tuple[str, ...], findings: Findings
) -> Entries:
    name = f"{version}/{CHANGES_FILE}"
    if not (folder / name).exists():
        return before
    file = _toml(folder, name, findings, locales)
    return before if file is None else changed(before, file)


def _check_versions(versions: tuple[_VersionReading, ...], findings: Findings) -> None:
    """Check each version against what it declares; a fault that goes on is told once."""
    told: set[Finding] = set()
    for version in versions:
        own = Findings()
        check_references(version.entries, version.locales, own)
        for finding in own.error().findings:
            if finding not in told:
                told.add(finding)
                where = "" if len(versions) == 1 else f" in version {version.id}"
                findings.add(finding.file, finding.line, finding.problem + where, finding.remedy)


def _pack(declared: Declarations, versions: tuple[_VersionReading, ...]) -> Pack:
    by_version = {version.id: version.entries.declared() for version in versions}
    texts: Mapping[tuple[str, str], LocaleTexts] = {
        (reading.version, reading.locale): reading.texts
        for version in versions
        for reading in version.locales
        if reading.texts is not None
    }
    newest = next(version for version in reversed(declared.versions) if not version.example)
    own = by_version[newest.id]
    return Pack(
        id=declared.id,
        name=declared.name,
        default_locale=declared.default_locale,
        locales=declared.locales,
        storage_location=declared.storage_location,
        controller=declared.controller,
        surfaces=declared.surfaces,
        versions=declared.versions,
        version=newest,
        rules=declared.rules,
        data_categories=own.data_categories,
        purposes=own.purposes,
        permissions=own.permissions,
        recipients=own.recipients,
        rights=own.rights,
        declared=MappingProxyType(by_version),
        texts=MappingProxyType(texts),
    )
