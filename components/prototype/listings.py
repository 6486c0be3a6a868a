"""The prototype's films, cities and cinemas. All are invented; the coordinates are not places."""

from __future__ import annotations

import math
from dataclasses import dataclass

_EARTH_RADIUS_METRES = 6_371_000.0


@dataclass(frozen=True)
class Coordinates:
    """A place on earth, in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def distance_to(self, other: Coordinates) -> float:
        """Metres along the great circle (haversine formula)."""
        a, b = math.radians(self.latitude), math.radians(other.latitude)
        across = math.radians(other.longitude - self.longitude)
        chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
        return 2 * _EARTH_RADIUS_METRES * math.asin(math.sqrt(chord))


@dataclass(frozen=True)
class Film:
    """A film. ``title`` and ``genre`` by locale; ``minutes`` is its length."""

    id: str
    title: dict[str, str]
    genre: dict[str, str]
    minutes: int
    icon: str


@dataclass(frozen=True)
class Cinema:
    """A cinema in a city."""

    id: str
    city: str
    name: dict[str, str]
    place: Coordinates


FILMS = (
    Film(
        "lighthouse",
        {"zh_Hans": "灯塔以北", "en": "North of the Lighthouse"},
        {"zh_Hans": "剧情", "en": "Drama"},
        118,
        "lightbulb_outline",
    ),
    Film(
        "tea",
        {"zh_Hans": "一壶春茶", "en": "A Pot of Spring Tea"},
        {"zh_Hans": "家庭", "en": "Family"},
        102,
        "emoji_food_beverage",
    ),
    Film(
        "train",
        {"zh_Hans": "末班绿皮车", "en": "The Last Green Train"},
        {"zh_Hans": "悬疑", "en": "Mystery"},
        126,
        "train",
    ),
    Film(
        "whale",
        {"zh_Hans": "小鲸去看海", "en": "Little Whale Goes to Sea"},
        {"zh_Hans": "动画", "en": "Animation"},
        89,
        "waves",
    ),
)

CITIES = {
    "beijing": {"zh_Hans": "北京", "en": "Beijing"},
    "shanghai": {"zh_Hans": "上海", "en": "Shanghai"},
    "chengdu": {"zh_Hans": "成都", "en": "Chengdu"},
}

CINEMAS = (
    Cinema(
        "drum",
        "beijing",
        {"zh_Hans": "鼓楼影院", "en": "Drum Tower Cinema"},
        Coordinates(39.940, 116.393),
    ),
    Cinema(
        "lotus",
        "beijing",
        {"zh_Hans": "莲花桥影城", "en": "Lotus Bridge Pictures"},
        Coordinates(39.897, 116.312),
    ),
    Cinema(
        "east",
        "beijing",
        {"zh_Hans": "东坝星光影城", "en": "Dongba Starlight"},
        Coordinates(39.962, 116.551),
    ),
    Cinema(
        "river",
        "shanghai",
        {"zh_Hans": "江畔影院", "en": "Riverside Cinema"},
        Coordinates(31.239, 121.499),
    ),
    Cinema(
        "lane",
        "shanghai",
        {"zh_Hans": "里弄放映厅", "en": "Lane House Screens"},
        Coordinates(31.214, 121.446),
    ),
    Cinema(
        "bamboo",
        "chengdu",
        {"zh_Hans": "竹影剧场", "en": "Bamboo Shadow Theatre"},
        Coordinates(30.661, 104.062),
    ),
)


def words(text: dict[str, str], locale: str) -> str:
    """A listing's text in a language, in Chinese where there is no translation."""
    return text.get(locale, text["zh_Hans"])


def cinemas_in(city: str) -> list[Cinema]:
    """The cinemas of a city, in the listing's order."""
    return [cinema for cinema in CINEMAS if cinema.city == city]


def by_distance(place: Coordinates) -> list[tuple[Cinema, float]]:
    """Every cinema with its distance in metres, nearest first."""
    return sorted(
        ((cinema, place.distance_to(cinema.place)) for cinema in CINEMAS), key=lambda pair: pair[1]
    )
