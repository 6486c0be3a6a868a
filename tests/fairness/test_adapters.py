"""What is collected without a browser: control trees, packs, fonts, joined elements."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import flet as ft
import pytest
from PIL import Image

from components.fairness import Box, Element, Form, Look, Part, Picture, Role, Subject, judge
from components.fairness.adapters.controls import declared, form_of, screen_of
from components.fairness.adapters.joining import joined
from components.fairness.adapters.missing import ExtraMissing, needs
from components.fairness.adapters.pack import texts_of
from components.fairness.adapters.pixels import with_ink
from components.fairness.parts import with_parts
from components.fairness.unfair.plan import FAIR, Plan, build
from components.policy import Pack
from components.prototype.gallery import gallery
from tests.pilot import running


def only(control: ft.Control) -> Element:
    (found,) = declared(control, language="en")
    return found


def test_a_material_button_is_told_by_its_style() -> None:
    found = only(
        ft.FilledButton(
            "Agree",
            icon=ft.Icons.CHECK,
            autofocus=True,
            style=ft.ButtonStyle(bgcolor="#112233", text_style=ft.TextStyle(size=18)),
        )
    )
    assert (found.role, found.name, found.part) == (Role.BUTTON, "Agree", Part.ACCEPT)
    assert found.look is not None
    assert (found.look.kind, found.look.size, found.look.fill) == ("FilledButton", 18, "#112233")
    assert found.look.icon and found.look.autofocus


@pytest.mark.parametrize(
    ("control", "role", "name"),
    [
        (ft.CupertinoButton(content=ft.Text("Go")), Role.BUTTON, "Go"),
        (ft.CupertinoDialogAction("Allow"), Role.BUTTON, "Allow"),
        (ft.IconButton(icon=ft.Icon(ft.Icons.ADD, semantics_label="Add")), Role.BUTTON, "Add"),
        (ft.IconButton(icon=ft.Icons.ADD), Role.BUTTON, ""),
        (ft.Switch(label="Ads", value=True), Role.SWITCH, "Ads"),
        (ft.CupertinoCheckbox(label="Ads", value=False), Role.CHECKBOX, "Ads"),
        (ft.Container(ft.Text("Tap"), on_click=lambda _: None), Role.BUTTON, "Tap"),
        (ft.ProgressRing(), Role.PROGRESS, ""),
        (ft.Text(spans=[ft.TextSpan("one "), ft.TextSpan("two")]), Role.TEXT, "one two"),
    ],
)
def test_what_a_control_is(control: ft.Control, role: Role, name: str) -> None:
    found = only(control)
    assert (found.role, found.name) == (role, name)


def test_an_identifier_on_a_wrapper_is_its_only_childs() -> None:
    wrapped = ft.Semantics(content=ft.OutlinedButton("No"), identifier="ask.refuse")
    assert only(wrapped).part is Part.REFUSE
    both = ft.Semantics(content=ft.Row([ft.Text("a"), ft.Text("b")]), identifier="x.accept")
    assert {it.part for it in declared(both)} == {Part.OTHER}


def test_what_is_not_shown_is_not_there() -> None:
    assert declared(ft.Column([ft.Text("a", visible=False)])) == ()


def test_a_tree_alone_can_be_judged() -> None:
    bare = judge(
        Subject("x", (screen_of(build(FAIR.but(refuse=None), "en"), name="x", locale="en"),))
    )
    assert bare.broken_errors == {"CS-01"}
    fair = judge(Subject("x", (screen_of(build(Plan(), "en"), name="x", locale="en"),)))
    assert not fair.broken
    loud = screen_of(
        build(FAIR.but(loud=True, focus=True, body_size=10), "en"), name="x", locale="en"
    )
    assert judge(Subject("x", (loud,))).broken == {"CS-03", "CS-07", "AX-04"}


@pytest.mark.anyio
async def test_a_live_page_of_components_is_read(pack: Pack) -> None:
    async with running(gallery(pack), route="/first-notice/default?locale=en") as pilot:
        found = declared(pilot.app_page, language="en")
        assert form_of(pilot.app_page) is Form.PAGE
    parts = {it.part: it for it in found if it.part is not Part.OTHER}
    assert set(parts) == {Part.ACCEPT, Part.REFUSE}
    assert [it.level for it in found if it.role is Role.HEADING] == [1]


@pytest.mark.anyio
async def test_an_open_dialog_of_a_page_is_seen() -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.Text("below"))
        page.show_dialog(ft.AlertDialog(title=ft.Text("Agree?"), actions=[ft.TextButton("Agree")]))

    async with running(main) as pilot:
        assert form_of(pilot.app_page) is Form.DIALOG
        assert [it.name for it in declared(pilot.app_page) if it.role is Role.BUTTON] == ["Agree"]


def test_parts_are_told_before_they_are_guessed() -> None:
    close = Element(Role.BUTTON, "Close")
    agree = Element(Role.BUTTON, "Agree")
    kit = Element(Role.BUTTON, "Agree", "give.location")
    found = with_parts([close, agree, kit], "en", {"Close": Part.REFUSE})
    assert [it.part for it in found] == [Part.REFUSE, Part.ACCEPT, Part.OTHER]
    assert [it.guessed for it in found] == [False, True, False]


def test_elements_are_joined_by_identifier_then_by_name_in_order() -> None:
    shown = [Element(Role.BUTTON, "A", "one"), Element(Role.TEXT, "T"), Element(Role.TEXT, "T")]
    tree = [
        replace(shown[0], name="other", look=Look("FilledButton")),
        replace(shown[1], look=Look("Text", size=10)),
        replace(shown[1], look=Look("Text", size=20)),
        Element(Role.PROGRESS, ""),
    ]
    found = joined(shown, tree)
    assert [it.look.size for it in found[1:3] if it.look is not None] == [10, 20]
    assert found[0].look is not None and found[0].look.kind == "FilledButton"
    assert found[-1].role is Role.PROGRESS


def test_a_pack_becomes_texts_that_agree_in_both_languages(pack: Pack) -> None:
    texts = texts_of(pack)
    assert [it.locale for it in texts] == list(pack.locales)
    report = judge(Subject("pack", texts=texts))
    assert not {"LX-15", "LX-16", "LX-19"} & report.broken
    clause = texts[0].clauses[0]
    stale = texts_of(pack, reviewed={texts[0].locale: {clause.id: "0"}})
    assert "LX-15" in judge(Subject("pack", texts=stale)).broken


def test_the_fonts_have_what_the_kit_says(characters: frozenset[str]) -> None:
    assert set("同意不Agree") <= characters
    assert "𠮷" not in characters


def test_what_is_not_installed_is_said_with_what_to_do() -> None:
    with pytest.raises(ExtraMissing, match=r"mingshi\[fairness\]"), needs("Nothing"):
        import nothing_of_this_name  # type: ignore[import-not-found]  # noqa: F401


def test_a_short_label_in_a_wide_button_keeps_its_colour() -> None:
    image = Image.new("RGB", (1000, 100), "#ffffff")
    image.paste("#777777", (480, 40, 500, 60))
    image.paste("#111111", (485, 45, 488, 47))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    box = Box(0, 0, 500, 50)
    button = Element(Role.BUTTON, "否", box=box, seen=box)
    hidden = replace(button, seen=None)
    seen, unseen = with_ink([button, hidden], Picture(buffer.getvalue(), scale=2))
    assert seen.ink is not None
    assert (seen.ink.ground, seen.ink.ink) == ("#ffffff", "#111111")
    assert unseen.ink is None
