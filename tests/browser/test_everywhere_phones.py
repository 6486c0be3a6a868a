"""Every example on a phone, in some language, with text at 100 % and 200 %, light and dark.

Each stands in for its kind: together with ``test_everywhere_wide`` every size, text size and
language meet in a dozen examples. ``python -m tests.browser.everywhere`` measures all of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Literal

import pytest
from PIL import Image, ImageStat

from components.prototype.gallery import addresses

from .layout import Piece, layout
from .measuring import LOCALES, SIZES, TEXTS, part, report, visited
from .settled import wait_until
from .stage import Stage

pytestmark = pytest.mark.anyio

PHONES = ("360x640", "412x892")
WIDE = ("800x1280", "1280x800")


def test_every_size_text_and_language_meet_in_many_examples() -> None:
    # Each visit has both text sizes, so pairs of the other two are triples.
    phones, wide = part(PHONES), part(WIDE, ahead=3)
    met = Counter((it.size, it.locale) for it in (*phones, *wide))
    assert set(met) == {(size, locale) for size in SIZES for locale in LOCALES}
    assert min(met.values()) >= 10
    for visits in (phones, wide):
        assert sorted(it.address for it in visits) == sorted(addresses())
    languages = {it.address: it.locale for it in phones}
    assert all(languages[it.address] != it.locale for it in wide)


@pytest.mark.timeout(1800)
async def test_every_example_is_whole_on_a_phone(stage: Stage) -> None:
    faults: dict[str, list[str]] = {}
    scheme: Literal["light", "dark"] = "light"
    texts = TEXTS
    for visit in part(PHONES):
        there, found = await visited(stage, visit, texts)
        # The other theme under what is shown now: it lays out alike, so it is not measured more.
        scheme = "dark" if scheme == "light" else "light"
        await stage.brightness(scheme)
        if places(await layout(stage.app.page)) != places(there[texts[-1]]):
            found.append(f"{visit}: lies elsewhere when it turns {scheme}")
        faults[visit.address] = found
        # The next begins with the text size that this one ended with: one change less.
        texts = texts[::-1]
    assert not any(faults.values()), report(faults)


def places(pieces: list[Piece]) -> list[Piece]:
    """What lies where, whatever scrolls it: the engine leaves that for some frames."""
    return [replace(it, scroller=None) for it in pieces]


async def test_the_theme_does_turn(stage: Stage) -> None:
    """What is compared above are two themes: the picture says so."""
    schemes: tuple[Literal["light", "dark"], ...] = ("dark", "light")
    await stage.show("/prompt/location", "en")
    for scheme in schemes:
        await stage.brightness(scheme)

        async def turned(dark: bool = scheme == "dark") -> bool:
            image = Image.open(BytesIO(await stage.picture())).convert("L")
            return (ImageStat.Stat(image).mean[0] < 128) is dark

        await wait_until(turned, f"a {scheme} picture")
