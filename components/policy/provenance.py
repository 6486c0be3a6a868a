"""``provenance.toml``: where each fact of a source policy is carried in a pack.

A pack that restates an existing policy in its own words owes an account: every fact of the source
is carried somewhere, and whatever the pack adds says why. The form::

    version = "2021-11-01"

    [facts]
    S1-007 = { gist = "Hotline", places = ["clause:contact"], words = ["400-113-9001"] }

    [own]
    "clause:restrict" = "PIPL art. 44; the source is silent"

    [repaired]
    implied-consent = "Only tapping Agree counts"

A place is ``title``, ``preamble``, ``controller``, ``surface``, ``storage-location``, or a kind and
an id: ``clause:``, ``purpose:``, ``permission:``, ``recipient:``, ``right:``, ``data:``,
``contact:`` (a kind of contact), ``version:``, ``rule:`` (a key of ``[rules]``), ``lint:`` (the
rule that names an error or a gap of the source).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from .document import Block, Document, ListBlock, Paragraph, Run, block_text
from .errors import Finding, Findings
from .locale_reading import read_utf8
from .pack import Controller, GateRules, Localised, Pack, Recipient
from .toml_reader import TomlFile, TomlTable
from .toml_source import TomlSource, TomlSyntax

PROVENANCE_FILE = "provenance.toml"

_LINT = "lint:"


@dataclass(frozen=True)
class Fact:
    """One fact of the source.

    Attributes:
        id: As the inventory of the source numbers it, for example ``S1-007``.
        gist: What it says, in a few words.
        places: Where the pack carries it; never empty.
        words: Exact words, numbers, dates (as ``2021-10-20``) or addresses, each of which stands
            in one of the places in every language.
        line: Where it stands in ``provenance.toml``, counted from 1.
    """

    id: str
    gist: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    line: int

    @property
    def lint_rules(self) -> tuple[str, ...]:
        """The lint rules that name what is wrong or missing in the source."""
        return tuple(it.removeprefix(_LINT) for it in self.places if it.startswith(_LINT))


@dataclass(frozen=True)
class Provenance:
    """The account of one version of a pack.

    Attributes:
        version: Which version it is about.
        facts: By id, in the file's order.
        own: Places that no fact accounts for, with the reason.
        repaired: Lint rules that name an error of the source which this pack does not make, with
            what it says instead. All other rules that a fact names find something in the pack.
        lines: The line of each place in ``own`` and each rule in ``repaired``.
    """

    version: str
    facts: Mapping[str, Fact]
    own: Mapping[str, str]
    repaired: Mapping[str, str]
    lines: Mapping[str, int]

    @property
    def lint_rules(self) -> frozenset[str]:
        """Every lint rule that a fact names."""
        return frozenset(rule for fact in self.facts.values() for rule in fact.lint_rules)


def load_provenance(folder: Path) -> Provenance:
    """Read the provenance of a pack from the pack's folder; its places are not looked up.

    Raises:
        PackError: The file is missing, or something in its form is wrong.
    """
    findings = Findings()
    text = read_utf8(folder, PROVENANCE_FILE, findings)
    if text is None:
        raise findings.error()
    try:
        file = TomlFile(PROVENANCE_FILE, TomlSource(text), findings)
    except TomlSyntax as syntax:
        findings.add(PROVENANCE_FILE, syntax.line, f"this is no TOML: {syntax}", "mend the line")
        raise findings.error() from None
    root = TomlTable(file, (), file.source.values)
    version = root.text("version")
    table = root.table("facts")
    facts = {id_: _fact(table, id_) for id_ in table.values}
    own = _reasons(root.optional_table("own"))
    repaired = _reasons(root.optional_table("repaired"))
    lines = {key: file.source.line(("own", key)) for key in own}
    lines |= {key: file.source.line(("repaired", key)) for key in repaired}
    root.finish()
    findings.raise_if_any()
    return Provenance(version, MappingProxyType(facts), own, repaired, MappingProxyType(lines))


def _reasons(table: TomlTable | None) -> Mapping[str, str]:
    return MappingProxyType({} if table is None else {key: table.text(key) for key in table.values})


def _fact(facts: TomlTable, id_: str) -> Fact:
    table = facts.table(id_)
    fact = Fact(
        id=id_,
        gist=table.text("gist"),
        places=table.texts("places", required=True),
        words=table.texts("words"),
        line=table.file.source.line(table.path),
    )
    if not fact.places and "places" in table.values:
        table.fault("places", f"{id_} is carried nowhere", "name the places that carry it")
    table.finish()
    return fact


def check_provenance(provenance: Provenance, pack: Pack) -> tuple[Finding, ...]:
    """What the account leaves open, in both directions; empty when it is complete.

    Every place that a fact or a reason names is there, in every language; a fact's words stand in
    its places; and every clause and entry of the pack is named by a fact or has a reason, not both.
    Lint rules are not looked up here.

    Raises:
        KeyError: The pack has no such version.
    """
    pack = pack.at(provenance.version)
    findings = Findings()
    known = {locale: dict(_places(pack, locale)) for locale in pack.locales}
    named: set[str] = set()
    for fact in provenance.facts.values():
        named.update(fact.places)
        for locale, texts in known.items():
            _check_fact(fact, locale, texts, findings)
    for place in provenance.own:
        line = provenance.lines[place]
        for locale, texts in known.items():
            if place not in texts:
                _note(findings, line, f"{place!r} is not there in {locale}")
        if place in named:
            _note(findings, line, f"{place!r} has a reason and a fact", "keep one of them")
    for rule in provenance.repaired.keys() - provenance.lint_rules:
        _note(findings, provenance.lines[rule], f"{rule!r} is repaired, and no fact names it")
    for place in dict.fromkeys(place for texts in known.values() for place in texts):
        if ":" in place and _owes(place) and place not in named and place not in provenance.own:
            _note(findings, 1, f"no fact names {place!r}", "name it, or give a reason in [own]")
    return findings.error().findings


def _note(
    findings: Findings, line: int, problem: str, remedy: str = "mend the place, or the pack"
) -> None:
    findings.add(PROVENANCE_FILE, line, problem, remedy)


def _owes(place: str) -> bool:
    """Whether the pack must account for a place."""
    return not place.startswith(("version:", "rule:"))


def _check_fact(fact: Fact, locale: str, texts: Mapping[str, str], findings: Findings) -> None:
    for place in fact.places:
        if not place.startswith(_LINT) and place not in texts:
            _note(findings, fact.line, f"{fact.id} names {place!r}, which is not there in {locale}")
    said = "\n".join(texts.get(place, "") for place in fact.places)
    for word in fact.words:
        # A number or an identifier is not found inside a longer one.
        if not re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", said):
            _note(findings, fact.line, f"{fact.id}: {word!r} is not said in its places in {locale}")


def _places(pack: Pack, locale: str) -> Iterator[tuple[str, str]]:
    """Every place of a pack with what it says in a language."""
    document = pack.document(locale)
    yield "title", document.title
    yield "preamble", _said(document.preamble)
    yield "storage-location", pack.storage_location
    yield "surface", "\n".join(surface[locale] for surface in pack.surfaces)
    yield from _clauses(document)
    for version in pack.versions:
        yield f"version:{version.id}", f"{version.published}\n{version.effective}"
    for rule in fields(GateRules):
        yield f"rule:{rule.name}", str(getattr(pack.rules, rule.name))
    if pack.controller is not None:
        yield from _controller(pack.controller, locale)
    for kind, items in (
        ("purpose", pack.purposes),
        ("permission", pack.permissions),
        ("right", pack.rights),
    ):
        for id_, item in items.items():
            yield f"{kind}:{id_}", _words((item.name, item.description), locale)
    for id_, category in pack.data_categories.items():
        yield f"data:{id_}", category.name[locale]
    for id_, recipient in pack.recipients.items():
        yield f"recipient:{id_}", _recipient(recipient, locale)


def _clauses(document: Document) -> Iterator[tuple[str, str]]:
    for clause in document.clauses():
        yield f"clause:{clause.id}", f"{clause.title}\n{_said(clause.blocks)}"


def _controller(controller: Controller, locale: str) -> Iterator[tuple[str, str]]:
    yield "controller", _words((controller.name, controller.address), locale)
    for contact in controller.contacts:
        yield f"contact:{contact.kind}", _words((contact.value, contact.use), locale)


def _recipient(recipient: Recipient, locale: str) -> str:
    texts = (recipient.name, recipient.entity, recipient.scene, recipient.manner)
    data = (words for item in recipient.data for words in (item.fields, item.purpose))
    return "\n".join((_words((*texts, *data), locale), *recipient.links))


def _words(texts: Iterable[Localised | None], locale: str) -> str:
    return "\n".join(text[locale] for text in texts if text is not None)


def _said(blocks: Iterable[Block]) -> str:
    """The words of blocks and where their links lead."""
    blocks = tuple(blocks)
    links = [run.href for block in blocks for run in _runs(block) if run.href is not None]
    return "\n".join((*map(block_text, blocks), *links))


def _runs(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph(runs):
            yield from runs
        case ListBlock(items=items):
            for item in items:
                for part in item:
                    yield from _runs(part)
        case _:
            for row in (block.head, *block.rows):
                for cell in row:
                    yield from cell
