"""Scenarios about a new version of the policy."""

from __future__ import annotations

from datetime import timedelta

from ...policy.pack import ChangeKind
from .model import LetTimePass, Press, Publish, Scenario, Seen, Step, Watch
from .pieces import AGREES, CLOSES_PAGE, TO_CHOICES

_MONTH = LetTimePass(timedelta(days=32))
_LATER = Step(lambda say: say("A month goes by."), _MONTH)

MATERIAL_UPDATE = Scenario(
    "material-update",
    lambda say: say("Material update"),
    lambda say: say("A new version changes something. Only what it touches is asked again."),
    (
        AGREES,
        *TO_CHOICES,
        Step(
            lambda say: say("Opens promotional messages in the choices."),
            Press("give.marketing-push"),
            Seen(shown=("purpose.accept", "purpose.refuse")),
        ),
        Step(
            lambda say: say("Agrees to promotional messages."),
            Press("purpose.accept"),
            Seen(recorded=("purpose:marketing-push given",), gate={"marketing-push": "agreed"}),
        ),
        Step(
            lambda say: say("Opens crash reports."),
            Press("give.crash-diagnostics"),
            Seen(shown=("purpose.accept",)),
        ),
        Step(
            lambda say: say("Agrees to crash reports."),
            Press("purpose.accept"),
            Seen(recorded=("purpose:crash-diagnostics given",), waiting=0, arrived=3),
        ),
        _LATER,
        Step(
            lambda say: say(
                "A material version takes effect. Promotional messages stop at once; crash reports"
                " go on."
            ),
            Publish(ChangeKind.MATERIAL),
            Seen(
                recorded=("purpose:marketing-push requested",),
                gate={"marketing-push": "changed", "crash-diagnostics": "agreed"},
                shown=("update.accept", "update.refuse"),
            ),
        ),
        Step(
            lambda say: say("Looks at what changed."),
            Press("update.changes"),
            Seen(shown=("update.accept",)),
        ),
        Step(
            lambda say: say("Agrees to the new version, and is asked for what it touches."),
            Press("update.accept"),
            Seen(
                recorded=("notice:base renewed",),
                gate={"marketing-push": "changed"},
                shown=("purpose.accept", "purpose.refuse"),
            ),
        ),
        Step(
            lambda say: say("Refuses it this time. Everything else stays as it was."),
            Press("purpose.refuse"),
            Seen(
                recorded=("purpose:marketing-push refused",),
                gate={"marketing-push": "declined", "crash-diagnostics": "agreed"},
                waiting=0,
                gone=("purpose.accept",),
            ),
        ),
    ),
)

EDITORIAL_UPDATE = Scenario(
    "editorial-update",
    lambda say: say("Editorial update"),
    lambda say: say("A new version only words things anew. One line says so; nothing is asked."),
    (
        AGREES,
        *TO_CHOICES,
        Step(
            lambda say: say("Opens promotional messages in the choices."),
            Press("give.marketing-push"),
            Seen(shown=("purpose.accept", "purpose.refuse")),
        ),
        Step(
            lambda say: say("Agrees to promotional messages."),
            Press("purpose.accept"),
            Seen(
                recorded=("purpose:marketing-push given",),
                gate={"marketing-push": "agreed"},
                gone=("purpose.accept",),
            ),
        ),
        CLOSES_PAGE,
        _LATER,
        Step(
            lambda say: say("An editorial version takes effect. A line at the foot tells of it."),
            Publish(ChangeKind.EDITORIAL),
            Seen(gate={"marketing-push": "agreed"}, gone=("update.accept", "first-notice.accept")),
        ),
        Step(
            lambda say: say("Nothing was asked and nothing was written."),
            Watch(),
            Seen(gate={"marketing-push": "agreed"}, waiting=0, arrived=2),
        ),
    ),
)
