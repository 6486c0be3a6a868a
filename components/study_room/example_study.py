"""Whose words the examples show: those of a study that comes along."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from ..places import data_folder
from ..study.model import Localised, Study
from ..study.reading import load_study

T = TypeVar("T")

CODE = "K4XDA"
"""Somebody's code; nobody's, since its last character is not the one it should have."""


@cache
def example_study() -> Study:
    """The study."""
    return load_study(data_folder("policy_content") / "epiao" / "study" / "first-look.toml")


def the(part: T | None) -> T:
    """A part that a study may lack, and the examples' has.

    Raises:
        LookupError: It has none any more.
    """
    if part is None:
        raise LookupError("the study of the examples lacks a part that an example shows")
    return part


def held_in(locale: str) -> str:
    """The study's language for whoever reads the interface in this one."""
    return "zh_Hans" if locale in ("zh_Hans", "zh_Hant") else "en"


def words(text: Localised, locale: str) -> str:
    """A text of the study for whoever reads the interface in a language."""
    return text[held_in(locale)]
