"""What can be done about an event that the endpoint will not take."""

from __future__ import annotations

from enum import StrEnum


class Remedy(StrEnum):
    """What helps, in a word; screens say it in the person's language.

    The event itself is safe on the device in every case, and counts there.
    """

    UPDATE_THE_APP = "update-the-app"
    """Update the app: the endpoint and this version of the app do not understand each other."""
    BEGIN_ANEW = "begin-anew"
    """Start a new installation: this copy of the record went on in two places, as after a device
    was restored from a backup while the first one was still in use."""
    ERASED = "erased"
    """Nothing: the record was erased at the service, as was asked for. To go on with the service,
    start a new installation."""
    ASK_THE_SERVICE = "ask-the-service"
    """Ask the operator of the app: the service gave a reason that this app does not know."""


_REMEDIES = {
    "malformed": Remedy.UPDATE_THE_APP,
    "too-large": Remedy.UPDATE_THE_APP,
    "other-body": Remedy.BEGIN_ANEW,
    "forked-record": Remedy.BEGIN_ANEW,
    "broken-chain": Remedy.BEGIN_ANEW,
    "erased": Remedy.ERASED,
}

ERASED_CODE = "erased"
"""Why events are superseded once their subject's record was erased at the endpoint."""

TOO_LARGE_CODE = "too-large"
"""Why an event is rejected that is too large for the endpoint even when it is sent alone."""


def remedy_for(code: str) -> Remedy:
    """What helps against a fault.

    Args:
        code: The code of a rejection: one of the endpoint's (``malformed``, ``other-body``,
            ``forked-record``, ``broken-chain``, ``erased``) or :data:`TOO_LARGE_CODE`.
    """
    return _REMEDIES.get(code, Remedy.ASK_THE_SERVICE)
