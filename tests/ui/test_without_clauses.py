"""What a policy does not speak of is shown all the same; only the way to a clause is not there.

The linter finds it wrong (`purpose-without-clause`). A person must not find an empty screen.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import flet as ft
import pytest

from components.centre.lists.view import list_view
from components.consent.permissions import SystemStatus
from components.policy import Pack, load_pack
from components.policy.exporting.lists import PackList
from components.surface import parts
from tests.policy.small_pack import FILES, with_purposes, write

from .conftest import MakeVisit
from .visits import Visit

pytestmark = pytest.mark.anyio


@pytest.fixture
def silent(tmp_path: Path) -> Pack:
    """A pack in which purposes, permissions and recipients name no clause."""
    lines = with_purposes(1).splitlines()
    declared = "\n".join(line for line in lines if not line.startswith("clauses = "))
    return load_pack(write(tmp_path / "pack", {**FILES, "pack.toml": declared}))


async def at_the_centre(silent: Pack, visit: MakeVisit) -> Visit:
    it = await visit(policy=silent, answers={"location": SystemStatus.GRANTED})
    await it.accept_notice()
    it.pilot.start(it.kit.open_centre)
    await it.pilot.settle()
    return it


async def test_the_centre_shows_everything_and_a_purpose_can_be_agreed_to(
    silent: Pack, visit: MakeVisit
) -> None:
    it = await at_the_centre(silent, visit)
    await it.press("centre.basics")
    for purpose in silent.purposes.values():
        assert it.pilot.says(purpose.name["zh_Hans"])
        if purpose.asks_consent:
            await it.press(f"more.{purpose.id}")
        assert it.pilot.says(purpose.description["zh_Hans"])
        assert not it.pilot.has_key(f"clause.{purpose.id}")
    await it.press("give.further-0")
    assert it.pilot.has_key("purpose.accept") and not it.pilot.has_key("purpose.clause")
    await it.press("purpose.accept")
    assert it.kit.permits("further-0")


async def test_the_line_below_a_permission_is_as_wide_as_the_screen(
    silent: Pack, visit: MakeVisit
) -> None:
    """A pack's words for a permission may be few: the line must not end where they do."""
    it = await at_the_centre(silent, visit)
    for permission in silent.permissions:
        row = it.pilot.by_key(f"permission-{permission}")
        assert row["border"]["bottom"]
        # What stretches a column's children gives them all of its width.
        assert it.pilot.parent(row, "Column").get("horizontal_alignment") == "stretch"


async def test_the_end_of_an_opened_row_has_the_same_room_with_a_clause_and_without(
    silent: Pack, visit: MakeVisit
) -> None:
    """The link to a clause is a button, which brings the room below its words; words do not."""
    it = await at_the_centre(silent, visit)
    await it.press("more.further-0")
    details = it.pilot.by_key("further-0")["content"]["controls"][-1]
    assert it.pilot.says(silent.purposes["further-0"].description["zh_Hans"], details)
    link = parts.quiet_button("", lambda: None, identifier="link")
    assert isinstance(link, ft.Semantics) and isinstance(link.content, ft.TextButton)
    style = link.content.style
    assert style is not None and isinstance(style.padding, ft.Padding)
    assert details["margin"]["bottom"] == style.padding.bottom
    for permission in silent.permissions:
        row = it.pilot.by_key(f"permission-{permission}")
        assert row["content"]["margin"]["bottom"] == style.padding.bottom


async def test_nothing_is_shown_to_open_that_holds_nothing(silent: Pack, visit: MakeVisit) -> None:
    it = await at_the_centre(silent, visit)
    assert it.pilot.has_key("centre.settings")
    assert not it.pilot.has_key("centre.never-asked")


def test_lists_leave_the_clause_out(silent: Pack) -> None:
    for which in PackList:
        assert all(entry.clause is None for entry in list_view(silent, which, "en").entries)


def test_the_main_clause_is_the_first(pack: Pack) -> None:
    purpose = pack.purposes["nearby-cinema"]
    main = pack.main_clause(purpose.clauses, "en")
    assert main is not None and main.id == purpose.clauses[0]
    assert pack.main_clause(replace(purpose, clauses=()).clauses, "en") is None
