"""One fix of the device's position, coarse, when it may be taken and not otherwise."""

from __future__ import annotations

from typing import Protocol

from .listings import Coordinates

_COARSE_DECIMALS = 2
"""Two decimals of a degree are about a kilometre: enough to sort cinemas by distance."""


_MIDDLE_OF_BEIJING = Coordinates(39.91, 116.40)


class LocationSource(Protocol):
    """Where a fix comes from. Call it only inside ``kit.using("nearby-cinema", "location")``."""

    async def fix(self) -> Coordinates | None:
        """One coarse position; None if the device could not find any."""


class SimulatedLocation:
    """Always at the same place; for the desktop, the web demo, studies and tests."""

    def __init__(self, place: Coordinates = _MIDDLE_OF_BEIJING) -> None:
        self._place = place
        self.fixes = 0
        """How many fixes were taken."""

    async def fix(self) -> Coordinates:
        """The place it was made with, rounded."""
        self.fixes += 1
        return _coarse(self._place)


class DeviceLocation:
    """The device's own position through flet-geolocator."""

    async def fix(self) -> Coordinates | None:
        """One position with low accuracy, rounded before anything else sees it."""
        from flet_geolocator import (
            Geolocator,
            GeolocatorConfiguration,
            GeolocatorPositionAccuracy,
        )

        geolocator = Geolocator(
            configuration=GeolocatorConfiguration(accuracy=GeolocatorPositionAccuracy.LOW)
        )
        try:
            position = await geolocator.get_current_position()
        except RuntimeError:
            return None
        if position.latitude is None or position.longitude is None:
            return None
        return _coarse(Coordinates(position.latitude, position.longitude))


def _coarse(place: Coordinates) -> Coordinates:
    return Coordinates(
        round(place.latitude, _COARSE_DECIMALS), round(place.longitude, _COARSE_DECIMALS)
    )
