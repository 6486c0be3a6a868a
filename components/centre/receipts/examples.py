"""Examples of keeping a copy."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from ..example_records import agreed, chain
from .copies import CopyKind, readable_copy
from .keeping import KeepCopy, KeepCopyActs, SignedCopy


def _copy(
    signed: SignedCopy, sequence: int = 2, *, saving: Saving = Saving.SAVED, possible: bool = True
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        event = chain(agreed(setting))[sequence - 1]

        async def save(kind: CopyKind) -> Saving:
            setting.did(f"save {kind.value}")
            return saving

        return KeepCopy(
            readable_copy(event, setting.pack, setting.language.locale) if possible else None,
            signed,
            setting.language,
            KeepCopyActs(
                save=save, try_again=setting.does("try-again"), close=setting.does("close")
            ),
        )

    return build


EXAMPLES = (
    Example("ready", "The signed copy is there.", _copy(SignedCopy.READY)),
    Example("loading", "The signed copy is being fetched.", _copy(SignedCopy.LOADING)),
    Example("offline", "No connection.", _copy(SignedCopy.OFFLINE)),
    Example("not-sent", "The choice has not been sent.", _copy(SignedCopy.NOT_SENT)),
    Example("no-service", "The app has no service.", _copy(SignedCopy.NO_SERVICE)),
    Example("other-device", "Chosen on another device.", _copy(SignedCopy.OTHER_DEVICE)),
    Example("not-issued", "The service signs none.", _copy(SignedCopy.NOT_ISSUED)),
    Example(
        "failed",
        "It could not be fetched, nor will saving work.",
        _copy(SignedCopy.FAILED, saving=Saving.FAILED),
    ),
    Example("notice", "A copy of the base notice: long.", _copy(SignedCopy.READY, 1)),
    Example("impossible", "No copy can be made.", _copy(SignedCopy.NOT_ISSUED, possible=False)),
)
