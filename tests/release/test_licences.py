"""What is shipped is under licences that a host can live with, and the notices are complete."""

from __future__ import annotations

from email.message import Message
from importlib.metadata import Distribution, PackageMetadata
from pathlib import Path
from typing import Any, cast

import pytest
from fontTools.ttLib import TTFont

from .licences import (
    EXCEPTIONS,
    NOTICES,
    PERMISSIVE,
    UnknownLicence,
    licence,
    locked_versions,
    notices,
    texts,
)
from .runtime import ROOT, runtime_distributions

REMEDY = "run `python -m tests.release.licences` with the versions of requirements.lock installed"
_WITHOUT_A_TEXT = {"flet"}
"""Its wheel has no file for it; it is Apache-2.0, whose text others bring."""


class Declared(Distribution):
    """A package that says this about its licence."""

    def __init__(self, *headers: tuple[str, str]) -> None:
        self._message = Message()
        for name, value in (("Name", "some-package"), *headers):
            self._message[name] = value

    @property
    def metadata(self) -> PackageMetadata:
        return cast(PackageMetadata, self._message)

    def read_text(self, filename: str) -> str | None:
        return None

    def locate_file(self, path: Any) -> Any:
        return Path(path)


def refused(distribution: Distribution) -> bool:
    """Whether a runtime dependency may not be under its licence."""
    found = licence(distribution)
    allowed, _ = EXCEPTIONS.get(distribution.metadata["Name"], (None, ""))
    return found not in PERMISSIVE and found != allowed


def test_every_runtime_dependency_is_permissive() -> None:
    found = {it.metadata["Name"]: licence(it) for it in runtime_distributions()}
    assert len(found) > 15
    assert [it.metadata["Name"] for it in runtime_distributions() if refused(it)] == []
    # An exception that nobody needs any more is deleted.
    assert {name: found[name] for name in EXCEPTIONS} == {
        name: said for name, (said, _) in EXCEPTIONS.items()
    }


@pytest.mark.parametrize(
    ("headers", "is_refused"),
    [
        ([("License-Expression", "MIT")], False),
        ([("License-Expression", "GPL-3.0-only")], True),
        ([("License-Expression", "MIT AND LGPL-2.1-only")], True),
        ([("License", "MPL-2.0")], True),
        ([("Classifier", "License :: OSI Approved :: MIT License")], False),
    ],
)
def test_which_licence_is_refused(headers: list[tuple[str, str]], is_refused: bool) -> None:
    assert refused(Declared(*headers)) is is_refused


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Classifier", "License :: OSI Approved :: BSD License")],  # of two clauses, or three?
        [
            ("Classifier", "License :: OSI Approved :: MIT License"),
            ("Classifier", "License :: OSI Approved :: GNU General Public License (GPL)"),
        ],
    ],
)
def test_a_licence_that_is_not_clear(headers: list[tuple[str, str]]) -> None:
    with pytest.raises(UnknownLicence, match="some-package"):
        licence(Declared(*headers))


def test_the_installed_versions_are_the_locked_ones() -> None:
    locked = locked_versions()
    installed = {it.metadata["Name"].lower(): it.version for it in runtime_distributions()}
    named = {name.replace("_", "-"): version for name, version in installed.items()}
    assert {name: locked[name] for name in named} == named, "install with -c requirements.lock"


def test_the_notices_are_up_to_date() -> None:
    assert NOTICES.read_text(encoding="utf-8") == notices(), REMEDY


def test_each_package_brings_the_text_of_its_licence() -> None:
    without = {it.metadata["Name"] for it in runtime_distributions() if not texts(it)}
    assert without == _WITHOUT_A_TEXT
    written = NOTICES.read_text(encoding="utf-8")
    for text in ("Apache License", "UNICODE LICENSE", "SIL OPEN FONT LICENSE", "Mozilla Public"):
        assert text.lower() in written.lower(), text


def test_every_font_is_under_the_open_font_licence() -> None:
    fonts = list((ROOT / "assets").rglob("*.woff2"))
    assert fonts
    for path in fonts:
        with TTFont(path, lazy=True) as font:
            names = font["name"]
        assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
        # The licence reserves the old name for the whole fonts.
        assert names.getDebugName(1).startswith("Mingshi Sans")


def test_nothing_else_of_others_lies_among_the_assets() -> None:
    kinds = {path.suffix for path in (ROOT / "assets").rglob("*") if path.is_file()}
    assert kinds == {".html", ".json", ".png", ".txt", ".woff2"}
