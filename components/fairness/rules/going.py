"""Rules on ways: how far it is to yes, to no, back again, and to the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..effort import decision, withdrawal
from ..happenings import Happening, Trace
from ..model import Problem, Rule, Spot, Unjudged
from ..subject import Subject
from ..ways import LEAVING, ScreenGraph, State, Way, shortest, taps
from .registry import rule


def _pressed(way: Way) -> str:
    return " → ".join(f"“{step.label or step.goal}”" for step in way)


@rule("CS-05")
def refusing_is_as_near(subject: Subject, rule: Rule) -> Iterator[Problem | Unjudged]:
    """Refusing everything is further than agreeing to everything."""
    graph = subject.graph
    if graph is None:
        return
    wanted = graph.purposes
    where = Spot(graph.start)
    no = decision(graph, lambda it: wanted <= it.refused)
    if no is None:
        if decision(graph, lambda it: wanted <= it.granted) is None:
            yield Unjudged("no way agrees to everything")
        else:
            yield Problem(where, "no way refuses everything")
        return
    # Only a shorter way is looked for: with many purposes there are too many longer ones.
    yes = decision(graph, lambda it: wanted <= it.granted, under=taps(no))
    if yes is not None:
        yield Problem(
            where,
            f"refusing everything takes {taps(no)} taps ({_pressed(no)}), agreeing {taps(yes)} "
            f"({_pressed(yes)})",
        )


@rule("CS-10")
def usable_after_refusing(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A refusal leads out of the app, or nowhere."""
    graph = subject.graph
    if graph is None:
        return
    for step in graph.steps:
        if not step.refuses or step.grants:
            continue
        after = State(step.start).after(step)
        place = graph.place(step.goal)
        if place.exits:
            yield Problem(Spot(step.start, element=step.label), "a refusal ends the app")
        elif shortest(graph, after, _usable_after(graph, after)) is None:
            yield Problem(
                Spot(step.goal), f"after “{step.label}” no way leads to where the app can be used"
            )


def _usable_after(graph: ScreenGraph, after: State) -> Callable[[State], bool]:
    """Usable without having agreed after all."""
    return lambda it: graph.place(it.place).usable and after.refused <= it.refused


def _granted(purposes: frozenset[str]) -> Callable[[State], bool]:
    return lambda it: purposes <= it.granted


@rule("CS-13")
def leaving_says_nothing(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Leaving or waiting agrees."""
    for step in subject.graph.steps if subject.graph is not None else ():
        if step.via in LEAVING and step.grants:
            yield Problem(
                Spot(step.start, element=step.label),
                f"{step.via} agrees to {', '.join(sorted(step.grants))}",
            )
    for event in subject.trace.of(Happening.GRANTED) if subject.trace is not None else ():
        if event.via in LEAVING:
            yield Problem(
                Spot(event.purpose, f"at {event.at:g} s"), f"agreed to by {event.via} alone"
            )


@rule("CS-14")
def as_easy_to_withdraw(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Withdrawing is further, or takes longer, than agreeing."""
    if subject.graph is not None:
        yield from _way_back(subject.graph, rule)
    if subject.trace is not None:
        yield from _time_back(subject.trace, rule)


def _way_back(graph: ScreenGraph, rule: Rule) -> Iterator[Problem]:
    for purpose in sorted(graph.purposes):
        wanted = frozenset({purpose})
        given = decision(graph, _granted(wanted))
        back = withdrawal(graph, wanted)
        where = Spot(graph.main, element=purpose)
        if given is None:
            continue
        most = min(
            rule.limits["taps_most"], taps(given) + rule.limits["taps_more_than_agreeing_most"]
        )
        if back is None:
            yield Problem(where, "it can be agreed to and not withdrawn")
        elif taps(back) > most:
            yield Problem(
                where,
                f"withdrawing takes {taps(back)} taps ({_pressed(back)}), agreeing {taps(given)}; "
                f"{most:g} is the most",
            )


def _time_back(trace: Trace, rule: Rule) -> Iterator[Problem]:
    taken: dict[tuple[str, Happening], float] = {}
    began: dict[str, float] = {}
    for event in trace.events:
        if event.what is Happening.BEGAN:
            began[event.purpose] = event.at
        elif event.what in (Happening.GRANTED, Happening.WITHDRAWN) and event.purpose in began:
            taken.setdefault((event.purpose, event.what), event.at - began.pop(event.purpose))
    for (purpose, what), back in taken.items():
        given = taken.get((purpose, Happening.GRANTED))
        if what is Happening.WITHDRAWN and given:
            ratio = back / given
            if ratio > rule.limits["time_ratio_most"]:
                yield Problem(
                    Spot(purpose),
                    f"withdrawing took {back:.0f} s, {ratio:.1f} times as long as agreeing",
                )


@rule("CS-15")
def policy_is_near(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """The policy is out of reach, or far."""
    graph = subject.graph
    if graph is None:
        return
    way = shortest(graph, State(graph.main), lambda it: graph.place(it.place).policy)
    if way is None:
        yield Problem(Spot(graph.main), "no way leads to the policy")
    elif taps(way) > rule.limits["taps_most"]:
        yield Problem(Spot(graph.main), f"the policy is {taps(way)} taps away: {_pressed(way)}")
