"""Any Markdown -> :class:`~.document.Document`, with nothing that a reader sees lost.

:mod:`.markdown` reads what a pack's author writes and refuses every slip; this module reads what
others have published (the Open Terms Archive holds hundreds of policies) and refuses nothing but
what is beyond its limits. The result can be written as a pack's own Markdown and read back.

Characters that nobody can see are dropped (see :mod:`.characters`), raw HTML is shown as code,
images are their alternative words, and a link that may not open keeps its address as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from .anymarkdown_blocks import Heading, top_level
from .anymarkdown_inline import Reader, tidy
from .anymarkdown_parser import BeyondLimits, any_parser
from .blocks import nested
from .characters import one_line, without_unseen
from .clause_ids import ClauseIds, is_numbered, slug
from .document import Block, Clause, Document, ListBlock, Paragraph, Run, Section, Table, plain_text
from .errors import Finding, PackError
from .outline import source_lines

LONGEST_TEXT = 2_000_000
"""Characters in a text; a longer one is refused. Published policies reach 720 000."""

DEEPEST_HEADING = 4
"""As in a pack's own Markdown; deeper headings become clauses of this level."""

_NAMES_A_TEXT = re.compile(
    r"(?:政策|协议|声明|条款|规则|指引|(?i:policy|notice|terms|agreement|statement))$"
)
_LINES_OF_OTHERS = re.compile("[\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]")


def read_any_markdown(text: str, *, name: str) -> Document:
    """Read Markdown that was not written for this kit.

    The title is the first heading if nothing stands before it, it has no number and no link, and
    it is of a higher level than all others, or of the highest and ends like the name of a policy;
    otherwise ``name``. A text with one heading is one part under it, a text with none one part
    under its name. Heading levels are counted by nesting, from 2 to :data:`DEEPEST_HEADING`.
    Clause ids are made from the headings (see :mod:`.clause_ids`).

    Args:
        text: The Markdown, at most :data:`LONGEST_TEXT` characters.
        name: What the text is called if it does not say so itself, and in findings.

    Returns:
        A document with at least one section.

    Raises:
        PackError: The text is too long, or beyond a limit of :mod:`.anymarkdown_parser`: a
            paragraph of 200 000 characters, 60 levels of nesting.
        ValueError: ``name`` holds nothing that can be seen.
    """
    own_name = visible_name(name)
    return arranged(read_contents(text, own_name), own_name)


def visible_name(name: str) -> str:
    """A name as it is shown.

    Raises:
        ValueError: Nothing of it can be seen.
    """
    shown = one_line(without_unseen(name))
    if not shown:
        raise ValueError("a text needs a name that can be seen")
    return shown


def read_contents(text: str, name: str) -> list[Heading | Block]:
    """Headings and blocks of any Markdown, in reading order; ``name`` is for findings.

    Raises:
        PackError: As :func:`read_any_markdown`.
    """
    if len(text) > LONGEST_TEXT:
        problem = f"the text has {len(text)} characters, more than {LONGEST_TEXT}"
        raise refusal(name, 1, problem, "divide it")
    lines = source_lines(_LINES_OF_OTHERS.sub("\n", text))
    source = "\n".join(map(without_unseen, lines))
    used: set[tuple[str, str]] = set()
    env: dict[str, Any] = {"references": _References(used)}
    try:
        nodes = nested(any_parser().parse(source, env))
    except BeyondLimits as error:
        raise refusal(name, error.line, error.problem, "divide it, or make it flatter") from None
    return top_level(nodes, Reader(used))


class _References(dict[str, Any]):
    """Link definitions; notes in ``used`` which of them a link took."""

    def __init__(self, used: set[tuple[str, str]]) -> None:
        super().__init__()
        self._used = used

    def get(self, label: str, default: Any = None) -> Any:
        """The definition of a label, which is thereby used."""
        found = super().get(label, default)
        if found:
            self._used.add((label, found["href"]))
        return found


def refusal(name: str, line: int, problem: str, remedy: str) -> PackError:
    """The error for a text that cannot be taken."""
    return PackError((Finding(name, line, problem, remedy),))


