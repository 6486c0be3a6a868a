"""The commands of every other page."""

from __future__ import annotations

import pytest

from .conftest import Play
from .reading import Document
from .sorts import names


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", names("other"))
def test_every_command_works(name: str, pages: list[Document], play: Play) -> None:
    (document,) = (it for it in pages if it.name == name)
    faults = play(document)
    assert not faults, "\n".join(map(str, faults))
