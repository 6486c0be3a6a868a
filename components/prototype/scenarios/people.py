"""Scenarios about who decides: a child, one person with two devices, and someone who leaves."""

from __future__ import annotations

from ..shell import Tab
from .model import (
    AskAge,
    DeviceName,
    GoTo,
    LogIn,
    Office,
    OfficeAct,
    PickUp,
    Press,
    Scenario,
    Seen,
    Step,
    WorkOutTheSum,
    Write,
)
from .pieces import (
    AGREES,
    CLOSES_PAGE,
    LOCATES,
    SAYS_YES,
    SYSTEM_ALLOWS,
    TO_CINEMAS,
)

CHILD = Scenario(
    "child",
    lambda say: say("A child"),
    lambda say: say("A ten-year-old cannot agree alone. A guardian does, or nobody."),
    (
        Step(
            lambda say: say("Goes on browsing first; nothing is collected."),
            Press("first-notice.refuse"),
            Seen(recorded=("notice:base refused",), calls=0),
        ),
        Step(
            lambda say: say("The app asks everybody for the day of birth, in the same words."),
            AskAge(),
            Seen(shown=("age.year", "age.accept", "age.refuse")),
        ),
        Step(lambda say: say("Types the year."), Write("age.year", "2015")),
        Step(lambda say: say("Types the month."), Write("age.month", "6")),
        Step(lambda say: say("Types the day."), Write("age.day", "1")),
        Step(
            lambda say: say("Goes on. A child is asked to fetch a guardian; the day stays here."),
            Press("age.accept"),
            Seen(
                gate={"marketing-push": "notice-first"},
                calls=0,
                shown=("hand-over.accept", "hand-over.refuse"),
            ),
        ),
        Step(
            lambda say: say("Hands the phone to a parent."),
            Press("hand-over.accept"),
            Seen(shown=("guardian.result",)),
        ),
        Step(
            lambda say: say("The parent works out a sum; who they are is not asked."),
            WorkOutTheSum(),
            Seen(shown=("guardian.accept",)),
        ),
        Step(
            lambda say: say("The parent goes on and is shown the notice."),
            Press("guardian.accept"),
            Seen(shown=("first-notice.accept",), calls=0),
        ),
        Step(
            lambda say: say("The parent agrees. The record says that a guardian did."),
            Press("first-notice.accept"),
            Seen(recorded=("notice:base given",), shown=("separate.accept",), waiting=0, arrived=2),
        ),
        Step(
            lambda say: say("The parent agrees to the child’s data, which is asked separately."),
            Press("separate.accept"),
            Seen(recorded=("purpose:child-data given",), shown=("guardian.done",)),
        ),
        Step(
            lambda say: say(
                "The phone is handed back. Recommendations by profile stay off, whoever agrees."
            ),
            Press("guardian.done"),
            Seen(
                gate={
                    "nearby-cinema": "guardian-first",
                    "personalised-display": "never-for-minors",
                },
                gone=("guardian.done",),
                waiting=0,
                arrived=3,
            ),
        ),
    ),
)

SECOND_DEVICE = Scenario(
    "second-device",
    lambda say: say("A second device"),
    lambda say: say("What is withdrawn on one device is withdrawn on all."),
    (
        AGREES,
        TO_CINEMAS,
        LOCATES,
        SAYS_YES,
        SYSTEM_ALLOWS,
        Step(
            lambda say: say("Logs in. The device joins the account."),
            LogIn(),
            Seen(gate={"nearby-cinema": "agreed"}, waiting=0, arrived=3),
        ),
        Step(
            lambda say: say("Picks up a second phone. It knows nothing and shows the notice."),
            PickUp(DeviceName.SECOND),
            Seen(gate={"nearby-cinema": "notice-first"}, calls=0, shown=("first-notice.accept",)),
        ),
        AGREES,
        Step(
            lambda say: say("Logs in here, too. What was agreed on the first phone counts."),
            LogIn(),
            Seen(gate={"nearby-cinema": "agreed"}, waiting=0),
        ),
        Step(lambda say: say("Goes to “Me”."), GoTo(Tab.ME), Seen(shown=("me.centre",))),
        Step(
            lambda say: say(
                "Opens the privacy choices. Location was agreed to; this phone’s own system has not"
                " been asked."
            ),
            Press("me.centre"),
            Seen(shown=("withdraw.nearby-cinema",)),
        ),
        Step(
            lambda say: say("Withdraws location on the second phone."),
            Press("withdraw.nearby-cinema"),
            Seen(
                recorded=("purpose:nearby-cinema withdrawn",),
                gate={"nearby-cinema": "declined"},
                waiting=0,
                arrived=2,
            ),
        ),
        Step(
            lambda say: say("Picks up the first phone again, which has not heard of it yet."),
            PickUp(DeviceName.FIRST),
            Seen(gate={"nearby-cinema": "agreed"}, gone=("first-notice.accept",)),
        ),
        Step(
            lambda say: say("Logs in. The withdrawal has come over; location is off here as well."),
            LogIn(),
            Seen(gate={"nearby-cinema": "declined"}, arrived=3),
        ),
    ),
)

ACCOUNT_CLOSURE = Scenario(
    "account-closure",
    lambda say: say("Close the account"),
    lambda say: say("A request with a due date, an officer who acts, and an erased record."),
    (
        AGREES,
        Step(lambda say: say("Goes to “Me”."), GoTo(Tab.ME), Seen(shown=("me.rights",))),
        Step(
            lambda say: say("Opens “Your rights”."),
            Press("me.rights"),
            Seen(shown=("ask.close-account",)),
        ),
        Step(
            lambda say: say("Chooses to close the account."),
            Press("ask.close-account"),
            Seen(shown=("rights.review",)),
        ),
        Step(
            lambda say: say("Looks the request over."),
            Press("rights.review"),
            Seen(shown=("rights.send",)),
        ),
        Step(
            lambda say: say("Sends it. The endpoint answers with a due date in working days."),
            Press("rights.send"),
            Seen(shown=("rights.take-back",), arrived=1),
        ),
        Step(
            lambda say: say("An officer accepts the request."),
            Office(OfficeAct.BEGIN),
        ),
        Step(
            lambda say: say("Looks again, and sees how it stands."),
            Press("rights.look"),
            Seen(shown=("request.status",)),
        ),
        Step(
            lambda say: say("The officer erases the record. Bodies go; hashes stay."),
            Office(OfficeAct.ERASE),
            Seen(arrived=1),
        ),
        Step(
            lambda say: say("The officer reports that it is done."),
            Office(OfficeAct.FINISH),
        ),
        CLOSES_PAGE,
        Step(
            lambda say: say("Goes to the cinemas."),
            GoTo(Tab.CITY),
            Seen(shown=("city.locate",)),
        ),
        LOCATES,
        Step(
            lambda say: say("Refuses location. From now on choices stay on this device only."),
            Press("prompt.refuse"),
            Seen(
                recorded=("purpose:nearby-cinema refused",),
                gate={"nearby-cinema": "declined"},
                waiting=0,
                arrived=1,
            ),
        ),
    ),
)
