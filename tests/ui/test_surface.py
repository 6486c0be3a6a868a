"""The seam to Flet: faults stay where they are, and both kinds of host get in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft
import pytest

from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.policy import Pack
from components.policy.pack import Permission, RequestMode
from components.surface.permissions import FletPermissions, permissions_for
from components.surface.runtime import embed, handler, kit_component, use_changes, use_part
from components.surface.sheets import Dismissed, Sheet, SheetForm
from tests.pilot import Device, running

pytestmark = pytest.mark.anyio


class Source:
    """Something that changes and says so."""

    def __init__(self) -> None:
        self.value = 0
        self.listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def change(self) -> None:
        self.value += 1
        for listener in tuple(self.listeners):
            listener()


@kit_component
def Shown(source: Source) -> ft.Control:
    use_changes(source.subscribe)
    if source.value == 2:
        raise RuntimeError("planted")
    return ft.Text(f"value {source.value}")


@kit_component
def Host(source: Source) -> ft.Control:
    shows, set_shows = ft.use_state(True)
    return ft.Column(
        [
            ft.Button("hide", on_click=lambda: set_shows(False)),
            *([Shown(source)] if shows else []),
        ]
    )


async def test_a_component_follows_its_source_and_lets_go_of_it() -> None:
    source = Source()
    async with running(lambda page: page.render(Host, source)) as pilot:
        assert pilot.says("value 0")
        await pilot.call(source.change)
        assert pilot.says("value 1")
        assert len(source.listeners) == 1
        await pilot.tap("hide")
        assert source.listeners == []


async def test_a_component_follows_only_its_part_and_lets_go_of_it() -> None:
    source, rendered = Source(), list[int]()

    @kit_component
    def Tens() -> ft.Control:
        rendered.append(use_part(source.subscribe, lambda: source.value // 10))
        return ft.Text(f"tens {rendered[-1]}")

    @kit_component
    def Around() -> ft.Control:
        shows, set_shows = ft.use_state(True)
        return ft.Column(
            [
                ft.Button("hide", on_click=lambda: set_shows(False)),
                *([Tens()] if shows else []),
            ]
        )

    async with running(lambda page: page.render(Around)) as pilot:
        for _ in range(9):
            await pilot.call(source.change)
        assert rendered == [0] and pilot.says("tens 0")
        await pilot.call(source.change)
        assert rendered == [0, 1] and pilot.says("tens 1")
        assert len(source.listeners) == 1
        await pilot.tap("hide")
        assert source.listeners == []


async def test_a_part_that_changes_before_anybody_listens_is_seen() -> None:
    source = Source()

    @kit_component
    def Early() -> ft.Control:
        value = use_part(source.subscribe, lambda: source.value)
        if value == 0:
            source.change()
        return ft.Text(f"value {value}")

    async with running(lambda page: page.render(Early)) as pilot:
        assert pilot.says("value 1")


async def test_a_fault_in_a_component_stays_in_its_place_and_passes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    source = Source()
    async with running(lambda page: page.render(Host, source)) as pilot:
        await pilot.call(source.change)
        await pilot.call(source.change)
        assert pilot.says("这里没能显示出来")
        assert pilot.says("hide")
        await pilot.call(source.change)
        assert pilot.says("value 3")
        pilot.take_problems()
    assert "planted" in caplog.text


async def test_a_fault_in_a_handler_is_told_and_the_screen_stays(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[bool] = []

    def fails() -> None:
        raise RuntimeError("planted")

    def main(page: ft.Page) -> None:
        page.add(ft.Button("press", on_click=handler(fails, announce=lambda: told.append(True))))

    async with running(main) as pilot:
        await pilot.tap("press")
        assert pilot.says("press")
        pilot.take_problems()
    assert told == [True]
    assert "planted" in caplog.text


async def test_a_component_lives_in_an_imperative_page_that_updates_itself() -> None:
    source = Source()

    def main(page: ft.Page) -> None:
        count = ft.Text("pressed 0")

        def press() -> None:
            count.value = "pressed 1"

        page.add(count, embed(Shown, source), ft.Button("press", on_click=press))

    async with running(main) as pilot:
        await pilot.tap("press")
        assert pilot.says("pressed 1")
        await pilot.call(source.change)
        assert pilot.says("value 1")
        await pilot.call(pilot.app_page.update)
        source.value = 4
        await pilot.call(source.change)
        assert pilot.says("value 5")


async def test_an_imperative_host_repaints_after_a_sheet() -> None:
    def main(page: ft.Page) -> None:
        result = ft.Text("none")

        async def ask() -> None:
            sheet: Sheet[str] = Sheet(
                page,
                lambda answer: ft.Button("yes", on_click=lambda: answer("yes")),
                SheetForm.PROMPT,
            )
            answer = await sheet.answered()
            sheet.close()
            result.value = str(answer)

        page.add(result, ft.Button("ask", on_click=ask))

    async with running(main) as pilot:
        await pilot.tap("ask")
        await pilot.tap("yes")
        assert not pilot.dialogs
        assert pilot.says("yes")


async def test_the_first_answer_of_a_sheet_counts() -> None:
    async with running(lambda page: page.add(ft.Text("host"))) as pilot:

        async def ask() -> str | Dismissed:
            sheet: Sheet[str] = Sheet(pilot.app_page, lambda _answer: ft.Text("?"), SheetForm.PAGE)
            sheet.answer("first")
            sheet.answer("second")
            sheet.dismiss()
            answer = await sheet.answered()
            sheet.close()
            sheet.close()
            return answer

        assert await pilot.call(ask) == "first"


def permission(permission_id: str) -> Permission:
    text = {"en": "x"}
    return Permission(
        id=permission_id,
        name=text,
        description=text,
        request=RequestMode.JUST_IN_TIME,
        purpose="nearby-cinema",
        prompt="location",
        android=(),
        ios=None,
        clauses=(),
    )


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("granted", SystemStatus.GRANTED),
        ("limited", SystemStatus.GRANTED),
        ("denied", SystemStatus.NOT_GRANTED),
        ("permanentlyDenied", SystemStatus.DENIED_FOR_GOOD),
        ("restricted", SystemStatus.RESTRICTED),
        (None, SystemStatus.UNSUPPORTED),
    ],
)
async def test_what_a_phone_answers(answer: str | None, status: SystemStatus) -> None:
    methods: dict[str, Callable[[dict[str, Any]], Any] | object] = {
        "PermissionHandler.get_status": lambda _: answer,
        "PermissionHandler.request": lambda _: answer,
        "PermissionHandler.open_app_settings": lambda _: True,
    }
    async with running(lambda page: page.add(ft.Text("host")), methods=methods) as pilot:
        port = FletPermissions()
        assert await pilot.call(lambda: port.status(permission("location"))) is status
        assert await pilot.call(lambda: port.request(permission("location"))) is status
        assert await pilot.call(port.open_settings) is True


async def test_what_a_platform_cannot_say_is_unsupported(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(lambda page: page.add(ft.Text("host")), platform="linux") as pilot:
        port = FletPermissions()
        assert (
            await pilot.call(lambda: port.status(permission("location")))
            is SystemStatus.UNSUPPORTED
        )
        assert (
            await pilot.call(lambda: port.status(permission("unheard-of")))
            is SystemStatus.UNSUPPORTED
        )
        assert await pilot.call(port.open_settings) is False
        pilot.take_problems()
    assert "could not be looked up" in caplog.text


@pytest.mark.parametrize(
    ("platform", "web", "kind"),
    [
        ("android", False, FletPermissions),
        ("ios", False, FletPermissions),
        ("android", True, SimulatedPermissions),
        ("linux", False, SimulatedPermissions),
        ("macos", False, SimulatedPermissions),
    ],
)
async def test_phones_have_their_own_permissions_and_others_pretended_ones(
    platform: str, web: bool, kind: type
) -> None:
    device = Device()
    async with running(
        lambda page: page.add(ft.Text("host")),
        device=device,
        platform=platform,  # type: ignore[arg-type]
        web=web,
    ) as pilot:
        assert isinstance(permissions_for(pilot.app_page), kind)


def test_every_just_in_time_permission_of_the_pack_has_a_name_in_the_system(pack: Pack) -> None:
    from components.surface.permissions import _SYSTEM_NAMES

    asked = {it.id for it in pack.permissions.values() if it.request is RequestMode.JUST_IN_TIME}
    assert asked <= set(_SYSTEM_NAMES)
