"""Every name in a pack leads somewhere: between declarations, texts and languages."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .document import Document
from .entries import Entries, Entry
from .errors import Findings
from .locale_reading import LocaleReading
from .pack import ConsentKind, Permission, Purpose, RecipientRole, RequestMode

_ABROAD = "dpv:CrossBorderTransfer"


def check_references(
    entries: Entries, readings: Sequence[LocaleReading], findings: Findings
) -> None:
    """Check what the entries of a version name, against each other and the version's texts.

    Args:
        entries: What the version declares.
        readings: The version in every locale, the prevailing one first.
        findings: Where faults go.
    """
    document = readings[0].document if readings else None
    clauses = None if document is None else {clause.id for clause in document.clauses()}
    prompts = _prompt_ids(readings)
    for purpose in entries.purposes.values():
        known = _Known(purpose, findings)
        known.check("data", purpose.value.data, entries.data_categories, "data category")
        known.check("permissions", purpose.value.permissions, entries.permissions, "permission")
        known.check("recipients", purpose.value.recipients, entries.recipients, "recipient")
        known.check("clauses", purpose.value.clauses, clauses, "clause")
        known.check("prompt", _one(purpose.value.prompt), prompts, "prompt")
        _check_words(purpose, entries, readings, findings)
    for permission in entries.permissions.values():
        known = _Known(permission, findings)
        known.check("purpose", _one(permission.value.purpose), entries.purposes, "purpose")
        known.check("prompt", _one(permission.value.prompt), prompts, "prompt")
        known.check("clauses", permission.value.clauses, clauses, "clause")
        _check_request(permission, entries, readings, findings)
    for recipient in entries.recipients.values():
        known = _Known(recipient, findings)
        known.check("permissions", recipient.value.permissions, entries.permissions, "permission")
        known.check("purposes", recipient.value.purposes, entries.purposes, "purpose")
        known.check("clauses", recipient.value.clauses, clauses, "clause")
    for right in entries.rights.values():
        _Known(right, findings).check("clause", _one(right.value.clause), clauses, "clause")


@dataclass(frozen=True)
class _Known:
    """Looks up what one entry names."""

    entry: Entry[Any]
    findings: Findings

    def check(self, key: str, ids: Iterable[str], known: Collection[str] | None, what: str) -> None:
        """Note every id that is not known; None for what could not be read at all."""
        if known is None:
            return
        for id_ in ids:
            if id_ not in known:
                near = difflib.get_close_matches(id_, known, n=1)
                self.entry.fault(
                    self.findings,
                    key,
                    f"there is no {what} {id_!r}",
                    f"did you mean {near[0]!r}" if near else f"declare the {what}, or take it out",
                )


def _check_request(
    permission: Entry[Permission],
    entries: Entries,
    readings: Sequence[LocaleReading],
    findings: Findings,
) -> None:
    """Check that what is requested has its purpose, its prompt, and the prompt its slots."""
    value = permission.value
    if value.request is RequestMode.JUST_IN_TIME:
        for key in ("purpose", "prompt"):
            if getattr(value, key) is None:
                permission.fault(
                    findings,
                    None,
                    f"{value.id!r} is requested just in time and has no {key}",
                    f"add `{key}`, or choose another `request`",
                )
    purpose = None if value.purpose is None else entries.purposes.get(value.purpose)
    if purpose is None:
        return
    if value.id not in purpose.value.permissions:
        permission.fault(
            findings,
            "purpose",
            f"the purpose {value.purpose!r} does not list {value.id!r}",
            "add it to the purpose's `permissions`",
        )
    if purpose.value.consent is ConsentKind.SEPARATE:
        _check_separate(value.prompt, readings, findings)


def check_languages(readings: Sequence[LocaleReading], findings: Findings) -> None:
    """Check that one version says the same in every language: same ids in the same order.

    Args:
        readings: One version in every locale, the prevailing one first.
        findings: Where faults go.
    """
    first, *others = readings
    for other in others:
        _check_glossaries(first, other, findings)
        if first.document is not None and other.document is not None:
            _check_order(
                findings,
                first,
                other,
                "policy.md",
                "clause",
                *_lined(first.document, other.document),
            )
        if first.summary is not None and other.summary is not None:
            _check_order(
                findings,
                first,
                other,
                "summary.md",
                "card",
                [card.id for card in first.summary.cards],
                [(card.id, other.summary.lines[card.id]) for card in other.summary.cards],
            )
        if first.prompts is not None and other.prompts is not None:
            _check_order(
                findings,
                first,
                other,
                "prompts.md",
                "prompt",
                list(first.prompts.prompts),
                [(id_, other.prompts.lines[id_]) for id_ in other.prompts.prompts],
            )
            here, there = first.prompts.first_notice, other.prompts.first_notice
            if here is not None and there is not None and here.points != there.points:
                findings.add(
                    f"{other.folder}/prompts.md",
                    there.points_line,
                    f"the points of the first notice are not those of {first.folder}",
                    f"write `:points: {' '.join(here.points)}`",
                )


def _check_glossaries(first: LocaleReading, other: LocaleReading, findings: Findings) -> None:
    """A term is explained in every language or in none."""
    here = () if first.glossary is None else first.glossary.terms
    there = () if other.glossary is None else other.glossary.terms
    lines = {} if other.glossary is None else other.glossary.lines
    _check_order(
        findings,
        first,
        other,
        "glossary.md",
        "term",
        [term.id for term in here],
        [(term.id, lines[term.id]) for term in there],
    )


def _lined(first: Document, other: Document) -> tuple[list[str], list[tuple[str, int]]]:
    return (
        [clause.id for clause in first.clauses()],
        [(clause.id, clause.line) for clause in other.clauses()],
    )


def _check_order(
    findings: Findings,
    first: LocaleReading,
    other: LocaleReading,
    name: str,
    what: str,
    wanted: list[str],
    found: list[tuple[str, int]],
) -> None:
    """Note the first place where two languages part."""
    end = max((line for _, line in found), default=1)
    for position in range(max(len(wanted), len(found))):
        want = wanted[position] if position < len(wanted) else None
        id_, line = found[position] if position < len(found) else (None, end)
        if id_ != want:
            findings.add(
                f"{other.folder}/{name}",
                line,
                f"{first.folder} has {_named(what, want)} where {_named(what, id_)} stands here",
                "give both languages the same ids in the same order",
            )
            return


def _named(what: str, id_: str | None) -> str:
    return f"no more {what}" if id_ is None else f"the {what} {id_!r}"


def _check_words(
    purpose: Entry[Purpose],
    entries: Entries,
    readings: Sequence[LocaleReading],
    findings: Findings,
) -> None:
    """Check that a prompt of a purpose's own is for a consent, and says what it has to."""
    value = purpose.value
    if value.prompt is None:
        return
    if not value.asks_consent:
        purpose.fault(
            findings,
            "prompt",
            f"the purpose {value.id!r} asks for no consent and has a prompt",
            "take the prompt out",
        )
    if value.consent is ConsentKind.SEPARATE:
        given = (entries.recipients.get(it) for it in value.recipients)
        others = any(it is not None and it.value.role is RecipientRole.HANDLER for it in given)
        wanted = ("recipient",) if others else ()
        abroad = ("recipient", "abroad") if _ABROAD in value.dpv else wanted
        _check_separate(value.prompt, readings, findings, abroad)


def _check_separate(
    prompt_id: str | None,
    readings: Iterable[LocaleReading],
    findings: Findings,
    also: tuple[str, ...] = (),
) -> None:
    """Separate consent is asked with its necessity and its impact (PIPL art. 30).

    What goes to another handler is asked with who that is (art. 23), and what goes abroad also
    with how to turn to them (art. 39).
    """
    for reading in readings:
        prompts = reading.prompts
        if prompts is None or prompt_id is None or prompt_id not in prompts.prompts:
            continue
        prompt = prompts.prompts[prompt_id]
        for slot in ("necessity", "impact", *also):
            if getattr(prompt, slot) is None:
                findings.add(
                    f"{reading.folder}/prompts.md",
                    prompts.lines[prompt.id],
                    f"the prompt {prompt.id!r} asks for separate consent and lacks `{slot}`",
                    f"add `:{slot}: words`",
                )


def _prompt_ids(readings: Sequence[LocaleReading]) -> Collection[str] | None:
    prompts = readings[0].prompts if readings else None
    return None if prompts is None else set(prompts.prompts)


def _one(id_: str | None) -> tuple[str, ...]:
    return (id_,) if id_ else ()
