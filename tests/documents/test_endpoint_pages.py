"""The commands of the pages about the endpoint, its receipts and its fault runs."""

from __future__ import annotations

import pytest

from .conftest import Play
from .reading import Document
from .sorts import names


@pytest.mark.parametrize("name", names("endpoint"))
def test_every_command_works(name: str, pages: list[Document], play: Play) -> None:
    (document,) = (it for it in pages if it.name == name)
    faults = play(document)
    assert not faults, "\n".join(map(str, faults))
