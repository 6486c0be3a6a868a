"""``study.toml`` -> :class:`~.model.Study`, checked in full, every fault with its line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..policy.delivered import NoSuchPack, pack_folder
from ..policy.entries import closed, kebab
from ..policy.errors import Findings, PackError
from ..policy.loader import load_pack
from ..policy.locale_reading import read_utf8
from ..policy.pack import Pack
from ..policy.toml_reader import TomlFile, TomlTable
from ..policy.toml_source import TomlSource, TomlSyntax
from .design_reading import read_design
from .items import read_items
from .model import (
    Calibration,
    ItemBank,
    Probe,
    ResearchConsent,
    Study,
    Success,
    Task,
)
from .observing.problems import MOST, OTHER
from .step_rules import check_steps, read_steps
from .words import Book, Form, Kind, Layer, Primary, Scope, Truth

FORMAT = 1
"""The format of ``study.toml`` that this kit reads."""

LONGEST_KEEPING_DAYS = 3650
LONGEST_MINUTES = 240
_CHOICES = ("grant", "decline", "either")


def load_study(path: Path, packs: Mapping[str, Pack] | None = None) -> Study:
    """Read a study file and the item bank that it names.

    Args:
        path: The study file. Its pack is a delivered one or a folder, seen from the study file.
        packs: Packs that were read before, by the name that a study gives them.

    Raises:
        PackError: Something is wrong in the file or its item bank. Holds every fault that was
            found, each with file, line and remedy.
    """
    findings = Findings()
    digest = hashlib.sha256()
    file = _toml(path.parent, path.name, findings, digest, "give the path of a study file")
    if file is None:
        raise findings.error()
    root = TomlTable(file, (), file.source.values)
    if root.whole_number("format", least=1) != FORMAT:
        root.fault("format", "the format is not one that is read", f"write format = {FORMAT}")
    about = root.table("study")
    locales = about.texts("locales", required=True)
    file.locales = locales
    pack = _pack(about, path.parent, packs or {})
    bank = ItemBank((), ())
    items_name = about.text("items")
    # Without its languages and its policy, an item bank would be called wrong word by word.
    if pack is not None and items_name and set(locales) <= set(pack.locales):
        items = _toml(
            path.parent, items_name, findings, digest, "put the item bank beside the study file"
        )
        if items is not None:
            items.locales = locales
            bank = read_items(items, pack)
    study = _study(root, about, pack, bank, digest.hexdigest())
    about.finish()
    root.finish()
    check_steps(root, study)
    findings.raise_if_any()
    return study


def _toml(
    folder: Path, name: str, findings: Findings, digest: hashlib._Hash, if_missing: str
) -> TomlFile | None:
    text = read_utf8(folder, name, findings, if_missing)
    if text is None:
        return None
    digest.update(hashlib.sha256(text.encode()).digest())
    try:
        return TomlFile(name, TomlSource(text), findings)
    except TomlSyntax as syntax:
        findings.add(name, syntax.line, f"this is no TOML: {syntax}", "mend the line")
        return None


def _pack(about: TomlTable, folder: Path, packs: Mapping[str, Pack]) -> Pack | None:
    """The pack at the study's version; None, and a fault noted, if there is none."""
    name, version = about.text("pack"), about.text("policy_version")
    if not name or not version:
        return None
    beside = folder / name
    try:
        pack = packs.get(name) or load_pack(beside if beside.is_dir() else pack_folder(name))
    except NoSuchPack as error:
        about.fault(
            "pack", str(error).partition(". ")[0], str(error).partition(". ")[2].rstrip(".")
        )
        return None
    except PackError as error:
        about.fault("pack", f"the pack {name!r} has faults: {error}", "mend the pack first")
        return None
    for locale in about.texts("locales"):
        if locale not in pack.locales:
            about.fault(
                "locales",
                f"the pack has no language {locale!r}",
                f"it has: {', '.join(pack.locales)}",
            )
    if version not in pack.declared:
        about.fault(
            "policy_version",
            f"the pack has no version {version!r}",
            f"it has: {', '.join(sorted(pack.declared))}",
        )
        return None
    return pack.at(version)


def _study(
    root: TomlTable, about: TomlTable, pack: Pack | None, bank: ItemBank, digest: str
) -> Study:
    tasks = [closed(table, lambda it: _task(it, pack)) for table in root.tables("tasks")]
    for position, task in enumerate(tasks):
        if task.id in {earlier.id for earlier in tasks[:position]}:
            root.file.fault(
                ("tasks", position, "id"),
                f"the id `{task.id}` is taken",
                "give each task an id of its own",
            )
    calibration = root.optional_table("calibration")
    probe = root.optional_table("probe")
    debrief = root.optional_table("debrief")
    books = root.optional_table("comprehension")
    flow = root.table("flow")
    study = Study(
        id=kebab(about, "id"),
        version=about.whole_number("version", least=1),
        kind=about.choice("kind", Kind),
        title=about.localised("title"),
        pack="" if pack is None else pack.id,
        policy_version=about.text("policy_version"),
        locales=root.file.locales,
        primary=about.choice("primary", Primary),
        cover_story=about.optional_localised("cover_story"),
        consent=closed(root.table("consent"), _consent),
        design=closed(root.table("design"), read_design),
        steps=read_steps(flow),
        calibration=None if calibration is None else closed(calibration, _calibration),
        tasks={task.id: task for task in tasks},
        probe=None if probe is None else closed(probe, _probe),
        bank=bank,
        books={} if books is None else closed(books, _books),
        purposes=_purposes(about, pack),
        debrief=() if debrief is None else closed(debrief, _paragraphs),
        minutes=_minutes(about),
        problems=_problems(root),
        digest=digest,
    )
    flow.finish()
    return study


