"""What a scenario is: steps as data, each with an act and with what is to be seen after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from ...consent.permissions import SystemStatus
from ...policy.pack import ChangeKind
from ..shell import Tab

Say = Callable[..., str]
"""Gives a source text in the language of whoever watches; ``Language.gettext``."""
Words = Callable[[Say], str]
"""A text of a scenario, still to be said in a language."""


class NetworkCondition(StrEnum):
    """``ONLINE``. ``SLOW``: answers take seconds. ``FAILING``: the endpoint is reached and answers
    with errors. ``OFF``: there is no network, and the device knows it."""

    ONLINE = "online"
    SLOW = "slow"
    FAILING = "failing"
    OFF = "off"


class DeviceName(StrEnum):
    """The two devices of the one person."""

    FIRST = "first"
    SECOND = "second"


# --- what happens in a step


@dataclass(frozen=True)
class Watch:
    """Nothing happens: this is what there is to see."""


@dataclass(frozen=True)
class Press:
    """The person presses a control, named by its identifier."""

    control: str


@dataclass(frozen=True)
class Write:
    """The person types into a field."""

    control: str
    text: str


@dataclass(frozen=True)
class WorkOutTheSum:
    """A grown-up reads the guardian's sum off the screen and types the result."""


@dataclass(frozen=True)
class GoTo:
    """The person goes to a main screen."""

    tab: Tab


@dataclass(frozen=True)
class LetTimePass:
    """The clocks of the device and of the endpoint go forward."""

    by: timedelta


@dataclass(frozen=True)
class SetNetwork:
    """The network becomes better or worse."""

    condition: NetworkCondition


@dataclass(frozen=True)
class SystemWill:
    """What the operating system answers from now on, once it is asked for a permission."""

    permission: str
    answer: SystemStatus


@dataclass(frozen=True)
class Publish:
    """A new version of the policy takes effect, and the app is opened with it."""

    change: ChangeKind


@dataclass(frozen=True)
class Reopen:
    """The app is closed and opened again."""


@dataclass(frozen=True)
class PickUp:
    """The person puts one device away and opens the app on another."""

    device: DeviceName


@dataclass(frozen=True)
class LogIn:
    """The person logs in to their account on this device, and the device joins it."""


@dataclass(frozen=True)
class AskAge:
    """The app asks for the day of birth, as a service for children too has to."""


class OfficeAct(StrEnum):
    """What a privacy officer does with the newest request."""

    BEGIN = "begin"
    ERASE = "erase"
    FINISH = "finish"


@dataclass(frozen=True)
class Office:
    """A privacy officer at the endpoint takes a step."""

    act: OfficeAct


Act = (
    Watch
    | Press
    | Write
    | WorkOutTheSum
    | GoTo
    | LetTimePass
    | SetNetwork
    | SystemWill
    | Publish
    | Reopen
    | PickUp
    | LogIn
    | AskAge
    | Office
)


# --- what is to be seen


@dataclass(frozen=True)
class Seen:
    """What holds after a step. What is not named is not looked at, but for the record.

    Attributes:
        recorded: The events that the step wrote on this device, all of them, as
            ``purpose:nearby-cinema given``.
        gate: Purpose id to the id of the rule in ``consent.standing`` that answers for it.
        waiting: How many events wait to be sent.
        arrived: How many of this device's events the endpoint has.
        calls: How many requests this device has made since the scenario began.
        shown: Identifiers that are on the screen.
        gone: Identifiers that are not.
        system_asked: How often the operating system was asked on this device.
    """

    recorded: tuple[str, ...] = ()
    gate: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    waiting: int | None = None
    arrived: int | None = None
    calls: int | None = None
    shown: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    system_asked: int | None = None


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        says: What happens, in words, as a sentence.
        act: What happens.
        seen: What holds afterwards.
    """

    says: Words
    act: Act
    seen: Seen = Seen()


@dataclass(frozen=True)
class Scenario:
    """A story in steps, always beginning with a device on which nothing was ever chosen.

    Attributes:
        name: Kebab-case; the command's.
        title: A few words.
        about: What it shows, in a sentence.
        steps: In order.
    """

    name: str
    title: Words
    about: Words
    steps: tuple[Step, ...]
