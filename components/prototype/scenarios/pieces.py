"""Steps that many scenarios begin with."""

from __future__ import annotations

from ..shell import Tab
from .model import GoTo, Press, Seen, Step

AGREES = Step(
    lambda say: say("Agrees to the notice. It is written down and arrives at the endpoint."),
    Press("first-notice.accept"),
    Seen(
        recorded=("notice:base given",),
        waiting=0,
        arrived=1,
        gone=("first-notice.accept",),
    ),
)
"""Only where the network is good."""

TO_CINEMAS = Step(
    lambda say: say("Goes to the cinemas."), GoTo(Tab.CITY), Seen(shown=("city.locate",))
)

LOCATES = Step(
    lambda say: say("Taps “Locate”. Only now does the app explain why it asks."),
    Press("city.locate"),
    Seen(gate={"nearby-cinema": "nobody-agreed"}, shown=("prompt.accept", "prompt.refuse")),
)

SAYS_YES = Step(
    lambda say: say("Agrees to the explanation. It is recorded before the system is asked."),
    Press("prompt.accept"),
    Seen(
        recorded=("purpose:nearby-cinema given",),
        gate={"nearby-cinema": "agreed"},
        shown=("system.allow", "system.deny"),
        system_asked=1,
    ),
)

SYSTEM_ALLOWS = Step(
    lambda say: say("Allows it in the system’s dialog. The system’s answer is mirrored."),
    Press("system.allow"),
    Seen(recorded=("permission:location given",), gone=("system.allow", "prompt.accept")),
)

TO_CHOICES = (
    Step(lambda say: say("Goes to “Me”."), GoTo(Tab.ME), Seen(shown=("me.centre",))),
    Step(
        lambda say: say("Opens the privacy choices."),
        Press("me.centre"),
        Seen(shown=("page.close", "withdraw.notice")),
    ),
)

CLOSES_PAGE = Step(
    lambda say: say("Closes the page."), Press("page.close"), Seen(gone=("page.close",))
)
