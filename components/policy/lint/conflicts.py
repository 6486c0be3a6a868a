"""Rules on promises that contradict each other: text against text, text against declarations."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import Localised, Purpose, Recipient
from .model import Level, Place, Problem, rule
from .subject import Layer, Passage, Subject
from .words import Words, language_of, shortened

_LOCATION_TERMS = {
    "Location",
    "CurrentLocation",
    "GPSCoordinate",
    "Whereabouts",
    "TravelHistory",
    "LocationHistory",
}
_PERSONAL_TERMS = (
    "ServicePersonalisation",
    "ProvidePersonalisedRecommendations",
    "PersonalisedAdvertising",
    "TargetedAdvertising",
    "Profiling",
)
_LOCATION = Words("位置|定位|经纬度|行踪", r"\blocation\b|\bposition\b|where you are|latitude")
_EXCLUSIVE = Words(
    "(只|仅)(会|能|供|在[^。；，]{0,8})?(用[来于作]|为了?|找|查找|计?算|作)|不(作|用于|会用于|用作)[^。；]{0,4}(别的|其他|其它)(用途|目的)",
    r"\bonly\b[^.;]{0,24}\b(find|finds|use|used|for|to|serve|serves|work|works)\b|"
    r"\b(used|serves|needed)\b[^.;]{0,24}\bonly\b|nothing else|no other purpose",
)
_SELF_START = Words("自启动|关联启动", r"self-?start|auto-?start|start(s)? itself")
_NECESSARY = Words("必要|必需|必须|不可缺少", r"\b(necessary|required|essential|needed)\b")
_NEGATED = Words("不是|并非|非必|不(必|需)|没有必要", r"\bnot\b|\bun(necessary)|\boff by default")
_NEVER_STARTS = Words("不会[^。；]{0,8}(自启动|关联启动)", r"(nothing|not|never)[^.;]{0,30}start")
_FOR_EVERYONE = Words(
    "不是定向|非定向|不(按|依据|根据)您?的?[^。；]{0,8}(信息|记录|喜好)|人?看到的都一样|不做个性化",
    r"\bnot targeted|non-targeted|everyone sees the same|the same for everyone|"
    r"not (chosen|based|picked)[^.;]{0,12}\byour\b",
)


def _names_location(localised: Localised) -> bool:
    return any(
        _LOCATION.find(text, language) is not None
        for locale, text in localised.items()
        if (language := language_of(locale)) is not None
    )


def _uses_location(subject: Subject, purpose: Purpose) -> bool:
    for id_ in purpose.data:
        category = subject.pack.data_categories[id_]
        terms = {term.partition(":")[2] for term in category.dpv}
        if terms & _LOCATION_TERMS or _names_location(category.name):
            return True
    return False


def _main_clause(subject: Subject, place: Place, locale: str) -> str:
    """The clause that a clause, card or prompt is about."""
    texts = subject.pack.texts_for(locale)
    for card in texts.summary:
        if place.file.endswith("summary.md") and card.id == place.entry:
            return card.clauses[0]
    if place.file.endswith("prompts.md") and place.entry in texts.prompts:
        return texts.prompts[place.entry].clauses[0]
    return place.entry


def _promises(subject: Subject) -> Iterator[tuple[Place, str, str, str]]:
    """Where location is promised to one use: place, locale, the promise, all words around it."""
    units: dict[Place, list[Passage]] = {}
    for passage in subject.passages(Layer.POLICY, Layer.SUMMARY, Layer.SURFACE):
        units.setdefault(passage.place, []).append(passage)
    for place, passages in units.items():
        whole = "\n".join(passage.text for passage in passages).casefold()
        for passage in passages:
            for sentence in passage.sentences:
                about = _LOCATION.find(sentence, passage.language)
                if about and _EXCLUSIVE.find(sentence, passage.language):
                    yield place, passage.locale, sentence, whole


@rule(
    "location-promise-conflict",
    Level.ERROR,
    source="PIPL arts. 6, 7; 网络数据安全管理条例 art. 22(4)",
    requirements=("R-015", "R-083"),
)
def location_promise_conflict(subject: Subject) -> Iterator[Problem]:
    """A promise that location serves only one thing is true of every purpose and recipient."""
    using = [p for p in subject.pack.purposes.values() if _uses_location(subject, p)]
    known = {purpose.id for purpose in using}
    elsewhere = [
        recipient
        for recipient in subject.pack.recipients.values()
        if any(_names_location(data.fields) for data in recipient.data)
        and not known & set(recipient.purposes)
    ]
    for place, locale, promise, whole in _promises(subject):
        clause = _main_clause(subject, place, locale)
        about = [purpose for purpose in using if purpose.clauses[:1] == (clause,)]
        others: list[Purpose | Recipient] = [p for p in using if p not in about]
        if not about and len(using) == 1:
            others = []
        for other in (*others, *elsewhere):
            # What the same clause or card names itself is no secret.
            if other.name[locale].casefold() not in whole:
                yield Problem(
                    place,
                    f"“{shortened(promise)}”, but {other.id!r} uses location too",
                    f"name “{other.name[locale]}” beside the promise, or give up one of the two",
                )


@rule(
    "self-start-conflict",
    Level.ERROR,
    source="PIPL arts. 7, 16; 工信部信管函〔2020〕164号",
    requirements=("R-075", "R-083"),
)
def self_start_conflict(subject: Subject) -> Iterator[Problem]:
    """Self-start is not called necessary where it can be switched off or is denied."""
    optional = any(
        "RECEIVE_BOOT_COMPLETED" in permission.android
        and subject.pack.purposes[permission.purpose].asks_consent
        for permission in subject.pack.permissions.values()
        if permission.purpose is not None
    )
    passages = [p for p in subject.passages(Layer.POLICY) if _SELF_START.find(p.text, p.language)]
    denied = any(_NEVER_STARTS.find(p.text, p.language) for p in passages)
    if not optional and not denied:
        return
    for passage in passages:
        for sentence in passage.sentences:
            language = passage.language
            if (
                _SELF_START.find(sentence, language)
                and _NECESSARY.find(sentence, language)
                and not _NEGATED.find(sentence, language)
            ):
                yield Problem(
                    passage.place,
                    f"self-start is called necessary, elsewhere a choice: “{shortened(sentence)}”",
                    "call it optional, as the pack has it",
                )


@rule(
    "recommendation-conflict",
    Level.ERROR,
    source="PIPL arts. 7, 24(2)",
    requirements=("R-040", "R-083"),
)
def recommendation_conflict(subject: Subject) -> Iterator[Problem]:
    """Recommendations that are called the same for everybody use nobody's data."""
    for purpose in subject.pack.purposes.values():
        personal = any(term.partition(":")[2] in _PERSONAL_TERMS for term in purpose.dpv)
        text = subject.clauses_text(purpose.clauses[:1])
        if text and subject.finds(_FOR_EVERYONE, text) and (purpose.data or personal):
            yield Problem(
                subject.entry("purposes", purpose.id, "data"),
                f"the clause of {purpose.id!r} says the same for everybody, the pack profiles",
                "take data and personalisation from the purpose, or the promise from the clause",
            )


@rule(
    "personalised-without-switch",
    Level.ERROR,
    source="PIPL art. 24(2); 电子商务法 art. 18; GDPR art. 21(2)",
    requirements=("R-040",),
)
def personalised_without_switch(subject: Subject) -> Iterator[Problem]:
    """Personalised content and advertising can be switched off."""
    terms = (*_PERSONAL_TERMS, "Advertising", "DirectMarketing", "Marketing")
    for purpose in subject.purposes_with(*terms):
        if not purpose.asks_consent:
            yield Problem(
                subject.entry("purposes", purpose.id, "consent"),
                f"{purpose.id!r} personalises or advertises and has no switch",
                'make it additional, with consent = "ordinary"',
            )
            continue
        text = subject.clauses_text(purpose.clauses)
        if text and not subject.finds(_OFF, text):
            yield Problem(
                subject.entry("purposes", purpose.id, "clauses"),
                f"no clause of {purpose.id!r} says that it can be switched off",
                "say how it is switched off",
            )


_OFF = Words(
    "关闭|不打开|开关|退订|拒绝|撤回|单独同意|先同意|由您决定|默认",
    r"off|switch|opt[- ]?out|refuse|unsubscribe|withdraw|up to you|consent",
)
