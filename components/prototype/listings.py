"""The prototype's films, cities and cinemas. All are invented; the coordinates are not places."""

from __future__ import annotations

import math
from dataclasses import dataclass

_EARTH_RADIUS_METRES = 6_371_000.0

Words = dict[str, str]
"""A text by locale; ``zh_Hans`` is always there."""


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
    """A film. ``title``, ``genre`` and ``synopsis`` by locale; ``minutes`` is its length."""

    id: str
    title: Words
    genre: Words
    minutes: int
    synopsis: Words


@dataclass(frozen=True)
class Cinema:
    """A cinema in a city, with the invented street it is in."""

    id: str
    city: str
    name: Words
    street: Words
    place: Coordinates


def _in(zh_hans: str, zh_hant: str, en: str, ar: str) -> Words:
    return {"zh_Hans": zh_hans, "zh_Hant": zh_hant, "en": en, "ar": ar}


FILMS = (
    Film(
        "lighthouse",
        _in("灯塔以北", "燈塔以北", "North of the Lighthouse", "شمال المنارة"),
        _in("剧情", "劇情", "Drama", "دراما"),
        118,
        _in(
            "守了四十年灯塔的老人收到一封迟到的信，沿着海岸线向北，去找写信的人。",
            "守了四十年燈塔的老人收到一封遲來的信，沿著海岸線往北走，去找寫信的人。",
            "After forty years of tending the light, an old keeper gets a letter that is decades"
            " late, and walks the coast north to find who wrote it.",
            "بعد أربعين عامًا في خدمة المنارة، تصل الحارس العجوز رسالة متأخرة، فيسير على الساحل"
            " شمالًا بحثًا عن كاتبها.",
        ),
    ),
    Film(
        "tea",
        _in("一壶春茶", "一壺春茶", "A Pot of Spring Tea", "إبريق من شاي الربيع"),
        _in("家庭", "家庭", "Family", "عائلي"),
        102,
        _in(
            "三代人回到山里采最后一季春茶。茶只泡一壶，有些话终于说出了口。",
            "三代人回到山裡採最後一季春茶。茶只泡一壺，有些話終於說出口了。",
            "Three generations go back to the hills for one last spring harvest. There is one pot"
            " of tea, and time at last to say what was not said.",
            "ثلاثة أجيال تعود إلى التلال لقطف آخر محصول ربيعي؛ إبريق واحد من الشاي ووقت لقول ما لم"
            " يُقَل.",
        ),
    ),
    Film(
        "train",
        _in("末班绿皮车", "末班綠皮車", "The Last Green Train", "القطار الأخضر الأخير"),
        _in("悬疑", "懸疑", "Mystery", "غموض"),
        126,
        _in(
            "末班车少了一位乘客，多了一只箱子。天亮进站之前，列车员要弄明白谁在说谎。",
            "末班車少了一名乘客，多了一只箱子。天亮進站之前，列車員得弄清楚誰在說謊。",
            "One passenger too few, one suitcase too many. The conductor has until dawn to find out"
            " who on the night train is lying.",
            "راكب ناقص وحقيبة زائدة. أمام المفتش حتى الفجر ليعرف من يكذب في قطار الليل.",
        ),
    ),
    Film(
        "whale",
        _in("小鲸去看海", "小鯨去看海", "Little Whale Goes to Sea", "الحوت الصغير يذهب إلى البحر"),
        _in("动画", "動畫", "Animation", "رسوم متحركة"),
        89,
        _in(
            "水族馆里长大的小鲸听说海没有尽头，决定自己去看一看。",
            "在水族館長大的小鯨聽說大海沒有盡頭，決定自己去看一看。",
            "A whale raised in an aquarium hears that the sea has no end, and sets out to see for"
            " herself.",
            "حوت صغير نشأ في حوض مائي يسمع أن البحر بلا نهاية، فيقرر أن يرى بنفسه.",
        ),
    ),
    Film(
        "orbit",
        _in("归途轨道", "歸途軌道", "The Long Way Home", "الطريق الطويل إلى البيت"),
        _in("科幻", "科幻", "Science fiction", "خيال علمي"),
        134,
        _in(
            "补给船错过了返航窗口，六名船员要在轨道上再等一年，才能回家。",
            "補給船錯過了返航時機，六名船員得在軌道上再等一年才能回家。",
            "A supply ship misses its window. Six people will circle one more year before they can"
            " come home.",
            "سفينة إمداد تفوّت موعد العودة، فيدور طاقمها الستة عامًا آخر قبل أن يعودوا.",
        ),
    ),
    Film(
        "kite",
        _in("风筝巷", "風箏巷", "Kite Lane", "زقاق الطائرات الورقية"),
        _in("喜剧", "喜劇", "Comedy", "كوميديا"),
        97,
        _in(
            "巷子里最后一家风筝铺要关门，街坊们想出一个谁也没料到的办法。",
            "巷子裡最後一家風箏店要收了，街坊想出一個誰也沒料到的辦法。",
            "The last kite shop in the lane is closing, and the neighbours come up with a plan"
            " nobody saw coming.",
            "آخر متجر للطائرات الورقية على وشك الإغلاق، والجيران لديهم خطة لم تخطر على بال أحد.",
        ),
    ),
)

