"""Every component looks as it did: in Chinese, on a phone.

The other ways to look at it are in `test_views`, so that two processes share them.
"""

from __future__ import annotations

import pytest

from .easel import Easel
from .pictures import RENEW, faults
from .wanted import BASELINES, MOST, MOST_BYTES, ZH, compared

pytestmark = pytest.mark.anyio


@pytest.mark.timeout(900)
async def test_it_looks_as_it_did(easel: Easel) -> None:
    wanted = [it for it in compared() if it.view is ZH]
    assert wanted
    seen = await faults(easel, wanted)
    assert not seen, "\n".join(seen)


def test_there_is_one_baseline_for_each_picture_and_all_are_small() -> None:
    kept = set(BASELINES.rglob("*.webp"))
    wanted = {it.path for it in compared()}
    names = sorted(str(it.relative_to(BASELINES)) for it in wanted ^ kept)
    assert not names, f"without a baseline, or a baseline without an example: {names}; {RENEW}"
    assert len(kept) <= MOST
    assert sum(it.stat().st_size for it in kept) <= MOST_BYTES
