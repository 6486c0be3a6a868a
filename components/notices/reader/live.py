"""The reader on a host's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...surface.runtime import embed
from ...surface.sheets import Sheet, SheetForm
from .reader import PolicyReader

if TYPE_CHECKING:
    from ...kit import ConsentKit


async def show_policy(kit: ConsentKit, clause: str | None) -> None:
    """Show the full policy until it is closed."""
    locale = kit.language.locale
    written_in = kit.pack.locale_for(locale)
    sheet: Sheet[bool] = Sheet(
        kit.page,
        lambda answer: embed(
            PolicyReader,
            kit.pack.document(locale),
            kit.pack.version,
            kit.language,
            prevailing=None if written_in == locale else kit.language.name_of(written_in),
            on_close=lambda: answer(True),
            clause=clause,
        ),
        SheetForm.PAGE,
    )
    try:
        await sheet.answered()
    finally:
        sheet.close()
