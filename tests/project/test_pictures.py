"""The pictures that code draws for the documents are those of the code as it is."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from . import choice_picture, rooms_picture
from .rooms_picture import ROOT, Rooms, draw, rooms, rows, tabulated, without_shortcuts

AGAIN = "run `python -m tests.project.rooms_picture`"


@pytest.fixture(scope="module")
def imports() -> Rooms:
    return rooms(ROOT / "components")


def test_the_rooms_are_drawn_as_they_import(imports: Rooms) -> None:
    drawn = draw(imports)
    assert rooms_picture.PICTURE.read_text(encoding="utf-8") == drawn, AGAIN
    folders = {path.parent.name for path in (ROOT / "components").glob("*/__init__.py")}
    assert imports.keys() == {*folders, rooms_picture.KIT}
    picture = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    titles = {it.text for it in picture.iter() if it.get("class") == "title"}
    assert titles == imports.keys()


def test_the_table_of_the_rooms_says_what_they_import(imports: Rooms) -> None:
    text = rooms_picture.TABLE.read_text(encoding="utf-8")
    assert tabulated(text, imports) == text, AGAIN
    # That is only worth something if each room has a row.
    nothing = tabulated(text, dict.fromkeys(imports, frozenset({"x"})))
    assert nothing.count("| `x` |") == len(imports) - 1


def test_every_room_stands_above_what_it_imports(imports: Rooms) -> None:
    heights = rows(imports)
    assert all(heights[room] > heights[it] for room, its in imports.items() for it in its)


def test_the_way_of_a_choice_is_drawn_by_its_code() -> None:
    drawn = choice_picture.draw()
    assert choice_picture.PICTURE.read_text(encoding="utf-8") == drawn, (
        "run `python -m tests.project.choice_picture`"
    )
    ElementTree.fromstring(drawn)  # noqa: S314 - our own


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    few = without_shortcuts(
        {
            "a": frozenset({"b", "c", "d"}),
            "b": frozenset({"c"}),
            "c": frozenset(),
            "d": frozenset(),
        }
    )
    assert few["a"] == {"b", "d"}
    assert few["b"] == {"c"}


def test_a_room_without_a_place_is_named() -> None:
    with pytest.raises(ValueError, match=r"attic: give it a column"):
        draw({"attic": frozenset()})
