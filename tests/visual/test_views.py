"""Every component looks as it did: in the dark, in other languages, on a desktop."""

from __future__ import annotations

import pytest

from .easel import Easel
from .pictures import fault
from .wanted import ZH, compared

pytestmark = pytest.mark.anyio


@pytest.mark.timeout(900)
async def test_it_looks_as_it_did(easel: Easel) -> None:
    wanted = [it for it in compared() if it.view is not ZH]
    assert wanted
    faults = [words for it in wanted if (words := await fault(easel, it))]
    assert not faults, "\n".join(faults)