@dataclass
class _Draft:
    """A clause under construction."""

    heading: Heading
    blocks: list[Block]


def arranged(contents: Iterable[Heading | Block], name: str) -> Document:
    """Headings and blocks in reading order -> a document with levels, ids and links resolved.

    Args:
        contents: What was read; nothing of it is lost.
        name: The title if the first heading is none.
    """
    preamble: list[Block] = []
    drafts: list[_Draft] = []
    for part in contents:
        if isinstance(part, Heading):
            drafts.append(_Draft(part, []))
        else:
            (drafts[-1].blocks if drafts else preamble).append(part)
    title = name
    if not preamble and len(drafts) > 1 and _is_title(drafts):
        title = plain_text(drafts[0].heading.runs)
        preamble = drafts.pop(0).blocks
    if not drafts:
        drafts = [_Draft(Heading(1, tidy([Run(name)]), 1), preamble)]
        preamble = []
    clauses = _clauses(drafts)
    links = _Links(clauses)
    sections: list[list[Clause]] = []
    for clause in clauses:
        if clause.level == 2:
            sections.append([])
        heading, blocks = links.runs(clause.heading), links.blocks(clause.blocks)
        sections[-1].append(replace(clause, heading=heading, blocks=blocks))
    return Document(
        title=title,
        preamble=links.blocks(preamble),
        sections=tuple(Section(tuple(section)) for section in sections),
    )


def _is_title(drafts: list[_Draft]) -> bool:
    first, *others = (draft.heading for draft in drafts)
    highest = min(heading.level for heading in others)
    title = plain_text(first.runs)
    names_itself = _NAMES_A_TEXT.search(title) is not None
    if is_numbered(title):
        return False
    above = first.level < highest or (first.level == highest and names_itself)
    return above and all(run.href is None for run in first.runs)


def _clauses(drafts: Iterable[_Draft]) -> list[Clause]:
    ids = ClauseIds()
    clauses: list[Clause] = []
    above: list[tuple[int, str]] = []
    for draft in drafts:
        heading = draft.heading
        while above and above[-1][0] >= heading.level:
            above.pop()
        id_ = ids.give(plain_text(heading.runs), above[-1][1] if above else None)
        above.append((heading.level, id_))
        level = min(len(above) + 1, DEEPEST_HEADING)
        clauses.append(Clause(id_, level, heading.runs, tuple(draft.blocks), heading.line))
    return clauses


class _Links:
    """Finds the clause that an in-document link means; a link to nowhere becomes text."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._ids: set[str] = set()
        self._titles: dict[str, str] = {}
        self._slugs: dict[str, str] = {}
        for clause in clauses:
            self._ids.add(clause.id)
            self._titles.setdefault(clause.title.casefold(), clause.id)
            self._slugs.setdefault(slug(clause.title), clause.id)

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(runs):
                return Paragraph(self.runs(runs))
            case ListBlock(items=items):
                return replace(block, items=tuple(self.blocks(item) for item in items))
            case Table(head, rows):
                return Table(
                    tuple(map(self.runs, head)),
                    tuple(tuple(map(self.runs, row)) for row in rows),
                )

    def runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        if not any(run.href is not None and run.href.startswith("#") for run in runs):
            return runs
        resolved: list[Run] = []
        for position, run in enumerate(runs):
            if run.href is None or not run.href.startswith("#"):
                resolved.append(run)
                continue
            following = runs[position + 1] if position + 1 < len(runs) else None
            ends = following is None or following.href != run.href
            clause = self._clause(run.href[1:], run.text)
            if clause is not None:
                resolved.append(replace(run, href=f"#{clause}"))
            else:
                resolved.append(replace(run, href=None))
                if ends and run.href != "#" and run.text != run.href:
                    resolved.append(Run(f" ({without_unseen(run.href)})"))
        return tidy(resolved)

    def _clause(self, fragment: str, words: str) -> str | None:
        if fragment in self._ids:
            return fragment
        written = slug(unquote(fragment))
        if written in self._ids:
            return written
        return self._slugs.get(written or "-") or self._titles.get(one_line(words).casefold())
