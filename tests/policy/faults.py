"""A good pack with one change, and the finding that the change must bring."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from components.policy import Finding, PackError, load_pack

from .small_pack import FILES, write

TOML = "pack.toml"


class Fault(NamedTuple):
    """One change to a good pack and the finding it must bring.

    ``mark`` is a text whose first line is the finding's; it stands in the changed file, or in
    ``found_in`` if the fault shows in another one.
    """

    file: str
    old: str
    new: str
    mark: str
    problem: str
    remedy: str
    found_in: str | None = None


def findings_of(folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return caught.value.findings


def changed(file: str, old: str, new: str) -> dict[str, str | bytes]:
    assert FILES[file].count(old) == 1, f"{old!r} stands {FILES[file].count(old)} times in {file}"
    return {**FILES, file: FILES[file].replace(old, new)}


def assert_found(folder: Path, fault: Fault) -> None:
    """Make the change and look for a finding in the right file, on the right line."""
    files = changed(fault.file, fault.old, fault.new)
    file = fault.found_in or fault.file
    text = str(files[file])
    assert fault.mark in text
    line = text[: text.index(fault.mark)].count("\n") + 1
    found = findings_of(write(folder, files))
    assert any(
        (finding.file, finding.line) == (file, line)
        and fault.problem in finding.problem
        and fault.remedy in finding.remedy
        for finding in found
    ), "\n".join(map(str, found))
