"""Every character that an example shows is in the bundled font, and no text is told to be cut."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from components.i18n import PSEUDO_LOCALES, available_locales
from components.places import data_folder
from components.policy import Pack
from components.prototype.gallery import addresses, gallery
from tests.pilot import running

pytestmark = pytest.mark.anyio

LOCALES = (*available_locales(), *PSEUDO_LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_character_is_in_the_font_and_no_text_is_told_to_be_cut(
    pack: Pack, locale: str
) -> None:
    # Each example in one language, in turn: where it stands differs, the words are held elsewhere.
    every, first = len(LOCALES), LOCALES.index(locale)
    font = TTFont(data_folder("assets") / "assets" / "fonts" / "roboto.woff2")
    known = set(font.getBestCmap()) | {ord("\n")} | set(range(0x2066, 0x206A)) | {0x200E, 0x200F}
    for address in addresses()[first::every]:
        async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
            missing = {it for text in pilot.texts() for it in text if ord(it) not in known}
            assert not missing, f"{address}: {missing}"
            for node in pilot.all("Text"):
                assert not node.get("max_lines"), f"{address}: {node!r} shows some lines only"
                assert not node.get("no_wrap"), f"{address}: {node!r} does not wrap"
                assert node.get("overflow") in (None, "clip", "visible"), f"{address}: {node!r}"
