"""Each lint of the pilot fires on the fault it is for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import flet as ft
import pytest
from flet.messaging.protocol import Message as WireMessage
from flet.messaging.protocol import MessageAction, PatchControlBody

from tests.pilot import (
    NeverStill,
    PilotProblems,
    ProblemKind,
    running,
)

pytestmark = pytest.mark.anyio


@ft.component
def Counter() -> ft.Control:
    count, set_count = ft.use_state(0)
    return ft.Column(
        [
            ft.Text(f"count {count}", key="count"),
            ft.FilledButton("more", on_click=lambda: set_count(count + 1)),
            ft.FilledButton("never", disabled=True, on_click=lambda: set_count(-1)),
            ft.Text("plain"),
        ]
    )


def declarative(component: Callable[[], ft.Control]) -> Callable[[ft.Page], None]:
    def main(page: ft.Page) -> None:
        page.render(component)

    return main


async def fails_with(kind: ProblemKind, main: Callable[[ft.Page], None], *taps: str) -> str:
    """Run an app, tap, and return the message of the problem that must come of it."""
    with pytest.raises(PilotProblems) as caught:
        async with running(main) as pilot:
            for name in taps:
                await pilot.tap(name)
    of_kind = [problem for problem in caught.value.problems if problem.kind == kind]
    assert of_kind, caught.value
    return of_kind[0].message


async def test_settling_waits_for_threads_and_near_timers() -> None:
    def main(page: ft.Page) -> None:
        async def work() -> None:
            await asyncio.to_thread(time.sleep, 0.05)
            await asyncio.sleep(0.02)
            page.add(ft.Text("worked"))

        def late() -> None:
            page.add(ft.Text("at last"))
            page.update()

        page.add(
            ft.TextButton("work", on_click=work),
            ft.TextButton(
                "later", on_click=lambda: asyncio.get_running_loop().call_later(0.2, late)
            ),
        )

    async with running(main) as pilot:
        await pilot.tap("work")
        assert pilot.says("worked")
        await pilot.tap("later")
        assert not pilot.says("at last")
        await pilot.until(lambda: pilot.says("at last"))
        with pytest.raises(TimeoutError, match=r"on the screen: .*'worked'"):
            await pilot.until(lambda: False, within=0.05)


async def test_an_app_that_never_rests_is_named() -> None:
    stop = asyncio.Event()

    async def spin_for_ever() -> None:
        while not stop.is_set():  # noqa: ASYNC110 - to spin is the point
            await asyncio.sleep(0)

    async with running(lambda page: None, limit=0.2) as pilot:
        task = asyncio.create_task(spin_for_ever())
        with pytest.raises(NeverStill, match="spin_for_ever"):
            await pilot.settle()
        stop.set()
        await task
    with pytest.raises(PilotProblems, match=r"(?s)\[restless\].*spin_for_ever"):
        async with running(lambda page: None, limit=0.2):
            stop.clear()
            task = asyncio.create_task(spin_for_ever())
    stop.set()
    await task


async def test_lint_a_failing_handler() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("break", on_click=lambda: 1 / 0))

    assert "ZeroDivisionError" in await fails_with("crash", main, "break")
    assert "on_click" in await fails_with("log", main, "break")


async def test_lint_a_failing_main() -> None:
    def main(page: ft.Page) -> None:
        raise ValueError("no pack")

    assert "ValueError: no pack" in await fails_with("crash", main)


async def test_lint_a_failing_component_body() -> None:
    @ft.component
    def App() -> ft.Control:
        broken, set_broken = ft.use_state(False)
        if broken:
            raise ValueError("bad state")
        return ft.TextButton("break", on_click=lambda: set_broken(True))

    assert "bad state" in await fails_with("scheduler", declarative(App), "break")


async def test_lint_a_control_in_a_scalar_property_at_once_and_later() -> None:
    def at_once(page: ft.Page) -> None:
        page.add(ft.Semantics(ft.Text("x")))  # type: ignore[arg-type]

    def later(page: ft.Page) -> None:
        text = ft.TextField(label="field")

        def spoil() -> None:
            text.value = ft.Text("x")  # type: ignore[assignment]

        page.add(text, ft.TextButton("spoil", on_click=spoil))

    assert "Semantics.tooltip" in await fails_with("scalar-control", at_once)
    assert "TextField.value" in await fails_with("scalar-control", later, "spoil")


async def test_lint_a_patch_for_another_session() -> None:
    @ft.observable
    class Shared:
        count = 0

    shared = Shared()

    @ft.component
    def App() -> ft.Control:
        state, _ = ft.use_state(shared)
        return ft.Column([ft.Text(f"count {state.count}"), ft.TextButton("more", on_click=more)])

    def more() -> None:
        shared.count += 1

    with pytest.raises(PilotProblems, match="unknown-control"):
        async with (
            running(declarative(App)) as first,
            running(declarative(App), beside=first),
        ):
            await first.tap("more")


async def test_lint_a_patch_that_does_not_fit() -> None:
    with pytest.raises(PilotProblems, match=r"\[broken-patch\].*index 9"):
        async with running(lambda page: page.add(ft.Column([ft.Text("a")]))) as pilot:
            column = pilot.one("Column")
            patch = [[0, {"controls": [1]}], [0, 1, 9, "x"]]
            pilot.connection.send_message(
                WireMessage(MessageAction.PATCH_CONTROL, PatchControlBody(column.id, patch))
            )


async def test_lint_an_exception_that_nobody_looked_at() -> None:
    def main(page: ft.Page) -> None:
        async def fail() -> None:
            raise KeyError("unseen")

        async def start() -> None:
            # Kept only as long as the handler runs, so that the loop is what reports it.
            task = asyncio.create_task(fail())
            await asyncio.sleep(0)
            del task

        page.add(ft.TextButton("start", on_click=start))

    assert "KeyError('unseen')" in await fails_with("unretrieved", main, "start")


async def test_lint_hooks_under_a_condition() -> None:
    @ft.component
    def App() -> ft.Control:
        more, set_more = ft.use_state(False)
        if more:
            ft.use_ref(None)
        return ft.TextButton("other", on_click=lambda: set_more(not more))

    assert "RefHook" in await fails_with("hooks", declarative(App), "other")
    message = await fails_with("hooks", declarative(App), "other", "other")
    assert message.startswith("App called")


async def test_lint_an_answer_the_client_could_not_give() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("go", on_click=lambda: None))

    with pytest.raises(PilotProblems, match=r"\[client\]"):
        async with running(main) as pilot:

            async def lose_the_way() -> None:
                raise RuntimeError("lost")

            pilot.connection.run(lose_the_way())


async def test_expected_problems_can_be_taken_and_a_failed_test_keeps_its_own_error() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.TextButton("break", on_click=lambda: 1 / 0))

    async with running(main) as pilot:
        await pilot.tap("break")
        assert len(pilot.crashes) == 1
        assert {problem.kind for problem in pilot.take_problems("crash", "log")} == {"crash", "log"}
        assert pilot.problems == []
    with pytest.raises(ValueError, match="the test's own") as caught:
        async with running(main) as pilot:
            await pilot.tap("break")
            raise ValueError("the test's own")
    assert "ZeroDivisionError" in caught.value.__notes__[0]


async def test_the_loop_is_left_as_it_was() -> None:
    loop = asyncio.get_running_loop()
    before = (loop.get_exception_handler(), loop.run_in_executor)
    async with running(lambda page: None) as first:
        async with running(lambda page: None, beside=first):
            assert "run_in_executor" in vars(loop)
        assert "run_in_executor" in vars(loop)
    assert (loop.get_exception_handler(), loop.run_in_executor) == before