CITIES = {
    "beijing": _in("北京", "北京", "Beijing", "بكين"),
    "shanghai": _in("上海", "上海", "Shanghai", "شنغهاي"),
    "chengdu": _in("成都", "成都", "Chengdu", "تشنغدو"),
}

CINEMAS = (
    Cinema(
        "drum",
        "beijing",
        _in("鼓楼影院", "鼓樓影院", "Drum Tower Cinema", "سينما برج الطبل"),
        _in("槐荫街12号", "槐蔭街12號", "12 Huaiyin Street", "شارع هوايين 12"),
        Coordinates(39.940, 116.393),
    ),
    Cinema(
        "lotus",
        "beijing",
        _in("莲花桥影城", "蓮花橋影城", "Lotus Bridge Pictures", "سينما جسر اللوتس"),
        _in("莲桥西路3号", "蓮橋西路3號", "3 Lianqiao West Road", "طريق ليانتشياو الغربي 3"),
        Coordinates(39.897, 116.312),
    ),
    Cinema(
        "east",
        "beijing",
        _in("东坝星光影城", "東壩星光影城", "Dongba Starlight", "ضوء النجوم دونغبا"),
        _in("星光里88号", "星光里88號", "88 Xingguang Lane", "زقاق شينغقوانغ 88"),
        Coordinates(39.962, 116.551),
    ),
    Cinema(
        "river",
        "shanghai",
        _in("江畔影院", "江畔影院", "Riverside Cinema", "سينما ضفة النهر"),
        _in("望江路21号", "望江路21號", "21 Wangjiang Road", "طريق وانغجيانغ 21"),
        Coordinates(31.239, 121.499),
    ),
    Cinema(
        "lane",
        "shanghai",
        _in("里弄放映厅", "里弄放映廳", "Lane House Screens", "شاشات بيت الزقاق"),
        _in("安和里6号", "安和里6號", "6 Anhe Lane", "زقاق آنخه 6"),
        Coordinates(31.214, 121.446),
    ),
    Cinema(
        "bamboo",
        "chengdu",
        _in("竹影剧场", "竹影劇場", "Bamboo Shadow Theatre", "مسرح ظل الخيزران"),
        _in("竹林巷9号", "竹林巷9號", "9 Zhulin Lane", "زقاق تشولين 9"),
        Coordinates(30.661, 104.062),
    ),
)


def words(text: Words, locale: str) -> str:
    """A listing's text in a language, in Chinese where there is no translation."""
    return text.get(locale, text["zh_Hans"])


def film(film_id: str) -> Film:
    """The film with an id. Raises KeyError if there is none."""
    return {it.id: it for it in FILMS}[film_id]


def cinema(cinema_id: str) -> Cinema:
    """The cinema with an id. Raises KeyError if there is none."""
    return {it.id: it for it in CINEMAS}[cinema_id]


def films_matching(query: str, locale: str) -> list[Film]:
    """The films whose title or genre has the query in it, in any language that is listed.

    The search runs where the app runs; what is looked for is neither kept nor sent.
    """
    wanted = query.strip().casefold()
    return [
        it
        for it in FILMS
        if any(wanted in text.casefold() for text in (*it.title.values(), words(it.genre, locale)))
    ]


def cinemas_in(city: str) -> list[Cinema]:
    """The cinemas of a city, in the listing's order."""
    return [it for it in CINEMAS if it.city == city]


def by_distance(place: Coordinates) -> list[tuple[Cinema, float]]:
    """Every cinema with its distance in metres, nearest first."""
    return sorted(((it, place.distance_to(it.place)) for it in CINEMAS), key=lambda pair: pair[1])
