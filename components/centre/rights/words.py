"""Rights, requests and their steps in words."""

from __future__ import annotations

from datetime import date

from ...i18n import Language
from ...sync.answers import FailureKind
from ...sync.rights_store import KeptRequest, RequestDelivery

OVER = frozenset({"done", "refused", "cancelled"})
"""How a request stands that nobody works on any more."""


def own_words(kind: str, language: Language) -> tuple[str, str]:
    """What a right is called, and what happens when it is used.

    Raises:
        KeyError: There is no such right.
    """
    say = language.gettext
    return {
        "access": (
            say("See your data"),
            say("You are told which data the service holds about you, and what it is used for."),
        ),
        "copy": (
            say("Get a copy"),
            say("You get a copy of your data in a form that you can keep."),
        ),
        "transfer": (
            say("Move your data elsewhere"),
            say("Your data goes to another company that you name, where the law provides for it."),
        ),
        "correct": (
            say("Put something right"),
            say("What is wrong is checked and put right. Say what is wrong and what is true."),
        ),
        "supplement": (
            say("Complete something"),
            say("What is missing is checked and added."),
        ),
        "delete": (
            say("Delete data"),
            say(
                "Data that is no longer needed, or that you take back your consent for, is"
                " deleted. What the law says must be kept is only stored and protected until then."
            ),
        ),
        "restrict": (
            say("Limit the use of your data"),
            say("You object to a use, or limit it. The service stops that use."),
        ),
        "close-account": (
            say("Close the account"),
            say("The account ends and your data is deleted or made anonymous."),
        ),
        "explain": (
            say("Have the policy explained"),
            say("Somebody explains to you, in plain words, what a rule means for you."),
        ),
    }[kind]


def short_words(kind: str, language: Language) -> str:
    """What a right is, in one short line.

    Raises:
        KeyError: There is no such right.
    """
    say = language.gettext
    return {
        "access": say("Which data there is about you, and what it is used for"),
        "copy": say("In a form that you can keep"),
        "transfer": say("To a company that you name"),
        "correct": say("What is wrong is checked and corrected"),
        "supplement": say("What is missing is added"),
        "restrict": say("The service stops a use that you object to"),
        "delete": say("What is no longer needed, or was given by consent"),
        "close-account": say("The account ends, and its data goes"),
        "explain": say("What a rule means for you, in plain words"),
    }[kind]


def request_words(kept: KeptRequest, language: Language) -> str:
    """How a request stands, in a sentence."""
    say = language.gettext
    match kept.delivery:
        case RequestDelivery.WAITING if kept.taking_back:
            return say("You took this back. The service is told when there is a connection.")
        case RequestDelivery.WAITING:
            return say("Saved on this device, not yet sent")
        case RequestDelivery.TAKEN_BACK:
            return say("Taken back before it was sent")
        case RequestDelivery.NOT_TAKEN:
            return say("The service did not accept this request")
        case RequestDelivery.CONFIRMED if kept.taking_back:
            return say("You took this back. The service is told when there is a connection.")
        case _:
            return step_words("received" if kept.state is None else kept.state.status, language)


def step_words(status: str, language: Language) -> str:
    """A step of handling, in words."""
    say = language.gettext
    return {
        "received": say("Received"),
        "verifying": say("Checking that it comes from you"),
        "accepted": say("Accepted, being done"),
        "cascading": say("Accepted, those who received your data are being told"),
        "isolated": say("Cannot be deleted yet: only stored and protected"),
        "done": say("Done"),
        "refused": say("Refused"),
        "cancelled": say("Taken back by you"),
        "extended": say("Takes longer"),
    }.get(status, say("In progress"))


def reason_words(code: str, language: Language) -> str:
    """Why a request was refused or takes longer, in words."""
    say = language.gettext
    return {
        "ProcessExcessive": say("Asked again and again, beyond what is reasonable"),
        "ProcessFrivolous": say("Has no connection with you or your data"),
        "ProcessMalicious": say("There is proof that the right is being abused"),
        "DisproportionateEffortRequired": say("Would take unreasonable technical effort"),
        "ThirdPartyRightsImpaired": say("Would harm the rights of others"),
        "NationalSecurityImpaired": say("Concerns national security"),
        "PublicSecurityImpaired": say("Concerns public security"),
        "PublicHealthCompromised": say("Concerns public health"),
        "CrimeInvestigationImpaired": say("Concerns a criminal investigation or a trial"),
        "ConfidentialityObligationCompromised": say("Would break a duty of secrecy"),
        "IdentityVerificationRequired": say("It has to be checked that it comes from you"),
        "ComplexityOfProcess": say("It is more work than usual"),
    }.get(code.rpartition(":")[2], say("Another reason; see the answer below"))


def due_words(due_on: date, today: date, language: Language) -> str:
    """Until when there has to be an answer, and how long that is."""
    left = (due_on - today).days
    day = language.date(due_on)
    if left < 0:
        return language.gettext(
            "An answer was due on {day}. It is late: you can complain.", day=day
        )
    if left == 0:
        return language.gettext("An answer is due today, {day}.", day=day)
    return language.ngettext(
        "An answer is due by {day}, in {number} day.",
        "An answer is due by {day}, in {number} days.",
        left,
        day=day,
    )


def damage_words(language: Language) -> str:
    """That the requests were damaged and begun anew, and what that means for the person."""
    return language.gettext(
        "The list of your requests on this device was damaged, and a new one was begun. Requests"
        " that the service received come back when there is a connection. If one is missing, ask"
        " again."
    )


def failure_words(failure: FailureKind, language: Language) -> str:
    """Why the service was not reached, and that nothing is lost."""
    say = language.gettext
    match failure:
        case FailureKind.OFFLINE | FailureKind.NO_CONNECTION | FailureKind.TIMED_OUT:
            return say("No connection now. You see what was last known; it goes on by itself.")
        case FailureKind.NO_ENDPOINT | FailureKind.HELD:
            return say("Nothing is sent from this device.")
        case FailureKind.ERASED:
            return say(
                "The record at the service was erased, so it takes no more requests from this"
                " device. Phone and post still work."
            )
        case FailureKind.INTERNAL:
            return say("The requests on this device cannot be read or saved now.")
        case _:
            return say("The service cannot answer now. It is asked again by itself.")
