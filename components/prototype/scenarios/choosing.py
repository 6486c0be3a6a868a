"""Scenarios about a choice: made, refused, taken back, and barred by the system."""

from __future__ import annotations

from datetime import timedelta

from ...consent.permissions import SystemStatus
from ..shell import Tab
from .model import GoTo, LetTimePass, Press, Reopen, Scenario, Seen, Step, SystemWill, Watch
from .pieces import (
    AGREES,
    CLOSES_PAGE,
    LOCATES,
    SAYS_YES,
    SYSTEM_ALLOWS,
    TO_CHOICES,
    TO_CINEMAS,
)

FRESH_INSTALL = Scenario(
    "fresh-install",
    lambda say: say("Fresh install"),
    lambda say: say("From the first start to cinemas near by, one question at a time."),
    (
        Step(
            lambda say: say(
                "Opens the app for the first time. Nothing is stored, sent or asked of the system."
            ),
            Watch(),
            Seen(
                gate={"nearby-cinema": "notice-first", "browse-and-search": "no-data"},
                calls=0,
                shown=("first-notice.accept", "first-notice.refuse"),
                system_asked=0,
            ),
        ),
        Step(
            lambda say: say("Opens the full policy from the notice."),
            Press("first-notice.policy"),
            Seen(calls=0, shown=("page.close",), gone=("first-notice.accept",)),
        ),
        Step(
            lambda say: say("Closes the policy. The notice is still there, and still unanswered."),
            Press("page.close"),
            Seen(shown=("first-notice.accept",), gone=("page.close",)),
        ),
        AGREES,
        TO_CINEMAS,
        LOCATES,
        SAYS_YES,
        SYSTEM_ALLOWS,
        Step(
            lambda say: say("Nearest cinemas stand first. Both answers have arrived."),
            Watch(),
            Seen(gate={"nearby-cinema": "agreed"}, waiting=0, arrived=3),
        ),
    ),
)

REFUSE_ALL = Scenario(
    "refuse-all",
    lambda say: say("Refuse everything"),
    lambda say: say("Someone who only wants to look. The refusal never leaves the device."),
    (
        Step(
            lambda say: say("Does not agree. The app opens for browsing all the same."),
            Press("first-notice.refuse"),
            Seen(
                recorded=("notice:base refused",),
                gate={"nearby-cinema": "notice-first", "browse-and-search": "no-data"},
                waiting=1,
                arrived=0,
                calls=0,
                gone=("first-notice.accept",),
            ),
        ),
        TO_CINEMAS,
        Step(
            lambda say: say(
                "Taps “Locate”. No sheet comes up: a line says that the notice comes first."
            ),
            Press("city.locate"),
            Seen(shown=("city.notice",), gone=("prompt.accept",), system_asked=0, calls=0),
        ),
        Step(
            lambda say: say("Chooses the city by hand. Browsing works without any data."),
            Press("city.choose.chengdu"),
            Seen(shown=("city.choose.chengdu",), calls=0),
        ),
        Step(
            lambda say: say("Closes the app and opens it again. The notice does not come back."),
            Reopen(),
            Seen(
                gate={"nearby-cinema": "notice-first"},
                waiting=1,
                arrived=0,
                calls=0,
                gone=("first-notice.accept",),
                system_asked=0,
            ),
        ),
    ),
)

AGREE_THEN_WITHDRAW = Scenario(
    "agree-then-withdraw",
    lambda say: say("Agree, then withdraw"),
    lambda say: say("Taking back is as easy as agreeing, and holds at once."),
    (
        AGREES,
        TO_CINEMAS,
        LOCATES,
        SAYS_YES,
        SYSTEM_ALLOWS,
        *TO_CHOICES,
        Step(
            lambda say: say("Withdraws location with one tap. Nothing asks whether that is meant."),
            Press("withdraw.nearby-cinema"),
            Seen(
                recorded=("purpose:nearby-cinema withdrawn",),
                gate={"nearby-cinema": "declined"},
                waiting=0,
                arrived=4,
            ),
        ),
        CLOSES_PAGE,
        Step(
            lambda say: say("Goes back to the cinemas. The position is gone from the screen."),
            GoTo(Tab.CITY),
            Seen(gate={"nearby-cinema": "declined"}, shown=("city.locate",)),
        ),
    ),
)

DENY_FOR_GOOD = Scenario(
    "deny-for-good",
    lambda say: say("Denied for good"),
    lambda say: say("The system says no and will not ask again. The app does not pester."),
    (
        AGREES,
        Step(
            lambda say: say("The system is set to deny location for good."),
            SystemWill("location", SystemStatus.DENIED_FOR_GOOD),
        ),
        TO_CINEMAS,
        LOCATES,
        Step(
            lambda say: say("Agrees to the explanation, but the system denies."),
            Press("prompt.accept"),
            Seen(
                recorded=("purpose:nearby-cinema given", "permission:location refused"),
                shown=("city.system",),
                gone=("prompt.accept",),
                system_asked=1,
            ),
        ),
        Step(
            lambda say: say("Taps “Locate” again. The system is not asked a second time."),
            Press("city.locate"),
            Seen(shown=("city.system",), gone=("prompt.accept",), system_asked=1),
        ),
        Step(
            lambda say: say("Opens “Why, and what helps”."),
            Press("city.system"),
            Seen(shown=("system.close",)),
        ),
        Step(
            lambda say: say("Closes it, and can still choose a city by hand."),
            Press("system.close"),
            Seen(gone=("system.close",), shown=("city.choose.chengdu",), waiting=0, arrived=3),
        ),
    ),
)

NO_THEN_LATER = Scenario(
    "no-then-later",
    lambda say: say("Say no, and be left alone"),
    lambda say: say("After a no, the app waits 48 hours before a sheet comes up again."),
    (
        AGREES,
        TO_CINEMAS,
        LOCATES,
        Step(
            lambda say: say("Refuses. The system is not asked at all."),
            Press("prompt.refuse"),
            Seen(
                recorded=("purpose:nearby-cinema refused",),
                gate={"nearby-cinema": "declined"},
                gone=("prompt.accept",),
                system_asked=0,
            ),
        ),
        Step(
            lambda say: say("Taps “Locate” again. The explanation stands in the page, no sheet."),
            Press("city.locate"),
            Seen(shown=("in-place.accept", "in-place.refuse"), gone=("prompt.accept",)),
        ),
        Step(lambda say: say("Two days and an hour go by."), LetTimePass(timedelta(hours=49))),
        Step(
            lambda say: say("Taps “Locate”. Now the explanation may come up as a sheet again."),
            Press("city.locate"),
            Seen(shown=("prompt.accept", "prompt.refuse"), system_asked=0),
        ),
        Step(
            lambda say: say("Agrees this time, and the system is asked."),
            Press("prompt.accept"),
            Seen(
                recorded=("purpose:nearby-cinema given",),
                gate={"nearby-cinema": "agreed"},
                shown=("system.allow",),
                system_asked=1,
            ),
        ),
        SYSTEM_ALLOWS,
    ),
)
