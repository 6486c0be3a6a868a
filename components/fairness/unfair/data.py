"""What is no screen: ways, happenings and texts, fair ones and what can be wrong with each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..happenings import Event, Happening, Trace
from ..ways import Place, ScreenGraph, Step, Via
from ..words_shown import Change, Clause, Layer, Statement, Texts
from .words import WORDS

_BOTH = frozenset({"location", "statistics"})


def fair_graph(locale: str) -> ScreenGraph:
    """One tap to agree or to refuse, two to withdraw, one to the policy."""
    say = WORDS[locale]
    asked = "\n".join([say["title"], say["body"], say["more"]])
    places = (
        Place("question", asked),
        Place("main", say["main"], usable=True),
        Place("settings", say["settings"]),
        Place("policy", say["filler"], policy=True),
        Place("goodbye", exits=True),
    )
    steps = [
        Step("question", "main", say["accept"], grants=_BOTH),
        Step("question", "main", say["refuse"], refuses=_BOTH),
        Step("question", "question", via=Via.BACK),
        Step("main", "settings", say["settings"]),
        Step("main", "policy", say["policy"]),
        *(Step("settings", "settings", say[it], withdraws=frozenset({it})) for it in sorted(_BOTH)),
    ]
    return ScreenGraph(places, tuple(steps), "question", "main", locale)


def refusing_is_further(locale: str) -> ScreenGraph:
    """CS-05: refusing takes a second surface."""
    graph = fair_graph(locale)
    steps = [it for it in graph.steps if not it.refuses]
    steps += [
        Step("question", "settings", WORDS[locale]["settings"]),
        Step("settings", "main", WORDS[locale]["refuse_all"], refuses=_BOTH),
    ]
    return replace(graph, steps=tuple(steps))


def refusing_ends_the_app(locale: str) -> ScreenGraph:
    """CS-10: a refusal closes the app."""
    graph = fair_graph(locale)
    steps = (replace(it, goal="goodbye") if it.refuses else it for it in graph.steps)
    return replace(graph, steps=tuple(steps))


def leaving_agrees(locale: str) -> ScreenGraph:
    """CS-13: going back agrees."""
    graph = fair_graph(locale)
    steps = (
        replace(it, goal="main", grants=_BOTH) if it.via is Via.BACK else it for it in graph.steps
    )
    return replace(graph, steps=tuple(steps))


def withdrawing_is_far(locale: str) -> ScreenGraph:
    """CS-14: the withdrawal lies four surfaces deep."""
    graph = fair_graph(locale)
    places = (*graph.places, *(Place(f"deep{number}") for number in range(3)))
    steps = [it for it in graph.steps if it.start != "settings"]
    chain = ["settings", "deep0", "deep1", "deep2"]
    steps += [Step(one, other, "→") for one, other in itertools.pairwise(chain)]
    steps.append(Step("deep2", "deep2", WORDS[locale]["refuse_all"], withdraws=_BOTH))
    return replace(graph, places=places, steps=tuple(steps))


def policy_is_lost(locale: str) -> ScreenGraph:
    """CS-15: nothing leads to the policy."""
    graph = fair_graph(locale)
    return replace(graph, steps=tuple(it for it in graph.steps if it.goal != "policy"))


FAIR_TRACE = Trace(
    (
        Event(2, Happening.ASKED, "notice", blocking=True),
        Event(2, Happening.BEGAN, "notice"),
        Event(9, Happening.GRANTED, "notice"),
        Event(40, Happening.ASKED, "location", by_person=True, explained=True),
        Event(40, Happening.BEGAN, "location"),
        Event(52, Happening.GRANTED, "location"),
        Event(53, Happening.REQUESTED, "location", by_person=True, explained=True),
        Event(55, Happening.COLLECTED, "location"),
        Event(60, Happening.ASKED, "statistics", by_person=True),
        Event(66, Happening.REFUSED, "statistics"),
        Event(90, Happening.BEGAN, "location"),
        Event(99, Happening.WITHDRAWN, "location"),
        Event(
            4000, Happening.UPDATED, session=2,
            before={"notice": "granted", "statistics": "refused"},
            after={"notice": "granted", "statistics": "refused", "album": "refused"},
        ),
    )
)  # fmt: skip
"""A person meets a notice, agrees to location at the feature, refuses statistics, withdraws."""


def _with(*events: Event) -> Trace:
    return Trace((*FAIR_TRACE.events, *events))


TRACES = {
    "CS-11": _with(Event(4100, Happening.ASKED, "statistics", session=2)),
    "CS-13": _with(Event(4100, Happening.GRANTED, "album", session=2, via=Via.SWIPE)),
    "CS-14": _with(
        Event(5000, Happening.BEGAN, "album"),
        Event(5004, Happening.GRANTED, "album"),
        Event(5100, Happening.BEGAN, "album"),
        Event(5190, Happening.WITHDRAWN, "album"),
    ),
    "CS-16": Trace((Event(0.1, Happening.COLLECTED, "device-id"), *FAIR_TRACE.events)),
    "CS-17": _with(
        Event(4100, Happening.GRANTED, "album", session=2),
        Event(4101, Happening.REQUESTED, "album", session=2),
    ),
    "CS-19": _with(
        Event(9000, Happening.UPDATED, session=3, before={"statistics": "refused"},
              after={"statistics": "granted"})
    ),
    "CS-21": _with(
        Event(20, Happening.ASKED, "album", blocking=True),
        Event(21, Happening.ASKED, "messages", blocking=True),
    ),
}  # fmt: skip
"""A trace for each rule that it breaks."""


_CLAUSE = {
    "zh_Hans": (
        "打开附近影院时，我们读取您手机所在的位置。位置用来排出离您近的影院。排好以后，位置不保存。"
        "您可以随时关闭定位。关闭以后，您可以自己选择城市。买票和退票不受影响。"
        "我们把订单号交给影院，好让您取票。影院不会得到您的位置。账单保存三年，这是法律的要求。"
        "您可以查看账单，也可以请我们更正。注销账号以后，我们删除您的资料。"
        "有问题时，请写信给我们。我们在十五天内回信。孩子用这个应用，要先得到父母的同意。"
        "父母可以看到孩子的选择。我们换了做法，会先告诉您。您不同意新的做法，旧的选择还在。"
        "我们不把您的资料卖给任何人。服务器放在中国。资料在路上和在服务器上都加了锁。"
        "出了事故，我们在三天内告诉您。"
    ),
    "en": (
        "When you open Cinemas nearby, we read where your phone is. We use it to sort the cinemas. "
        "We do not keep it. You can turn it off at any time. Then you choose a city yourself. "
        "You can still buy tickets. We tell the cinema your order number. It does not get your "
        "place. We keep bills for three years. The law asks for that. You can see them, and you "
        "can ask us to correct them. Write to us with any question. We answer in fifteen days."
    ),
}
_QUESTION = {
    "zh_Hans": ("手机所在的位置", "排出离您近的影院", "不同意也可以自己选择城市"),
    "en": ("Where your phone is", "We sort cinemas by how near they are", "You choose a city then"),
}


def fair_texts(locale: str) -> Texts:
    """A short policy, a summary and a question that fit together."""
    say = WORDS[locale]
    text = _CLAUSE[locale]
    data, feature, refusing = _QUESTION[locale]
    mark = "位置" if locale == "zh_Hans" else "where your phone is"
    place = "位置" if locale == "zh_Hans" else "where your phone is"
    asked = f"{say['title']}\n{data}。\n{feature}。\n{refusing}。"
    return Texts(
        locale,
        (
            Statement("card.location", Layer.SUMMARY, say["body"], ("location",)),
            Statement(
                "ask.location", Layer.QUESTION, asked, ("location",), data, feature, refusing
            ),
        ),
        (Clause("location", text, "d1", (mark,)),),
        frozenset({"location"}),
        reviewed={"location": "d1"},
        sensitive=(place,),
        published=date(2026, 1, 1),
        effective=date(2026, 1, 8),
        change=Change(say["body"], frozenset({"location"}), frozenset({"location"})),
    )


def wrong_texts(rule: str, locale: str) -> tuple[Texts, ...]:
    """Texts that break one rule, in both locales."""
    both = [locale, "en" if locale == "zh_Hans" else "zh_Hans"]
    return _changed(rule, [fair_texts(it) for it in both])


def _changed(rule: str, texts: Sequence[Texts]) -> tuple[Texts, ...]:
    if rule == "LX-16":
        return (texts[0], replace(texts[1], purposes=frozenset({"location", "album"})))
    return tuple(_wrong(rule, it) for it in texts)


def _wrong(rule: str, texts: Texts) -> Texts:
    card, question = texts.statements
    (clause,) = texts.clauses
    zh = texts.language == "zh"
    match rule:
        case "CS-20":
            return replace(
                texts, change=Change("", frozenset({"location"}), frozenset({"location", "album"}))
            )
        case "LX-05":
            vague = WORDS[texts.locale]["vague"]
            return replace(texts, statements=(card, replace(question, feature=vague)))
        case "LX-06":
            return replace(texts, statements=(card, replace(question, refusing="")))
        case "LX-08" | "LX-09" | "LX-10":
            return replace(texts, clauses=(replace(clause, text=_run_on(clause.text, zh)),))
        case "LX-11":
            rare = "饕餮麒麟魑魅" if zh else ""
            return replace(texts, clauses=(replace(clause, text=clause.text + rare),))
        case "LX-12":
            return replace(texts, clauses=(replace(clause, text=_run_on(clause.text, zh)),))
        case "LX-14":
            return replace(texts, statements=(replace(card, text=card.text * 25), question))
        case "LX-15":
            return replace(texts, clauses=(replace(clause, digest="d2"),))
        case "LX-17":
            hedge = (
                "可能会有相关的其他情况，必要时适当处理。"
                if zh
                else (" We may, where necessary, use certain related data and the like.")
            )
            return replace(texts, clauses=(replace(clause, text=clause.text + hedge * 4),))
        case "LX-18":
            return replace(texts, clauses=(replace(clause, marked=()),))
        case "LX-19":
            return replace(texts, published=None)
        case _:
            raise KeyError(rule)


def _run_on(text: str, zh: bool) -> str:
    """All sentences as one, joined as law's prose joins them."""
    if zh:
        return text.replace("。", "并且同时应当及时").replace("，", "以及")
    return text.replace(". ", ", notwithstanding the aforementioned considerations, ")
