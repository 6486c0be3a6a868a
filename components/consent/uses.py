"""The purpose lock: may a purpose use a permission right now? And one use for one gesture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .clock import Clock
from .rules import Rule
from .standing import Standing

GESTURE_HOLDS_MS = 5 * 60 * 1000
"""A gesture allows a use for so many milliseconds: what is not used at once is not saved up."""


class Use(StrEnum):
    """Whether a use may go on."""

    ALLOWED = "allowed"
    REFUSED = "refused"


class Means(StrEnum):
    """What a use takes beside its purpose.

    ``NONE``: nothing, or a permission that the system never asks about. ``FOREIGN``: a permission
    that is not declared for this purpose. ``GRANTED``, ``NOT_GRANTED``: one that the system does
    ask about.
    """

    NONE = "none"
    FOREIGN = "foreign"
    GRANTED = "granted"
    NOT_GRANTED = "not-granted"


class GestureUse(StrEnum):
    """``NOT_COUNTED``: it may be used at any time. ``ONE_LEFT``, ``NONE_LEFT``: once a gesture."""

    NOT_COUNTED = "not-counted"
    ONE_LEFT = "one-left"
    NONE_LEFT = "none-left"


@dataclass(frozen=True)
class UseSituation:
    """The facts about one use."""

    standing: Standing
    means: Means
    gesture: GestureUse


USE_RULES: tuple[Rule[Use], ...] = (
    Rule(
        "purpose-first",
        Use.REFUSED,
        "The purpose is not permitted.",
        "网络数据安全管理条例 art. 22(4); R-015",
        {"standing": tuple(it for it in Standing if it is not Standing.PERMITTED)},
    ),
    Rule(
        "not-its-permission",
        Use.REFUSED,
        "The purpose may not use that permission.",
        "网络数据安全管理条例 art. 22(4); R-015",
        {"means": (Means.FOREIGN,)},
    ),
    Rule(
        "one-gesture-one-use",
        Use.REFUSED,
        "Each gesture allows one use; this needs a new one.",
        "PIPL art. 6; R-077",
        {"means": (Means.NONE, Means.GRANTED), "gesture": (GestureUse.NONE_LEFT,)},
    ),
    Rule(
        "allowed",
        Use.ALLOWED,
        "The purpose is permitted, and so is what it uses.",
        "R-015",
        {"means": (Means.NONE, Means.GRANTED)},
    ),
    Rule("not-granted", Use.REFUSED, "The permission is not granted.", "R-001, R-073"),
)
"""Whether a purpose may be acted on now, with or without a permission."""


class GestureUses:
    """Which permissions a gesture has freed for one use. Kept in memory: a restart frees none.

    Args:
        clock: The gesture's age is taken from the clock that is never set back.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._freed_at_ms: dict[str, int] = {}

    def free(self, permission_id: str) -> None:
        """Allow one use; a use that an earlier gesture left over is not added to it."""
        self._freed_at_ms[permission_id] = self._clock.monotonic_ms()

    def is_free(self, permission_id: str) -> bool:
        """Whether a use is left."""
        freed_at = self._freed_at_ms.get(permission_id)
        return freed_at is not None and (self._clock.monotonic_ms() - freed_at <= GESTURE_HOLDS_MS)

    def take(self, permission_id: str) -> None:
        """Use it up."""
        self._freed_at_ms.pop(permission_id, None)
