"""The pretended operating system."""

from __future__ import annotations

import pytest

from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.policy.pack import Pack, Permission

pytestmark = pytest.mark.anyio


@pytest.fixture
def location(pack: Pack) -> Permission:
    return pack.permissions["location"]


@pytest.fixture
def album(pack: Pack) -> Permission:
    return pack.permissions["album"]


async def test_nothing_is_granted_at_first_and_looking_asks_nobody(location: Permission) -> None:
    system = SimulatedPermissions({"location": SystemStatus.GRANTED})
    assert await system.status(location) is SystemStatus.NOT_GRANTED
    assert system.requests == []


@pytest.mark.parametrize("answer", SystemStatus)
async def test_it_answers_as_told(location: Permission, answer: SystemStatus) -> None:
    system = SimulatedPermissions({"location": answer})
    assert await system.request(location) is answer
    assert await system.status(location) is answer
    assert system.requests == ["location"]


@pytest.mark.parametrize("held", [it for it in SystemStatus if it != "not-granted"])
async def test_it_does_not_ask_about_what_is_settled(
    location: Permission, held: SystemStatus
) -> None:
    system = SimulatedPermissions({"location": SystemStatus.GRANTED})
    system.set_status("location", held)
    assert await system.request(location) is held
    assert system.requests == []


async def test_it_asks_again_as_long_as_it_may(location: Permission, album: Permission) -> None:
    system = SimulatedPermissions()
    assert await system.request(location) is SystemStatus.NOT_GRANTED
    assert await system.request(location) is SystemStatus.NOT_GRANTED
    assert await system.request(album) is SystemStatus.NOT_GRANTED
    assert system.requests == ["location", "location", "album"]


async def test_a_dialog_answers_where_nothing_is_told(
    location: Permission, album: Permission
) -> None:
    shown: list[str] = []

    async def dialog(permission: Permission) -> SystemStatus:
        shown.append(permission.id)
        return SystemStatus.DENIED_FOR_GOOD

    system = SimulatedPermissions({"album": SystemStatus.GRANTED}, dialog)
    assert await system.request(location) is SystemStatus.DENIED_FOR_GOOD
    assert await system.request(album) is SystemStatus.GRANTED
    assert await system.status(location) is SystemStatus.DENIED_FOR_GOOD
    assert shown == ["location"]


async def test_the_settings_change_one_permission_only(
    location: Permission, album: Permission
) -> None:
    system = SimulatedPermissions()
    system.set_status("location", SystemStatus.GRANTED)
    assert await system.status(location) is SystemStatus.GRANTED
    assert await system.status(album) is SystemStatus.NOT_GRANTED
    system.set_status("location", SystemStatus.NOT_GRANTED)
    assert await system.status(location) is SystemStatus.NOT_GRANTED


async def test_it_has_no_settings_to_open() -> None:
    assert await SimulatedPermissions().open_settings() is False
