"""The console's states in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...consent.permissions import SystemStatus
from ...i18n import Language
from ..scenarios.model import DeviceName, NetworkCondition
from ..scenarios.states import PlayerState
from .view import Orientation


def reason_words(language: Language) -> Mapping[str, str]:
    """Why the gate answers as it does, by the id of its rule."""
    say = language.gettext
    return {
        "undeclared": say("The policy does not name it."),
        "no-data": say("It uses no personal data."),
        "notice-first": say("The notice comes first, and nobody who decides has agreed to it."),
        "never-for-minors": say("It is never for minors, whoever agrees."),
        "contract-or-law": say("It rests on the contract or the law, not on a choice."),
        "agreed": say("It was agreed to, and that still counts."),
        "guardian-first": say("A guardian decides, and none has agreed."),
        "changed": say("What was agreed to has changed since."),
        "ran-out": say("The consent has run out."),
        "outgrown": say("A guardian agreed, and the person decides alone by now."),
        "declined": say("It was refused or withdrawn."),
        "nobody-agreed": say("Nobody has agreed to it as it is now."),
    }


def state_words(state: PlayerState, language: Language) -> str:
    """What the player is doing."""
    say = language.gettext
    return {
        PlayerState.RESETTING: say("Beginning anew …"),
        PlayerState.READY: say("Ready for the next step."),
        PlayerState.STEPPING: say("A step is under way."),
        PlayerState.PLAYING: say("Playing."),
        PlayerState.ENDED: say("The scenario is over."),
        PlayerState.DIVERGED: say("The step did not lead where it should. Begin anew."),
        PlayerState.NO_PHONE: say("The phone is not shown yet."),
    }[state]


def network_words(language: Language) -> Mapping[NetworkCondition, str]:
    """The conditions of the network."""
    say = language.gettext
    return {
        NetworkCondition.ONLINE: say("Online"),
        NetworkCondition.SLOW: say("Slow"),
        NetworkCondition.FAILING: say("Failing"),
        NetworkCondition.OFF: say("No network"),
    }


def system_words(language: Language) -> Mapping[SystemStatus | None, str]:
    """What the system may be told to answer."""
    say = language.gettext
    return {
        None: say("Ask in a dialog"),
        SystemStatus.GRANTED: say("Allow"),
        SystemStatus.NOT_GRANTED: say("Don’t allow"),
        SystemStatus.DENIED_FOR_GOOD: say("Deny for good"),
        SystemStatus.RESTRICTED: say("Barred by the device"),
    }


def device_words(language: Language) -> Mapping[DeviceName, str]:
    """The two devices."""
    say = language.gettext
    return {DeviceName.FIRST: say("First phone"), DeviceName.SECOND: say("Second phone")}


def orientation_words(language: Language) -> Mapping[Orientation, str]:
    """How the phone is held."""
    say = language.gettext
    return {Orientation.UPRIGHT: say("Upright"), Orientation.SIDEWAYS: say("Sideways")}
