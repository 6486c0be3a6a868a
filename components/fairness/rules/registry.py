"""How a function becomes a rule: its numbers and words stand in ``rules.toml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model import Check, Problem, Rule, Unjudged
from ..subject import Screen, Subject

CHECKS: dict[str, Check] = {}
"""Every rule's function, by id."""

OnScreen = Callable[[Screen, Rule], Iterator[Problem | Unjudged]]


def rule(rule_id: str) -> Callable[[Check], Check]:
    """Enter a function as the check of a rule."""

    def entered(check: Check) -> Check:
        if rule_id in CHECKS:
            raise ValueError(f"{rule_id} has two functions")
        CHECKS[rule_id] = check
        return check

    return entered


def each_screen(on_screen: Callable[[Screen, Rule], Iterator[Problem | Unjudged]]) -> Check:
    """A check that looks at one rendering after the other, in those without a second look."""

    def check(subject: Subject, rule: Rule) -> Iterator[Problem | Unjudged]:
        for screen in subject.screens:
            if not screen.after:
                yield from on_screen(screen, rule)

    return check
