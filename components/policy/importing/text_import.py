"""A text that a team already has -> the skeleton of a policy pack, and what was done to it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from ..anymarkdown import arranged, read_contents, visible_name
from ..anymarkdown_blocks import Heading
from ..characters import line_separator, without_unseen
from ..document import Block, Document, Paragraph, Run
from ..identifiers import is_kebab, is_locale
from ..markdown import read_document
from .damage import SourceForm, StraySpaces, find_damage
from .decoding import decoded
from .facts import Fact, find_facts
from .numbering import markers_of
from .repairs import Remark, Repair, repaired
from .sdks import FoundRecipient, find_recipients
from .skeleton import Skeleton, skeleton_files
from .structure import Line, structured

_KIND_OF_TEXT = re.compile(
    r"(?:用户)?(?:隐私(?:权)?(?:保护)?|个人信息(?:保护|处理))(?:政策|声明|协议|条款|规则|指引)$"
    r"|\s*(?i:privacy (?:policy|notice|statement))$"
)
_OWN_ID = re.compile(r"^\{#[a-z0-9-]+\}$", re.MULTILINE)


class SourceKind(StrEnum):
    """What is imported."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"


@dataclass(frozen=True)
class ImportReport:
    """What an import did, found and left open.

    Attributes:
        repairs: Every edit, in order; :func:`~.repairs.undone` takes them back.
        remarks: What was seen and left to a person.
        facts: Dates, numbers and addresses, with their places in the repaired text.
        recipients: The rows that went into ``pack.toml``.
        loose_links: Addresses on lines of their own that belong to no recipient.
        assumptions: What the skeleton says though the text does not.
    """

    repairs: tuple[Repair, ...]
    remarks: tuple[Remark, ...]
    facts: tuple[Fact, ...]
    recipients: tuple[FoundRecipient, ...]
    loose_links: tuple[str, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """An import's result.

    Attributes:
        files: The pack's files, by path inside its folder.
        document: The full text as ``policy.md`` holds it.
        source: What the repairs' offsets count in: the decoded text, or the Markdown that the
            HTML or DOCX file was turned into. Its line ends are line feeds.
        text: The source with the repairs made, and nothing else.
        report: What was done, found and left open.
    """

    files: Mapping[str, str]
    document: Document
    source: str
    text: str
    report: ImportReport


def import_text(
    content: str | bytes,
    kind: SourceKind,
    *,
    pack_id: str,
    locale: str,
    name: str | None = None,
    stray_spaces: StraySpaces = StraySpaces.AUTOMATIC,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> Imported:
    """Turn a text into a pack that loads and that its author then completes.

    Args:
        content: The text, or the file's bytes; for DOCX bytes.
        kind: What it is. HTML and DOCX need the ``[cli]`` extra.
        pack_id: The new pack's id, in kebab-case.
        locale: Babel locale id of the text.
        name: What the product is called; from the title if None, else the pack's id.
        stray_spaces: Whether spaces between Chinese characters are taken out.
        aliases: Misspelt names and how they are spelt, as a person confirmed them.

    Raises:
        PackError: The text cannot be read, or is beyond a limit of
            :func:`~..anymarkdown.read_any_markdown`.
        ValueError: ``pack_id``, ``locale`` or ``name`` is none, or DOCX is given as text.
    """
    if not is_kebab(pack_id) or not is_locale(locale):
        raise ValueError("a pack needs an id in kebab-case and a Babel locale id")
    title = visible_name(name or pack_id)
    source = _source(content, kind, title)
    form = SourceForm.PLAIN if kind is SourceKind.TEXT else SourceForm.MARKDOWN
    repairs, remarks = find_damage(source, stray_spaces, aliases, form)
    text = repaired(source, repairs)
    document = _document(text, kind, title)
    facts = find_facts(text)
    recipients, loose = find_recipients(document)
    skeleton = Skeleton(
        id=pack_id,
        documents={locale: document},
        name=visible_name(name or _product(document.title)),
        published=_day(facts, "published"),
        effective=_day(facts, "effective"),
        recipients=recipients,
        facts=facts,
    )
    report = ImportReport(
        repairs=tuple(repairs),
        remarks=tuple(remarks),
        facts=facts,
        recipients=recipients,
        loose_links=loose,
        assumptions=_assumptions(skeleton),
    )
    files = MappingProxyType(skeleton_files(skeleton))
    return Imported(files, document, source, text, report)


def _source(content: str | bytes, kind: SourceKind, name: str) -> str:
    if kind is SourceKind.DOCX:
        from .docx_source import markdown_from_docx

        if isinstance(content, str):
            raise ValueError("a DOCX file is bytes, not text")
        return decoded(markdown_from_docx(content, name), name)
    text = decoded(content, name)
    if kind is SourceKind.HTML:
        from .html_source import markdown_from_html

        return decoded(markdown_from_html(text, name), name)
    return text


def _document(text: str, kind: SourceKind, name: str) -> Document:
    if kind is SourceKind.TEXT:
        return arranged(structured(_lines(text)), name)
    if kind is SourceKind.MARKDOWN and (own := _own(text, name)) is not None:
        return own
    contents = read_contents(text, name)
    if not any(isinstance(part, Heading) for part in contents):
        contents = structured([_line(part) for part in contents if not isinstance(part, Heading)])
    return arranged(contents, name)


def _own(text: str, name: str) -> Document | None:
    """A pack's own Markdown, which keeps its ids; None if the text is not in that form."""
    if not _OWN_ID.search(text) or "![" in text:
        return None
    document, reading = read_document(text, name)
    faults = (*reading.errors.error().findings, *reading.leftovers.error().findings)
    return None if faults else document


def _line(block: Block) -> Line | Block:
    return Line(block.runs, 1) if isinstance(block, Paragraph) else block


def _lines(text: str) -> list[Line]:
    """The paragraphs of a plain text: its lines, joined where it is wrapped at a width."""
    lines = [without_unseen(line).strip() for line in text.split("\n")]
    width = _wrapped_at(lines)
    joined: list[tuple[str, int]] = []
    before = ""
    for number, line in enumerate(lines, start=1):
        if line and width and len(before) >= 0.7 * width and not markers_of(line):
            words, first = joined.pop()
            joined.append((words + line_separator(words[-1], line[0]) + line, first))
        elif line:
            joined.append((line, number))
        before = line
    return [Line((Run(words),), number) for words, number in joined]


def _wrapped_at(lines: list[str]) -> int | None:
    """The width that a text is wrapped at; None if each line is a paragraph."""
    filled = [len(line) for line in lines if line]
    if len(filled) < 8 or not 30 <= max(filled) <= 130:
        return None
    pairs = sum(1 for first, second in pairwise(lines) if first and second)
    full = sum(1 for length in filled if length >= 0.8 * max(filled))
    return max(filled) if pairs >= 0.4 * len(filled) and full >= 0.4 * len(filled) else None


def _product(title: str) -> str:
    return _KIND_OF_TEXT.sub("", title).strip() or title


def _day(facts: tuple[Fact, ...], kind: str) -> date | None:
    return next((fact.day for fact in facts if fact.kind == kind), None)


def _assumptions(skeleton: Skeleton) -> tuple[str, ...]:
    found = ["storage_location is ZZ (unknown)", "rules are the kit's defaults"]
    if skeleton.version == "undated":
        found.append("the version is called undated")
    if skeleton.recipients:
        found.append("every recipient is a processor")
    return tuple(found)


def report_text(imported: Imported) -> str:
    """The report for a person: one line for each repair, remark, fact and row."""
    report = imported.report
    place, place_after = _Places(imported.source), _Places(imported.text)
    return "\n".join(
        [
            f"repairs: {len(report.repairs)}",
            *(
                f"  {place(repair.offset)} {repair.rule}: {repair.removed!r} -> "
                f"{repair.inserted!r}: {repair.reason}"
                for repair in report.repairs
            ),
            f"left to a person: {len(report.remarks)}",
            *(
                f"  {place(remark.offset)} {remark.rule}: {remark.text!r}: {remark.reason}"
                for remark in report.remarks
            ),
            f"found: {len(report.facts)}",
            *(f"  {place_after(fact.offset)} {fact.kind}: {fact.text}" for fact in report.facts),
            f"recipients: {len(report.recipients)}",
            *(f"  {found.name} (#{found.clause})" for found in report.recipients),
            f"links that belong to no recipient: {len(report.loose_links)}",
            *(f"  {link}" for link in report.loose_links),
            "assumed:",
            *(f"  {words}" for words in report.assumptions),
            "",
        ]
    )


class _Places:
    """Offsets of one text as a person counts them."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def __call__(self, offset: int) -> str:
        return f"line {bisect.bisect_left(self._ends, offset) + 1}, offset {offset}:"
