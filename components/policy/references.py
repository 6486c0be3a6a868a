"""Every name in a pack leads somewhere: between declarations, texts and languages."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence

from .declarations import Declarations, by_id
from .document import Document
from .locale_reading import LocaleReading
from .pack import ConsentKind, Permission, RequestMode
from .toml_reader import TomlFile
from .toml_source import TomlPath


def check_references(
    declared: Declarations, newest: Sequence[LocaleReading], file: TomlFile
) -> None:
    """Check what ``pack.toml`` names, against itself and the newest version's texts.

    Args:
        declared: The contents of ``pack.toml``.
        newest: The newest version in every locale, the prevailing one first.
        file: Where faults go.
    """
    document = newest[0].document if newest else None
    clauses = None if document is None else {clause.id for clause in document.clauses()}
    prompts = _prompt_ids(newest)
    data = by_id(declared.data_categories)
    purposes = by_id(declared.purposes)
    permissions = by_id(declared.permissions)
    recipients = by_id(declared.recipients)
    for position, purpose in enumerate(declared.purposes):
        place: TomlPath = ("purposes", position)
        _check_known(file, (*place, "data"), purpose.data, data, "data category")
        _check_known(file, (*place, "permissions"), purpose.permissions, permissions, "permission")
        _check_known(file, (*place, "recipients"), purpose.recipients, recipients, "recipient")
        _check_known(file, (*place, "clauses"), purpose.clauses, clauses, "clause")
    for position, permission in enumerate(declared.permissions):
        place = ("permissions", position)
        _check_known(file, (*place, "purpose"), _one(permission.purpose), purposes, "purpose")
        _check_known(file, (*place, "prompt"), _one(permission.prompt), prompts, "prompt")
        _check_known(file, (*place, "clauses"), permission.clauses, clauses, "clause")
        if permission.request is RequestMode.JUST_IN_TIME:
            for key in ("purpose", "prompt"):
                if getattr(permission, key) is None:
                    file.fault(
                        place,
                        f"{permission.id!r} is requested just in time and has no {key}",
                        f"add `{key}`, or choose another `request`",
                    )
        if permission.purpose in purposes:
            if permission.id not in purposes[permission.purpose].permissions:
                file.fault(
                    (*place, "purpose"),
                    f"the purpose {permission.purpose!r} does not list {permission.id!r}",
                    "add it to the purpose's `permissions`",
                )
            if purposes[permission.purpose].consent is ConsentKind.SEPARATE:
                _check_separate(permission, newest, file)
    for position, recipient in enumerate(declared.recipients):
        place = ("recipients", position)
        _check_known(
            file, (*place, "permissions"), recipient.permissions, permissions, "permission"
        )
        _check_known(file, (*place, "purposes"), recipient.purposes, purposes, "purpose")
        _check_known(file, (*place, "clauses"), recipient.clauses, clauses, "clause")
    for position, right in enumerate(declared.rights):
        _check_known(file, ("rights", position, "clause"), _one(right.clause), clauses, "clause")


def _check_known(
    file: TomlFile,
    path: TomlPath,
    ids: Iterable[str],
    known: Collection[str] | None,
    what: str,
) -> None:
    """Note every id that is not known; None for what could not be read at all."""
    if known is None:
        return
    for id_ in ids:
        if id_ not in known:
            near = difflib.get_close_matches(id_, known, n=1)
            file.fault(
                path,
                f"there is no {what} {id_!r}",
                f"did you mean {near[0]!r}" if near else f"declare the {what}, or take it out",
            )


def check_languages(readings: Sequence[LocaleReading], file: TomlFile) -> None:
    """Check that one version says the same in every language: same ids in the same order.

    Args:
        readings: One version in every locale, the prevailing one first.
        file: Where faults go.
    """
    first, *others = readings
    for other in others:
        if first.document is not None and other.document is not None:
            _check_order(
                file, first, other, "policy.md", "clause", *_lined(first.document, other.document)
            )
        if first.summary is not None and other.summary is not None:
            _check_order(
                file,
                first,
                other,
                "summary.md",
                "card",
                [card.id for card in first.summary.cards],
                [(card.id, other.summary.lines[card.id]) for card in other.summary.cards],
            )
        if first.prompts is not None and other.prompts is not None:
            _check_order(
                file,
                first,
                other,
                "prompts.md",
                "prompt",
                list(first.prompts.prompts),
                [(id_, other.prompts.lines[id_]) for id_ in other.prompts.prompts],
            )
            here, there = first.prompts.first_notice, other.prompts.first_notice
            if here is not None and there is not None and here.points != there.points:
                file.findings.add(
                    f"{other.folder}/prompts.md",
                    there.points_line,
                    f"the points of the first notice are not those of {first.folder}",
                    f"write `:points: {' '.join(here.points)}`",
                )


def _lined(first: Document, other: Document) -> tuple[list[str], list[tuple[str, int]]]:
    return (
        [clause.id for clause in first.clauses()],
        [(clause.id, clause.line) for clause in other.clauses()],
    )


def _check_order(
    file: TomlFile,
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
            file.findings.add(
                f"{other.folder}/{name}",
                line,
                f"{first.folder} has {_named(what, want)} where {_named(what, id_)} stands here",
                "give both languages the same ids in the same order",
            )
            return


def _named(what: str, id_: str | None) -> str:
    return f"no more {what}" if id_ is None else f"the {what} {id_!r}"


def _check_separate(
    permission: Permission, newest: Iterable[LocaleReading], file: TomlFile
) -> None:
    """Separate consent is asked with its necessity and its impact (PIPL art. 30)."""
    for reading in newest:
        prompts = reading.prompts
        if prompts is None or permission.prompt is None or permission.prompt not in prompts.prompts:
            continue
        prompt = prompts.prompts[permission.prompt]
        for slot in ("necessity", "impact"):
            if getattr(prompt, slot) is None:
                file.findings.add(
                    f"{reading.folder}/prompts.md",
                    prompts.lines[prompt.id],
                    f"the prompt {prompt.id!r} asks for separate consent and lacks `{slot}`",
                    f"add `:{slot}: words`",
                )


def _prompt_ids(newest: Sequence[LocaleReading]) -> Collection[str] | None:
    prompts = newest[0].prompts if newest else None
    return None if prompts is None else set(prompts.prompts)


def _one(id_: str | None) -> tuple[str, ...]:
    return (id_,) if id_ else ()
