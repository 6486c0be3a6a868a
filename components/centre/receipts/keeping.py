"""A copy of one decision: read it here, save it in the form that is wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from ...surface.runtime import kit_component
from .. import pages
from .copies import CopyKind


class SignedCopy(StrEnum):
    """How it stands with the copy that the service signs.

    ``LOADING``: being fetched. ``READY``: can be saved. ``NOT_SENT``: the choice has not reached
    the service. ``OFFLINE``: there is no connection. ``NO_SERVICE``: this app has none.
    ``OTHER_DEVICE``: it is given to the device that the choice was made on. ``NOT_ISSUED``: the
    service issues none for this. ``FAILED``: it could not be fetched.
    """

    LOADING = "loading"
    READY = "ready"
    NOT_SENT = "not-sent"
    OFFLINE = "offline"
    NO_SERVICE = "no-service"
    OTHER_DEVICE = "other-device"
    NOT_ISSUED = "not-issued"
    FAILED = "failed"

    @property
    def worth_trying_again(self) -> bool:
        """Whether another attempt may bring it."""
        return self in (SignedCopy.NOT_SENT, SignedCopy.OFFLINE, SignedCopy.FAILED)


@dataclass(frozen=True)
class KeepCopyActs:
    """What a person can do: ``save`` a copy, try again to fetch the signed one, close."""

    save: Callable[[CopyKind], Awaitable[Saving]]
    try_again: Callable[[], Any]
    close: Callable[[], Any]


_NOT_YET: Saving | None = None


@kit_component
def KeepCopy(
    text: str | None, signed: SignedCopy, language: Language, acts: KeepCopyActs
) -> ft.Control:
    """A copy of one decision.

    Args:
        text: The decision in words, as it is saved; None if no copy can be made of it.
        signed: How it stands with the signed copy.
        language: The interface's language.
        acts: What a person can do here.
    """
    saving, set_saving = ft.use_state(_NOT_YET)
    say = language.gettext

    async def save(kind: CopyKind) -> None:
        set_saving(None)
        set_saving(await acts.save(kind))

    return ft.Column(
        [
            parts.top_bar(say("Keep a copy"), say("Close"), acts.close),
            ft.ListView(
                pages.stacked(
                    [
                        *(
                            _forms(signed, saving, language, acts, save)
                            if text is not None
                            else [
                                parts.heading(say("No copy can be made"), 2),
                                parts.body(
                                    say(
                                        "The policy this was decided on lacks what a copy has to"
                                        " say. The decision itself is in your record and holds."
                                    )
                                ),
                            ]
                        ),
                        *_readable(text or "", language),
                    ]
                ),
                expand=True,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _forms(
    signed: SignedCopy,
    saving: Saving | None,
    language: Language,
    acts: KeepCopyActs,
    save: Callable[[CopyKind], Awaitable[None]],
) -> list[ft.Control]:
    say = language.gettext
    last = (
        parts.action(say("Save signed copy"), save, CopyKind.SIGNED, identifier="copy.save.signed")
        if signed is SignedCopy.READY
        else parts.action(say("Try again"), acts.try_again, identifier="copy.try-again")
        if signed.worth_trying_again
        else ft.Container()
    )
    return [
        parts.card(
            [
                parts.heading(say("For you to read"), 2),
                parts.note(say("The text below, as a plain file.")),
                ft.Row(
                    [
                        parts.action(
                            say("Save as text"), save, CopyKind.TEXT, identifier="copy.save.text"
                        )
                    ],
                    wrap=True,
                ),
            ],
            key="for-people",
        ),
        parts.card(
            [
                parts.heading(say("Signed by the service"), 2),
                parts.announced(_signed_words(signed, language)),
                # The engine gives a bar no role, and a name without one is not spoken.
                ft.Semantics(
                    content=ft.ProgressBar(),
                    label=say("Being fetched"),
                    image=True,
                    exclude_semantics=True,
                )
                if signed is SignedCopy.LOADING
                else ft.Container(),
                ft.Row([last], wrap=True),
            ],
            key="signed",
        ),
        parts.card(
            [
                parts.heading(say("For other programs"), 2),
                parts.note(
                    say(
                        "The same decision in two open formats: a consent record by ISO/IEC TS"
                        " 27560 (JSON-LD), and a Kantara consent receipt (JSON)."
                    )
                ),
                ft.Row(
                    [
                        parts.action(
                            say("Save ISO record"),
                            save,
                            CopyKind.RECORD,
                            identifier="copy.save.record",
                        ),
                        parts.action(
                            say("Save Kantara receipt"),
                            save,
                            CopyKind.KANTARA,
                            identifier="copy.save.kantara",
                        ),
                    ],
                    wrap=True,
                    spacing=tokens.GAP,
                    run_spacing=tokens.GAP,
                ),
            ],
            key="for-programs",
        ),
        parts.announced(saving_words(saving, language)),
    ]


def saving_words(saving: Saving | None, language: Language) -> str:
    """What became of the last file; nothing if none was saved yet."""
    say = language.gettext
    match saving:
        case Saving.SAVED:
            return say("Saved.")
        case Saving.CANCELLED:
            return say("Not saved: no place was chosen.")
        case Saving.FAILED:
            return say("The file could not be saved. Check the free space, then try again.")
        case None:
            return ""


def _signed_words(signed: SignedCopy, language: Language) -> str:
    say = language.gettext
    return {
        SignedCopy.LOADING: say("The signed copy is being fetched…"),
        SignedCopy.READY: say(
            "Anyone can check, without asking us, that this copy is genuine and unchanged."
        ),
        SignedCopy.NOT_SENT: say(
            "Your choice has not reached the service yet. The signed copy comes once it has;"
            " the unsigned ones can be saved now."
        ),
        SignedCopy.OFFLINE: say(
            "The signed copy comes when there is a connection; the unsigned ones can be saved now."
        ),
        SignedCopy.NO_SERVICE: say(
            "Your choices stay on this device, so nobody else signs them. The unsigned copies can"
            " be saved."
        ),
        SignedCopy.OTHER_DEVICE: say(
            "You chose this on another device; that device can fetch the signed copy."
        ),
        SignedCopy.NOT_ISSUED: say(
            "The service signs no copy of this. The unsigned ones can be saved."
        ),
        SignedCopy.FAILED: say(
            "The signed copy could not be fetched. The unsigned ones can be saved now."
        ),
    }[signed]


def _readable(text: str, language: Language) -> list[ft.Control]:
    """The text as it is saved, each of its paragraphs with a heading."""
    if not text:
        return []
    title, said, *sections = text.strip().split("\n\n")
    blocks: list[ft.Control] = [parts.heading(title, 2)]
    blocks += [parts.body(line) for line in said.splitlines()]
    for section in sections:
        first, *lines = section.splitlines()
        blocks.append(
            ft.Column(
                [parts.heading(first, 3), *(parts.note(line) for line in lines)],
                spacing=tokens.GAP_SMALL,
                tight=True,
            )
        )
    return blocks
