"""How long it takes to measure and judge one screen: ``python -m tests.fairness.benchmark``."""

from __future__ import annotations

import asyncio
import platform
import time
from importlib.metadata import version
from statistics import median, quantiles

from components.fairness import Subject, judge
from components.fairness.adapters.chromium import ANDROID
from components.fairness.unfair.examples import EXAMPLES
from components.fairness.unfair.plan import Plan, build
from tests.browser.harness import browser

from .stage import Stage, stage_in

ROUNDS = 40


async def main() -> None:
    """Measure, and print a table."""
    plans = list(dict.fromkeys(plan for it in EXAMPLES for plan in it.unfair.plans))
    drawn: list[float] = []
    looked: list[float] = []
    judged: list[float] = []
    async with browser() as chromium:
        name = chromium.version
        async with stage_in(chromium, ANDROID) as stage:
            for number in range(ROUNDS):
                plan = plans[number % len(plans)]
                for times, seconds in zip(
                    (drawn, looked, judged), await one(stage, plan), strict=True
                ):
                    times.append(seconds)
    print(
        f"Chromium {name}, Flet {version('flet')}, Python {platform.python_version()},"
        f" {platform.machine()}; {ROUNDS} screens of 360 by 640 at two pixels each way\n"
    )
    print("| Step | Median | 95 of 100 within |\n|---|---|---|")
    for step, times in (
        ("changing the screen", drawn),
        ("measuring: semantics, control tree, pixels", looked),
        ("judging by all rules", judged),
        ("measuring and judging", [a + b for a, b in zip(looked, judged, strict=True)]),
    ):
        print(f"| {step} | {median(times):.3f} s | {quantiles(times, n=20)[-1]:.3f} s |")


async def one(stage: Stage, plan: Plan) -> tuple[float, float, float]:
    """Seconds to change the screen, to measure it and to judge it."""
    start = time.perf_counter()
    await stage.show(lambda: build(plan, "zh_Hans"), "zh_Hans")
    shown = time.perf_counter()
    screen = await stage.look("benchmark", "zh_Hans")
    measured = time.perf_counter()
    judge(Subject("benchmark", (screen,)))
    return shown - start, measured - shown, time.perf_counter() - measured


if __name__ == "__main__":
    asyncio.run(main())
