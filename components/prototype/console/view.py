"""What the console shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ...consent.outbox import Delivery
from ...consent.permissions import SystemStatus
from ...consent.status import ConsentStatus
from ...surface.appearance import Brightness
from ...surface.text_size import TextSize
from ..scenarios.model import DeviceName, NetworkCondition
from ..scenarios.states import PlayerState


class PhoneSize(StrEnum):
    """Common phones, by the width and height of their screens in logical pixels."""

    SMALL = "320x568"
    NARROW = "360x640"
    COMMON = "390x844"
    LARGE = "412x915"

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height."""
        width, _, height = self.value.partition("x")
        return int(width), int(height)


class Orientation(StrEnum):
    """How the phone is held."""

    UPRIGHT = "upright"
    SIDEWAYS = "sideways"


class StepState(StrEnum):
    """Where the player is with a step. ``DIVERGED``: it did not lead to what it should."""

    DONE = "done"
    NEXT = "next"
    UNDER_WAY = "under-way"
    TO_COME = "to-come"
    DIVERGED = "diverged"


@dataclass(frozen=True)
class StepLine:
    """A step, in words."""

    words: str
    state: StepState


@dataclass(frozen=True)
class LedgerLine:
    """An event of the device's record.

    Attributes:
        sequence: Its number.
        about: What it is about, in words.
        status: What it says about that.
        at: When, by the device's clock.
        hash: Its hash, whole.
        delivery: How far it has travelled.
    """

    sequence: int
    about: str
    status: ConsentStatus
    at: datetime
    hash: str
    delivery: Delivery


@dataclass(frozen=True)
class EndpointLine:
    """An event as the endpoint has it: whose, its number, its hash; ``body`` is kept or erased."""

    subject: str
    sequence: int
    hash: str
    body: str


class GateAnswer(StrEnum):
    """What the gate says about a purpose."""

    PERMITTED = "permitted"
    NOT_PERMITTED = "not-permitted"


@dataclass(frozen=True)
class GateLine:
    """The gate's answer about a purpose, and the rule it stands on."""

    purpose: str
    answer: GateAnswer
    rule: str


@dataclass(frozen=True)
class ConsoleView:
    """Everything the console shows.

    Attributes:
        scenarios: Name and title of each.
        chosen: Name of the one that is played.
        about: What it shows.
        steps: Of it, in order.
        state: What the player does.
        difference: What was not as it should be, if a step diverged; for whoever mends it.
        ledger: The record of the device in hand, the newest event first.
        waiting: How many events wait to be sent.
        calls: How many requests the device has made.
        endpoint: What has arrived, the newest first.
        gate: Its answers, those with a record first.
        now: By the device's clock.
        device: Which is in hand.
        network: What it is connected to.
        system: What its system answers; None lets the person answer the system's dialog.
        locale: Language of app and console.
        brightness: Of the app.
        text_size: Of the app.
        size: Of the phone.
        orientation: How it is held.
    """

    scenarios: tuple[tuple[str, str], ...]
    chosen: str
    about: str
    steps: tuple[StepLine, ...]
    state: PlayerState
    now: datetime
    difference: str = ""
    ledger: tuple[LedgerLine, ...] = ()
    waiting: int = 0
    calls: int = 0
    endpoint: tuple[EndpointLine, ...] = ()
    gate: tuple[GateLine, ...] = ()
    device: DeviceName = DeviceName.FIRST
    network: NetworkCondition = NetworkCondition.ONLINE
    system: SystemStatus | None = None
    locale: str = "zh_Hans"
    brightness: Brightness = Brightness.SYSTEM
    text_size: TextSize = TextSize.STANDARD
    size: PhoneSize = PhoneSize.COMMON
    orientation: Orientation = Orientation.UPRIGHT
