"""Every example looks as it did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from components.places import data_folder
from components.policy import load_pack
from tests.browser.harness import browser
from tests.browser.stage import Stage, open_stage

from .comparing import compare, difference_picture
from .pictures import BASELINES, DIFFERENCES, MOST, MOST_BYTES, VIEWS, take, wanted

pytestmark = pytest.mark.anyio
RENEW = "look at it; if it is meant to be so: python -m tests.visual --renew"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def stage(anyio_backend: str) -> AsyncIterator[Stage]:
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with browser() as chromium, open_stage(chromium, pack) as it:
        yield it


@pytest.mark.parametrize("view", [it.name for it in VIEWS])
@pytest.mark.timeout(900)
async def test_it_looks_as_it_did(stage: Stage, view: str) -> None:
    faults = []
    for picture in wanted():
        if picture.view.name != view:
            continue
        if not picture.path.is_file():
            faults.append(f"no picture of {picture.address} yet ({picture.path.name}): {RENEW}")
            continue
        before = Image.open(picture.path)
        now = Image.open(BytesIO(await take(stage, picture)))
        found = compare(before, now)
        if not found.same:
            path = DIFFERENCES / picture.path.relative_to(BASELINES)
            path.parent.mkdir(parents=True, exist_ok=True)
            difference_picture(before, now, found).save(path)
            faults.append(f"{picture.address} ({view}) looks otherwise: {path}; {RENEW}")
    assert not faults, "\n".join(faults)


def test_every_picture_has_its_baseline_and_all_are_small() -> None:
    kept = set(BASELINES.rglob("*.png"))
    assert kept == {it.path for it in wanted()}, RENEW
    assert len(kept) <= MOST
    assert sum(it.stat().st_size for it in kept) < MOST_BYTES
