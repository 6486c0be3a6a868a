"""Measuring the unfair examples and their twins, and the table that says how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.async_api import Browser

from components.fairness import Report, Screen, Subject, judge, rule_set
from components.fairness.adapters.chromium import ANDROID
from components.fairness.unfair.examples import EVERYTHING, EXAMPLES, Example, Side, Window
from components.fairness.unfair.plan import Plan, build

from .stage import Stage, stage_in

ALL = (*EXAMPLES, EVERYTHING)


@dataclass(frozen=True)
class Run:
    """How one example came out in one language."""

    example: Example
    locale: str
    unfair: Report
    fair: Report

    @property
    def faults(self) -> list[str]:
        """What is not as it should be."""
        where = f"{self.example.name} ({self.locale})"
        rules = set(self.example.rules)
        faults = [
            f"{where}: {it} is not caught"
            for it in (self.example.rules if self.example is EVERYTHING else self.example.rules[:1])
            if it not in self.unfair.broken
        ]
        faults += [
            f"{where}: {it.rule} is broken as well: {it.spot}: {it.evidence}"
            for it in self.unfair.findings
            if it.rule in self.unfair.broken_errors - rules
        ]
        faults += [
            f"{where}: the fair twin breaks {it.rule}: {it.spot}: {it.evidence}"
            for it in self.fair.findings
        ]
        return faults


Key = tuple[Plan, Window, str]


async def runs(chromium: Browser, characters: frozenset[str]) -> list[Run]:
    """Every example in every language; each plan is measured once for each rendering."""
    wanted: dict[Key, None] = {}
    for example in ALL:
        for locale in example.locales:
            for side in (example.unfair, example.fair):
                wanted |= dict.fromkeys(
                    (plan, window, locale) for plan in side.plans for window in example.windows
                )
    measured: dict[Key, Screen] = {}
    async with stage_in(chromium, ANDROID) as stage:
        for key in sorted(wanted, key=lambda it: (it[1].width, it[2])):
            measured[key] = await _measured(stage, key, characters)
    return [
        Run(
            example,
            locale,
            judge(_subject(example, example.unfair, locale, measured)),
            judge(_subject(example, example.fair, locale, measured)),
        )
        for example in ALL
        for locale in example.locales
    ]


async def _measured(stage: Stage, key: Key, characters: frozenset[str]) -> Screen:
    plan, window, locale = key
    await stage.size(window.width, window.height)
    await stage.show(lambda: build(plan, locale), locale)
    return await stage.look(
        "example",
        locale,
        text_scale=window.text_scale,
        question=plan.question,
        characters=characters,
    )


def _subject(example: Example, side: Side, locale: str, measured: Mapping[Key, Screen]) -> Subject:
    screens = tuple(
        measured[plan, window, locale].named(f"{example.name}/{number}")
        for number, plan in enumerate(side.plans, start=1)
        for window in example.windows
    )
    if side.screen is not None:
        screens = (*screens, side.screen(locale))
    return Subject(
        example.name,
        screens=screens,
        graph=None if side.graph is None else side.graph(locale),
        trace=side.trace,
        texts=() if side.texts is None else side.texts(locale),
    )


def table(found: list[Run]) -> str:
    """What the suite found, as Markdown: a line for each example, in the order of the rules."""
    lines = [
        "| Rule | Level | Example | zh_Hans | en | Follows from the same fault | Fair twin |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in rule_set().rules:
        for example in EXAMPLES:
            if example.rules[0] == rule.id:
                lines.append(_line(rule.level, example, found))
    return "\n".join(lines) + "\n"


def _line(level: str, example: Example, found: list[Run]) -> str:
    mine = [run for run in found if run.example is example]
    caught = {
        run.locale: "caught" if example.rules[0] in run.unfair.broken else "missed" for run in mine
    }
    others = ", ".join(example.rules[1:]) or "nothing"
    twin = "passes" if not any(run.fair.findings for run in mine) else "fails"
    cells = [caught.get(locale, "not applicable") for locale in ("zh_Hans", "en")]
    return f"| {' | '.join([example.rules[0], level, example.name, *cells, others, twin])} |"