def _minutes(about: TomlTable) -> int | None:
    minutes = about.whole_number("minutes", least=1, default=0)
    if minutes > LONGEST_MINUTES:
        about.fault(
            "minutes",
            f"nobody takes part for {minutes} minutes in a row",
            f"write how many minutes it takes, at most {LONGEST_MINUTES}, or leave it out",
        )
    return minutes or None


def _paragraphs(table: TomlTable) -> tuple[dict[str, str], ...]:
    paragraphs = table.localised_list("paragraphs")
    if not paragraphs:
        table.fault("paragraphs", "there are no words here", "write at least one paragraph")
    return tuple(dict(it) for it in paragraphs)


def _consent(table: TomlTable) -> ResearchConsent:
    allowed = [scope.value for scope in Scope]
    scopes = table.texts("scopes", required=True)
    for scope in scopes:
        if scope not in allowed:
            table.fault(
                "scopes", f"{scope!r} is no scope", f"allowed are: {', '.join(sorted(allowed))}"
            )
    for needed in (Scope.BEHAVIOUR, Scope.ANSWERS):
        if needed.value not in scopes:
            table.fault(
                "scopes", f"`{needed}` is not among the scopes", f'add "{needed}": a study keeps it'
            )
    days = table.whole_number("retention_days", least=1)
    if days > LONGEST_KEEPING_DAYS:
        table.fault("retention_days", f"{days} days are too long", "say when it is deleted")
    return ResearchConsent(
        version=table.whole_number("version", least=1),
        paragraphs=_paragraphs(table),
        scopes=frozenset(Scope(it) for it in scopes if it in allowed),
        retention_days=days,
    )


def _calibration(table: TomlTable) -> Calibration:
    return Calibration(
        paragraphs=_paragraphs(table),
        statement=table.localised("statement"),
        answer=table.choice("answer", Truth),
    )


def _probe(table: TomlTable) -> Probe:
    return Probe(
        title=table.localised("title"),
        body=table.localised("body"),
        accept=table.localised("accept"),
        refuse=table.localised("refuse"),
    )


def _books(table: TomlTable) -> dict[Form, Book]:
    return {form: table.choice(form.value, Book) for form in Form if form.value in table.values}


def _problems(root: TomlTable) -> dict[str, Mapping[str, str]]:
    """The codes of an observer; each has a key of its own, so there are no more than keys."""
    found: dict[str, Mapping[str, str]] = {}
    for position, table in enumerate(root.tables("problems")):
        code = kebab(table, "code")
        if code in (OTHER, *found):
            table.fault(
                "code", f"the code `{code}` is taken", "give each problem a code of its own"
            )
        elif position >= MOST:
            table.fault("code", f"`{code}` has no key any more", f"write at most {MOST} problems")
        found[code] = table.localised("label")
        table.finish()
    return found


def _purposes(about: TomlTable, pack: Pack | None) -> tuple[str, ...]:
    purposes = about.texts("purposes")
    for purpose in purposes:
        if pack is not None and purpose not in pack.purposes:
            about.fault("purposes", f"the pack has no purpose `{purpose}`", "name one by its id")
    return purposes


def _task(table: TomlTable, pack: Pack | None) -> Task:
    success = table.table("success")
    task = Task(
        id=_task_id(table),
        prompt=table.localised("prompt"),
        success=_success(success, pack),
        give_up_after_s=table.whole_number("give_up_after_s", least=10),
    )
    success.finish()
    return task


def _task_id(table: TomlTable) -> str:
    value = table.text("id")
    if value and not (value.isascii() and value.isidentifier() and value.islower()):
        table.fault("id", f"`id` is {value!r}", "write lower-case words joined by underscores")
    return value


def _success(table: TomlTable, pack: Pack | None) -> Success:
    """A place or a decision; never both, and never neither."""
    if ("layer" in table.values) == ("purpose" in table.values):
        table.fault(
            "layer",
            "a task is done at a place or by a decision",
            'write { layer = "full", clause = "…" } or { purpose = "…", choice = "decline" }',
        )
    if "purpose" in table.values:
        purpose = table.text("purpose")
        if pack is not None and purpose not in pack.purposes:
            table.fault("purpose", f"the pack has no purpose `{purpose}`", "name one by its id")
        return Success(purpose=purpose, choice=table.one_of("choice", _CHOICES))
    layer = table.choice("layer", Layer)
    clause = table.optional_text("clause") or ""
    if clause and pack is not None and clause not in pack.document(pack.default_locale):
        table.fault("clause", f"the policy has no clause `{clause}`", "name one by its id")
    return Success(layer=layer, clause=clause)
