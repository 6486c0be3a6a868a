"""The state of sending in words, with what the person can do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...sync.answers import FailureKind
from ...sync.remedy import Remedy
from ...sync.state import SyncPhase, SyncState
from .. import pages
from ..history.words import named
from ..words import about, status_words, sync_words
from .view import RejectedItem, SendingView


@dataclass(frozen=True)
class SendingActs:
    """What a person can do: try now, keep a copy of a choice, ask the operator (if there is a
    screen for that), close."""

    send_now: Callable[[], Any]
    keep: Callable[[str], Any]
    close: Callable[[], Any]
    contact: Callable[[], Any] | None = None


@kit_component
def Sending(view: SendingView, language: Language, acts: SendingActs) -> ft.Control:
    """How far the record has travelled.

    Args:
        view: How sending stands.
        language: The interface's language.
        acts: What a person can do here.
    """
    say = language.gettext
    state = view.sync
    return ft.Column(
        [
            parts.top_bar(say("Sending your record"), say("Close"), acts.close),
            ft.ListView(
                pages.stacked(
                    [
                        parts.card(
                            [
                                parts.heading(say("How it stands"), 2),
                                ft.Semantics(
                                    content=parts.body(sync_words(state, language)),
                                    live_region=True,
                                    identifier="sending.state",
                                ),
                                parts.announced(_next_words(state, language)),
                                parts.note(
                                    say("Last received by the service: never")
                                    if view.last_sent_at is None
                                    else say(
                                        "Last received by the service: {moment}",
                                        moment=language.moment(view.last_sent_at),
                                    )
                                ),
                                # The engine gives a bar no role, and a name without one is silent.
                                ft.Semantics(
                                    content=ft.ProgressBar(),
                                    label=say("Being sent"),
                                    image=True,
                                    exclude_semantics=True,
                                )
                                if state.phase is SyncPhase.SENDING
                                else ft.Container(),
                                ft.Row(
                                    [
                                        parts.action(
                                            say("Send now"), acts.send_now, identifier="sending.now"
                                        )
                                    ]
                                    if _can_try(state)
                                    else [],
                                    wrap=True,
                                ),
                            ],
                            key="state",
                        ),
                        parts.note(
                            say(
                                "Your choices count on this device from the moment you make them,"
                                " whether they have been sent or not. The service keeps a copy as"
                                " proof, and for your other devices."
                            )
                        ),
                        ft.Column(
                            _rejected(view, language, acts) if view.rejected else [],
                            spacing=tokens.GAP,
                            tight=True,
                            key="rejected",
                        ),
                    ]
                ),
                expand=True,
                padding=ft.Padding.symmetric(horizontal=tokens.EDGE, vertical=tokens.GAP_LARGE),
            ),
        ],
        spacing=0,
        expand=True,
    )


def _can_try(state: SyncState) -> bool:
    return (
        state.pending > 0
        and state.phase in (SyncPhase.WAITING, SyncPhase.OFFLINE, SyncPhase.IDLE)
        and state.last_error is not FailureKind.NO_ENDPOINT
    )


def _next_words(state: SyncState, language: Language) -> str:
    """What happens next, and what went wrong last."""
    say = language.gettext
    if state.phase is SyncPhase.SENDING:
        return say("Being sent now…")
    if state.phase is SyncPhase.OFFLINE:
        return say("This device has no network. It is sent by itself once there is one.")
    if state.phase is SyncPhase.ERASED:
        return say(
            "Nothing of this installation is sent any more. To have a record at the service again,"
            " remove the app and install it anew."
        )
    if state.phase is not SyncPhase.WAITING:
        return ""
    why = {
        FailureKind.NO_ENDPOINT: say("This app sends its record nowhere."),
        FailureKind.OFFLINE: say("This device has no network."),
        FailureKind.NO_CONNECTION: say("The service could not be reached."),
        FailureKind.TIMED_OUT: say("The service did not answer in time."),
        FailureKind.THROTTLED: say("The service is busy and asked to wait."),
        FailureKind.ENDPOINT_FAILED: say("The service has trouble of its own."),
        FailureKind.NOT_AUTHORISED: say("The service did not recognise this device."),
    }.get(state.last_error or FailureKind.INTERNAL, say("Something went wrong on the way."))
    if state.last_error is FailureKind.NO_ENDPOINT:
        return why
    if state.next_try_at is None:
        return say("{why} It is tried again by itself.", why=why)
    return say(
        "{why} It is tried again by itself at {moment}.",
        why=why,
        moment=language.moment(state.next_try_at),
    )


def _rejected(view: SendingView, language: Language, acts: SendingActs) -> list[ft.Control]:
    say = language.gettext
    return [
        parts.heading(say("Not accepted by the service"), 2),
        parts.note(say("These count on this device as you made them. They are not sent again.")),
        *(_item(item, language, acts) for item in view.rejected),
    ]


def remedy_words(remedy: Remedy, language: Language) -> str:
    """What the person can do."""
    say = language.gettext
    return {
        Remedy.UPDATE_THE_APP: say(
            "Update the app: this version and the service do not understand each other."
        ),
        Remedy.BEGIN_ANEW: say(
            "This record went on in two places, as after a backup was restored. Remove the app and"
            " install it anew, then choose again."
        ),
        Remedy.ERASED: say(
            "The record at the service was erased, as was asked for. There is nothing to do; to"
            " have one again, remove the app and install it anew."
        ),
        Remedy.ASK_THE_SERVICE: say(
            "Ask the operator of the app, and tell them the reason given below."
        ),
    }[remedy]


def _item(item: RejectedItem, language: Language, acts: SendingActs) -> ft.Control:
    say = language.gettext
    ask = item.remedy is Remedy.ASK_THE_SERVICE and acts.contact is not None
    return parts.card(
        [
            parts.heading(named(item.kind, item.what, language), 3),
            parts.note(
                say(
                    "{status}, chosen {moment}",
                    status=status_words(item.status, language),
                    moment=language.moment(item.occurred_at),
                )
            ),
            parts.body(remedy_words(item.remedy, language)),
            parts.note(
                say("Reason given by the service: {reason}", reason=item.reason)
                if item.reason
                else say("The service gave no reason.")
            ),
            ft.Row(
                [
                    parts.action(
                        say("Keep a copy"),
                        acts.keep,
                        item.event_id,
                        identifier=f"rejected.copy.{item.event_id}",
                        spoken=about(
                            say("Keep a copy"), named(item.kind, item.what, language), language
                        ),
                    ),
                    *(
                        [
                            parts.action(
                                say("Contact and complaints"),
                                acts.contact,
                                identifier=f"rejected.contact.{item.event_id}",
                            )
                        ]
                        if ask and acts.contact is not None
                        else []
                    ),
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
        ],
        key=item.event_id,
    )
