"""``glossary.md`` -> the words of a policy that are explained in place.

The file is optional. Its form: ``# Title``, then for each term an attribute line, a heading with
the term as the text has it, and one paragraph of plain words. ``forms`` holds other forms of the
term, apart by semicolons; ``clauses`` holds where more is to be read::

    {#de-identification forms="去标识" clauses="our-duties"}
    ## 去标识化

    去掉直接的标识，没有别的信息帮忙就认不出是谁。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .cards import attribute_lines, plain_words, second_level_id
from .document import Document, Paragraph
from .errors import Findings
from .inline import Reading
from .outline import Part, read_outline
from .parser import policy_parser
from .texts import GlossaryTerm


@dataclass(frozen=True)
class Glossary:
    """A glossary as read: its terms, and the line of each term's attributes."""

    terms: tuple[GlossaryTerm, ...]
    lines: Mapping[str, int]


@dataclass(frozen=True)
class TermPlace:
    """Where a text has a term: characters ``start`` (included) to ``end`` (excluded)."""

    start: int
    end: int
    term: GlossaryTerm


def read_glossary(text: str, file: str) -> tuple[Glossary, Reading]:
    """Read a glossary as far as possible; use it only if ``reading.errors`` is empty."""
    outline, reading = read_outline(
        text, file, policy_parser(), frozenset({"id", "forms", "clauses"})
    )
    if outline.preamble:
        reading.error(
            outline.preamble[0][0], "something stands before the first term", "put it into a term"
        )
    taken: dict[str, int] = {}
    terms = tuple(_term(part, taken, reading) for part in outline.parts)
    _check_forms(terms, outline.parts, reading)
    return Glossary(terms, attribute_lines(outline.parts)), reading


def check_glossary(file: str, glossary: Glossary, document: Document, findings: Findings) -> None:
    """Note every term that names a clause the document lacks, or that it never uses."""
    words = "\n".join(clause.text for clause in document.clauses())
    for term in glossary.terms:
        for clause in term.clauses:
            if clause not in document:
                findings.add(
                    file,
                    glossary.lines[term.id],
                    f"{term.id!r} names the clause {clause!r}, which policy.md lacks",
                    "name the id of a heading in policy.md",
                )
        if not find_terms(words, (term,)):
            findings.add(
                file,
                glossary.lines[term.id],
                f"no clause of policy.md uses the term {term.name!r}",
                "write the term as the text has it, add the form to `forms`, or take it out",
            )


def find_terms(text: str, terms: tuple[GlossaryTerm, ...]) -> tuple[TermPlace, ...]:
    """Where a text has each term first, in reading order.

    Of terms that lie in one another the longest counts. Case does not matter. A form that begins
    or ends with a Latin letter or digit is found as a whole word only.
    """
    if not terms or not text:
        return ()
    pattern, by_form = _pattern(terms)
    found: dict[str, TermPlace] = {}
    for match in pattern.finditer(text):
        term = by_form[match[0].lower()]
        found.setdefault(term.id, TermPlace(match.start(), match.end(), term))
    return tuple(found.values())


@lru_cache(maxsize=16)
def _pattern(
    terms: tuple[GlossaryTerm, ...],
) -> tuple[re.Pattern[str], Mapping[str, GlossaryTerm]]:
    by_form = {form.lower(): term for term in terms for form in term.forms}
    longest_first = sorted(by_form, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(_whole, longest_first)), re.IGNORECASE), by_form


def _whole(form: str) -> str:
    before = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", form) else ""
    after = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]$", form) else ""
    return before + re.escape(form) + after


def _term(part: Part, taken: dict[str, int], reading: Reading) -> GlossaryTerm:
    id_ = second_level_id(part, taken, reading)
    explanation = ""
    match part.blocks:
        case [(line, Paragraph(runs))]:
            explanation = plain_words(runs, line, reading)
        case _:
            reading.error(part.line, "the term is not one paragraph", "write one paragraph")
    name = plain_words(part.heading, part.line, reading)
    others = (form.strip() for form in part.attributes.get("forms", "").split(";"))
    return GlossaryTerm(
        id=id_,
        name=name,
        forms=tuple(dict.fromkeys(form for form in (name, *others) if form)),
        explanation=explanation,
        clauses=tuple(part.attributes.get("clauses", "").split()),
    )


def _check_forms(terms: Iterable[GlossaryTerm], parts: Iterable[Part], reading: Reading) -> None:
    """A form that means two things cannot be explained."""
    owners: dict[str, str] = {}
    for term, part in zip(terms, parts, strict=True):
        for form in term.forms:
            owner = owners.setdefault(form.lower(), term.id)
            if owner != term.id:
                reading.error(
                    part.attribute_line,
                    f"the form {form!r} belongs to {owner!r} already",
                    "give each form to one term",
                )
