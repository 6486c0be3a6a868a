"""The Markdown files of one version in one language, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from .cards import Summary, read_summary
from .document import Document
from .errors import Findings
from .glossary import Glossary, check_glossary, read_glossary
from .inline import Reading
from .markdown import read_document
from .prompts import FirstNoticeDraft, Prompts, read_prompts
from .texts import FirstNoticeText, LocaleTexts, SummaryCard

GLOSSARY_FILE = "glossary.md"
"""The only file of a locale that a pack may do without."""

_FEWEST_POINTS, _MOST_POINTS = 3, 6


@dataclass(frozen=True)
class LocaleReading:
    """What was read for one version and locale.

    Attributes:
        version, locale: Which.
        document, summary, prompts: The files' contents; None for a file that is not there.
        glossary: Likewise; no pack needs to have one.
        texts: All of it as a pack holds it; None if a file or a reserved text is not there. To
            be used only if the whole pack was read without findings.
    """

    version: str
    locale: str
    document: Document | None
    summary: Summary | None
    prompts: Prompts | None
    glossary: Glossary | None
    texts: LocaleTexts | None

    @property
    def folder(self) -> str:
        """Where the files are, from the pack's folder."""
        return f"{self.version}/{self.locale}"


def _texts(
    document: Document | None,
    summary: Summary | None,
    prompts: Prompts | None,
    glossary: Glossary | None,
) -> LocaleTexts | None:
    if document is None or summary is None or prompts is None:
        return None
    if prompts.first_notice is None or prompts.withdrawal is None:
        return None
    return LocaleTexts(
        document=document,
        summary_title=summary.title,
        summary=summary.cards,
        first_notice=_first_notice(prompts.first_notice, summary.cards),
        withdrawal=prompts.withdrawal,
        prompts=MappingProxyType(dict(prompts.prompts)),
        glossary=() if glossary is None else glossary.terms,
    )


def _first_notice(draft: FirstNoticeDraft, cards: Iterable[SummaryCard]) -> FirstNoticeText:
    by_id = {card.id: card for card in cards}
    return FirstNoticeText(
        title=draft.title,
        lead=draft.lead,
        cards=tuple(by_id[point] for point in draft.points if point in by_id),
        refusing=draft.refusing,
        accept=draft.accept,
        refuse=draft.refuse,
    )


def read_utf8(
    folder: Path, file: str, findings: Findings, remedy: str = "add it to the pack's folder"
) -> str | None:
    """A text file, or None (and a fault noted) if it is missing or not UTF-8.

    A byte order mark at the very start is allowed; some editors write one.

    Args:
        folder: Where the file is to be.
        file: Its name.
        findings: Takes the fault.
        remedy: What to do if it is missing.
    """
    try:
        content = (folder / file).read_bytes()
    except OSError:
        findings.add(file, 1, "the file is missing or cannot be read", remedy)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.add(file, line, "the file is not UTF-8", "save it as UTF-8")
        return None


def read_locale(pack: Path, version: str, locale: str, findings: Findings) -> LocaleReading:
    """Read one version in one language, and check what its three files say of each other."""
    folder = f"{version}/{locale}"
    document: Document | None = None
    summary: Summary | None = None
    prompts: Prompts | None = None
    if (text := read_utf8(pack, f"{folder}/policy.md", findings)) is not None:
        document, reading = read_document(text, f"{folder}/policy.md")
        _keep(reading, findings)
    if (text := read_utf8(pack, f"{folder}/summary.md", findings)) is not None:
        summary, reading = read_summary(text, f"{folder}/summary.md")
        _keep(reading, findings)
    if (text := read_utf8(pack, f"{folder}/prompts.md", findings)) is not None:
        prompts, reading = read_prompts(text, f"{folder}/prompts.md")
        _keep(reading, findings)
    if document is not None:
        _check_clauses(folder, document, summary, prompts, findings)
    if summary is not None and prompts is not None and prompts.first_notice is not None:
        _check_points(f"{folder}/prompts.md", prompts.first_notice, summary, findings)
    glossary = _read_glossary(pack, folder, document, findings)
    texts = _texts(document, summary, prompts, glossary)
    return LocaleReading(version, locale, document, summary, prompts, glossary, texts)


def _read_glossary(
    pack: Path, folder: str, document: Document | None, findings: Findings
) -> Glossary | None:
    file = f"{folder}/{GLOSSARY_FILE}"
    if not (pack / file).exists():
        return None
    if (text := read_utf8(pack, file, findings)) is None:
        return None
    glossary, reading = read_glossary(text, file)
    _keep(reading, findings)
    if document is not None:
        check_glossary(file, glossary, document, findings)
    return glossary


def _keep(reading: Reading, findings: Findings) -> None:
    findings.extend(reading.errors)
    findings.extend(reading.leftovers)


def _check_clauses(
    folder: str,
    document: Document,
    summary: Summary | None,
    prompts: Prompts | None,
    findings: Findings,
) -> None:
    named: list[tuple[str, Mapping[str, int], str, tuple[str, ...]]] = []
    if summary is not None:
        named += [("summary.md", summary.lines, card.id, card.clauses) for card in summary.cards]
    if prompts is not None:
        texts = prompts.prompts.values()
        named += [("prompts.md", prompts.lines, prompt.id, prompt.clauses) for prompt in texts]
    for file, lines, id_, clauses in named:
        for clause in clauses:
            if clause not in document:
                findings.add(
                    f"{folder}/{file}",
                    lines[id_],
                    f"{id_!r} names the clause {clause!r}, which policy.md lacks",
                    "name the id of a heading in policy.md",
                )


def _check_points(file: str, draft: FirstNoticeDraft, summary: Summary, findings: Findings) -> None:
    cards = [card.id for card in summary.cards]
    for point in draft.points:
        if point not in cards:
            findings.add(
                file,
                draft.points_line,
                f"the first notice names the card {point!r}, which summary.md lacks",
                f"known are: {', '.join(cards)}",
            )
    count = len(set(draft.points))
    if count != len(draft.points) or not _FEWEST_POINTS <= count <= _MOST_POINTS:
        findings.add(
            file,
            draft.points_line,
            f"the first notice has {len(draft.points)} points, {count} of them different",
            f"name {_FEWEST_POINTS} to {_MOST_POINTS} different cards",
        )
