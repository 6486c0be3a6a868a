"""Scenarios about the network: what waits on the device, and how it arrives."""

from __future__ import annotations

from .model import NetworkCondition, Press, Reopen, Scenario, Seen, SetNetwork, Step
from .pieces import AGREES, LOCATES, SAYS_YES, TO_CINEMAS

OFFLINE_THEN_BACK = Scenario(
    "offline-then-back",
    lambda say: say("Offline, then back"),
    lambda say: say("Choices hold without a network, and are sent once it is back."),
    (
        AGREES,
        Step(
            lambda say: say("The network goes away."),
            SetNetwork(NetworkCondition.OFF),
            Seen(waiting=0),
        ),
        TO_CINEMAS,
        LOCATES,
        SAYS_YES,
        Step(
            lambda say: say("Allows it in the system’s dialog. Both answers wait on the device."),
            Press("system.allow"),
            Seen(
                recorded=("permission:location given",),
                gate={"nearby-cinema": "agreed"},
                waiting=2,
                arrived=1,
                calls=1,
            ),
        ),
        Step(
            lambda say: say("The network is back. The device sends at once, each choice once."),
            SetNetwork(NetworkCondition.ONLINE),
            Seen(waiting=0, arrived=3),
        ),
    ),
)

FAILING_NETWORK = Scenario(
    "failing-network",
    lambda say: say("Failing network"),
    lambda say: say("The endpoint answers with errors. Nothing is lost and nothing is invented."),
    (
        Step(
            lambda say: say("The endpoint begins to answer with errors."),
            SetNetwork(NetworkCondition.FAILING),
            Seen(calls=0),
        ),
        Step(
            lambda say: say("Agrees to the notice. It holds, and waits on the device."),
            Press("first-notice.accept"),
            Seen(
                recorded=("notice:base given",),
                gate={"nearby-cinema": "nobody-agreed"},
                waiting=1,
                arrived=0,
                gone=("first-notice.accept",),
            ),
        ),
        TO_CINEMAS,
        LOCATES,
        Step(
            lambda say: say("Refuses. That waits too, after what was chosen before."),
            Press("prompt.refuse"),
            Seen(
                recorded=("purpose:nearby-cinema refused",),
                gate={"nearby-cinema": "declined"},
                waiting=2,
                arrived=0,
            ),
        ),
        Step(
            lambda say: say("Closes the app and opens it again. Everything is still there."),
            Reopen(),
            Seen(
                gate={"nearby-cinema": "declined"},
                waiting=2,
                arrived=0,
                gone=("first-notice.accept",),
            ),
        ),
        Step(
            lambda say: say("The endpoint works again. The next attempt brings both."),
            SetNetwork(NetworkCondition.ONLINE),
            Seen(waiting=0, arrived=2),
        ),
    ),
)
