"""What somebody does first: the commands of README and of Contributing."""

from __future__ import annotations

import pytest

from .conftest import Play
from .reading import Document
from .sorts import names


@pytest.mark.parametrize("name", names("front"))
def test_every_command_works(name: str, pages: list[Document], play: Play) -> None:
    (document,) = (it for it in pages if it.name == name)
    faults = play(document)
    assert not faults, "\n".join(map(str, faults))
