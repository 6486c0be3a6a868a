"""One gesture, one use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from components.consent.clock import ManualClock
from components.consent.gate import Gate, NotPermitted
from components.consent.permissions import SystemStatus
from components.consent.uses import GESTURE_HOLDS_MS
from components.policy.pack import Pack, PermissionUse

from .someone import GESTURE, Someone

USED_UP = pytest.raises(NotPermitted, match="Each gesture allows one use")


@pytest.fixture
def located(someone: Someone) -> Someone:
    someone.accept_notice()
    someone.give("nearby-cinema")
    someone.choices.mirror("location", SystemStatus.GRANTED, gesture=GESTURE)
    someone.gate.free_for_one_use("location")
    return someone


def test_r077_a_gesture_allows_one_fix(located: Someone) -> None:
    located.gate.use("nearby-cinema", "location")
    with USED_UP:
        located.gate.use("nearby-cinema", "location")
    located.gate.free_for_one_use("location")
    located.gate.use("nearby-cinema", "location")


def test_r077_gestures_are_not_saved_up(located: Someone) -> None:
    for _ in range(3):
        located.gate.free_for_one_use("location")
    located.gate.use("nearby-cinema", "location")
    with USED_UP:
        located.gate.use("nearby-cinema", "location")


def test_r077_a_gesture_does_not_hold_for_long(located: Someone, clock: ManualClock) -> None:
    assert GESTURE_HOLDS_MS == 300_000
    # However long the device runs already.
    clock.advance(timedelta(days=1))
    located.gate.free_for_one_use("location")
    clock.advance(timedelta(milliseconds=GESTURE_HOLDS_MS))
    located.gate.require("nearby-cinema", "location")
    clock.advance(timedelta(milliseconds=1))
    with USED_UP:
        located.gate.require("nearby-cinema", "location")


def test_r077_a_restart_frees_nothing(located: Someone) -> None:
    with USED_UP:
        Gate(located.pack, located.record, located.clock).require("nearby-cinema", "location")


def test_a_purpose_without_a_permission_is_used_as_often_as_wanted(located: Someone) -> None:
    for _ in range(2):
        located.gate.use("nearby-cinema")
    located.gate.use("nearby-cinema", "location")


def test_looking_uses_nothing_up(located: Someone) -> None:
    for _ in range(2):
        located.gate.require("nearby-cinema", "location")
    located.gate.use("nearby-cinema", "location")


def test_r015_what_is_refused_uses_nothing_up(located: Someone) -> None:
    with pytest.raises(NotPermitted, match="may not use"):
        located.gate.use("ticket-order", "location")
    located.gate.use("nearby-cinema", "location")


def test_a_gesture_does_not_stand_in_for_a_consent(located: Someone) -> None:
    located.withdraw("nearby-cinema")
    located.gate.free_for_one_use("location")
    with pytest.raises(NotPermitted, match="It was declined"):
        located.gate.use("nearby-cinema", "location")


def test_what_the_pack_does_not_limit_is_not_counted(located: Someone, pack: Pack) -> None:
    free = replace(pack.permissions["location"], use=PermissionUse.WHILE_GRANTED)
    lenient = replace(pack, permissions={**pack.permissions, "location": free})
    gate = Gate(lenient, located.record, located.clock)
    for _ in range(3):
        gate.use("nearby-cinema", "location")


def test_a_picker_can_be_limited_too(someone: Someone, pack: Pack) -> None:
    once = replace(pack.permissions["photo-picker"], use=PermissionUse.ONCE_PER_GESTURE)
    strict = replace(pack, permissions={**pack.permissions, "photo-picker": once})
    gate = Gate(strict, someone.record, someone.clock)
    someone.accept_notice()
    someone.give("avatar-upload")
    with USED_UP:
        gate.use("avatar-upload", "photo-picker")
    gate.free_for_one_use("photo-picker")
    gate.use("avatar-upload", "photo-picker")
