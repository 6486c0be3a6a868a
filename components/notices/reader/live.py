"""The reader on a host's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import flet as ft

from ...policy.document import Document
from ...policy.exporting import export_html, export_markdown, export_text
from ...policy.pack import Pack
from ...surface.file_saving import Saving, save_file
from ...surface.runtime import embed, kit_component, use_changes
from ...surface.sheets import show_until_closed
from ...surface.text_size import TextSize
from ...surface.watching import Screen, ScreenName
from .kept_size import KeptSize
from .more import CopyForm
from .positions import DevicePositions, MemoryPositions, ReadingPositions
from .reader import PolicyReader

if TYPE_CHECKING:
    from ...kit import ConsentKit


@dataclass
class _Habits:
    """How one person reads, for as long as the session lasts.

    Attributes:
        size: How large the text is.
        kept_size: Where that is kept from session to session.
        memory: Where they are in each policy.
        device: Where that is kept, once it may be.
    """

    size: TextSize
    kept_size: KeptSize
    memory: MemoryPositions = field(default_factory=MemoryPositions)
    device: DevicePositions | None = None


_HABITS: WeakKeyDictionary[ConsentKit, _Habits] = WeakKeyDictionary()


def policy_address(pack: Pack, locale: str) -> str:
    """What the address of a clause begins with: ``mingshi:<pack>/<version>/<locale>``.

    It names a text for good, whatever site shows it; behind ``#`` stands the clause's id.
    """
    return f"mingshi:{pack.id}/{pack.version.id}/{pack.locale_for(locale)}"


async def show_policy(kit: ConsentKit, clause: str | None) -> None:
    """Show the full policy until it is closed; without a clause, where it was read last."""
    habits = await _habits(kit)
    policy = f"{kit.pack.id}.{kit.pack.version.id}"
    begin = clause
    if begin is None:
        begin = await habits.memory.kept(policy) or await _positions(kit, habits).kept(policy)
    await show_until_closed(
        kit.page,
        lambda close: embed(_LivePolicy, kit, habits, policy, begin, close),
        screen=Screen(ScreenName.POLICY, clause or ""),
    )
    # Once, when it is closed: scrolling must not write to the device ten times a second.
    if (last := await habits.memory.kept(policy)) is not None:
        await _positions(kit, habits).keep(policy, last)


async def _habits(kit: ConsentKit) -> _Habits:
    if kit not in _HABITS:
        kept_size = KeptSize(kit.page)
        _HABITS[kit] = _Habits(await kept_size.read(), kept_size)
    return _HABITS[kit]


def _positions(kit: ConsentKit, habits: _Habits) -> ReadingPositions:
    """Where positions are kept now: nothing is written before the base notice is accepted."""
    if not kit.gate.notice_accepted:
        return habits.memory
    if habits.device is None:
        habits.device = DevicePositions(kit.page)
    return habits.device


def previous_document(pack: Pack, locale: str) -> Document | None:
    """The text of the version before the pack's own, but for examples; None if there is none."""
    before = None
    for version in pack.versions:
        if version.id == pack.version.id:
            break
        if not version.example:
            before = version.id
    return None if before is None else pack.document(locale, before)


@kit_component
def _LivePolicy(
    kit: ConsentKit,
    habits: _Habits,
    policy: str,
    clause: str | None,
    on_close: Callable[[], None],
) -> ft.Control:
    use_changes(kit.subscribe)
    reading = ft.use_ref(clause)
    locale = kit.language.locale
    written_in = kit.pack.locale_for(locale)
    document = kit.pack.document(locale)

    def read(clause_id: str) -> None:
        reading.current = clause_id
        habits.memory.note(policy, clause_id)

    async def resize(size: TextSize) -> None:
        habits.size = size
        await habits.kept_size.keep(size)

    async def explain(clause_id: str) -> None:
        await kit.screens.rights(kind="explain", clause=clause_id)

    async def keep_copy(form: CopyForm) -> Saving:
        name = f"{kit.pack.id}-{kit.pack.version.id}-{written_in}.{form.value}"
        return await save_file(kit.page, name, _copy(document, form, written_in).encode())

    return PolicyReader(
        document,
        kit.pack.version,
        kit.language,
        prevailing=None if written_in == locale else kit.language.name_of(written_in),
        on_close=on_close,
        clause=reading.current,
        glossary=kit.texts.glossary,
        previous=previous_document(kit.pack, locale),
        address=policy_address(kit.pack, locale),
        shares=bool(kit.page.platform and kit.page.platform.is_mobile()),
        text_size=habits.size,
        on_text_size=resize,
        on_reading=read,
        on_explain=explain,
        on_copy=keep_copy,
        # Another language is another text: it begins anew, at the clause that was being read.
        key=locale,  # type: ignore[call-arg]  # Flet takes it off before the function sees it
    )


def _copy(document: Document, form: CopyForm, locale: str) -> str:
    match form:
        case CopyForm.MARKDOWN:
            return export_markdown(document)
        case CopyForm.HTML:
            return export_html(document, locale=locale)
        case CopyForm.TEXT:
            return export_text(document)
