"""The prototype's cinemas: of a city, or by distance."""

from .city import CityPage
from .live import City

__all__ = ["City", "CityPage"]
