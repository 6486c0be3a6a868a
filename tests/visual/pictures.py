"""How pictures are taken and kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from components.places import data_folder
from components.policy import load_pack
from tests.browser.harness import browser

from .comparing import compare, difference_picture
from .easel import Easel, open_easel
from .wanted import BASELINES, Picture

DIFFERENCES = Path(__file__).resolve().parents[2] / "test-results" / "visual"
"""Where a failing comparison leaves what it saw."""
RENEW = "python -m tests.visual --renew"
_STEADY = 4
"""How often in a row a picture has to be the same before it becomes a baseline."""
_PATIENCE_SECONDS = 60.0
"""How long a picture that differs is looked at again: a drawing may be still to come, and the
cursor of a field is there half of the time."""
_PATIENT_WITH = 5
"""With so many pictures. When more of them differ, they differ."""


async def take_all(
    taken: Callable[[Picture, Image.Image], None], pictures: Sequence[Picture]
) -> None:
    """Take pictures in a browser of its own, and hand each over."""
    pack = load_pack(data_folder("policy_content") / "epiao")
    async with browser() as chromium, open_easel(chromium, pack) as easel:
        for picture in pictures:
            await easel.put_up(picture)
            taken(picture, await easel.settled(_STEADY))


async def faults(easel: Easel, pictures: Iterable[Picture]) -> list[str]:
    """What a person would see differ from the baselines, a sentence for each picture."""
    found: list[str] = []
    for picture in pictures:
        patience = _PATIENCE_SECONDS if len(found) < _PATIENT_WITH else 0
        words = await _fault(easel, picture, patience)
        if words is not None:
            found.append(words)
    return found


async def _fault(easel: Easel, picture: Picture, patience: float) -> str | None:
    if not picture.path.is_file():
        return f"{picture.address} ({picture.view.name}) has no baseline yet; make it: {RENEW}"
    with Image.open(picture.path) as kept:
        before = kept.convert("RGB")
    await easel.put_up(picture)
    deadline = time.monotonic() + patience
    while not (found := compare(before, now := await easel.look())).same:
        if time.monotonic() > deadline:
            path = (DIFFERENCES / picture.path.relative_to(BASELINES)).with_suffix(".png")
            path.parent.mkdir(parents=True, exist_ok=True)
            difference_picture(before, now, found).save(path)
            return (
                f"{picture.address} ({picture.view.name}) looks otherwise: see {path};"
                f" if it is meant to be so: {RENEW}"
            )
    return None


def packed(picture: Image.Image) -> bytes:
    """The picture as it is kept: small, and every pixel as it was.

    Fewer colours would be a change that people see: a link's colour becomes the grey beside it.
    """
    data = BytesIO()
    picture.save(data, "WEBP", lossless=True, quality=100, method=4)
    return data.getvalue()
