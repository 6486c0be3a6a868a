"""Every example on a tablet or a desktop, in some language, with text at 100 % and 200 %.

The other half of ``test_everywhere_phones``, in a file of its own so that two processes share it.
"""

from __future__ import annotations

import pytest

from .measuring import TEXTS, part, report, visited
from .stage import Stage

pytestmark = pytest.mark.anyio

WIDE = ("800x1280", "1280x800")


@pytest.mark.timeout(1800)
async def test_every_example_is_whole_on_a_tablet_and_a_desktop(stage: Stage) -> None:
    faults: dict[str, list[str]] = {}
    texts = TEXTS
    for visit in part(WIDE, ahead=3):
        _, faults[visit.address] = await visited(stage, visit, texts)
        texts = texts[::-1]
    assert not any(faults.values()), report(faults)
