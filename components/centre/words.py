"""The centre's states in words."""

from __future__ import annotations

from ..consent.outbox import Delivery
from ..consent.status import ConsentStatus
from ..i18n import Language
from ..sync.answers import FailureKind
from ..sync.state import SyncPhase, SyncState


def status_words(status: ConsentStatus, language: Language) -> str:
    """What a person would call a status."""
    say = language.gettext
    return {
        ConsentStatus.UNKNOWN: say("Not asked yet, off"),
        ConsentStatus.REQUESTED: say("To be asked again, off"),
        ConsentStatus.DEFERRED: say("Not answered, off"),
        ConsentStatus.GIVEN: say("Agreed, on"),
        ConsentStatus.RENEWED: say("Agreed again, on"),
        ConsentStatus.REFUSED: say("Not agreed, off"),
        ConsentStatus.WITHDRAWN: say("Withdrawn, off"),
        ConsentStatus.REVOKED: say("Turned off elsewhere"),
        ConsentStatus.EXPIRED: say("Expired, off"),
        ConsentStatus.INVALIDATED: say("No longer valid, off"),
    }[status]


def delivery_words(delivery: Delivery, language: Language) -> str:
    """How far one choice has come."""
    say = language.gettext
    return {
        Delivery.PENDING: say("Saved on this device, not yet sent"),
        Delivery.SENT: say("Saved on this device, being sent"),
        Delivery.ACKNOWLEDGED: say("Saved on this device and at the service"),
        Delivery.REJECTED: say("Saved on this device, not accepted by the service"),
        Delivery.SUPERSEDED: say("Saved on this device, not sent"),
    }[delivery]


def sync_words(state: SyncState, language: Language) -> str:
    """How far the whole record has come, in one sentence."""
    say = language.gettext
    if state.phase is SyncPhase.HELD and state.pending:
        return say("Your choices are kept on this device only. Nothing is sent until you agree.")
    if state.phase is SyncPhase.HELD:
        return say("Nothing has been recorded yet.")
    if state.phase is SyncPhase.ERASED:
        return say(
            "Your record at the service was erased. "
            "What you choose now is saved on this device only."
        )
    if state.pending and state.last_error is FailureKind.NO_ENDPOINT:
        return say("Your choices are saved on this device only.")
    if state.pending:
        return language.ngettext(
            "{number} choice is saved on this device and not yet sent.",
            "{number} choices are saved on this device and not yet sent.",
            state.pending,
        )
    if state.rejected:
        return language.ngettext(
            "{number} choice was not accepted by the service. It is saved on this device.",
            "{number} choices were not accepted by the service. They are saved on this device.",
            state.rejected,
        )
    return say("All your choices are saved on this device and at the service.")


def about(label: str, name: str, language: Language) -> str:
    """What is heard of a button that others share a label with: the label, and what it acts on."""
    return language.gettext("{act}: {name}", act=label, name=name)
