"""Every character that is shown is in the bundled font, and no text is told to be cut.

What stands in a catalog, a policy pack or the code is held against the font in
``tests/prototype/test_web_assets``. Here is what is put together while the app runs: examples in
every language, what Babel adds to them, and the pseudo-locales.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from components.i18n import PSEUDO_LOCALES, Language, available_locales
from components.i18n.pseudo import accented, mirrored
from components.places import data_folder
from components.policy import Pack
from components.prototype.gallery import addresses, gallery
from components.prototype.web_font import FONT_FILE
from tests.pilot import running

pytestmark = pytest.mark.anyio

LOCALES = (*available_locales(), *PSEUDO_LOCALES)


@cache
def in_the_font() -> set[str]:
    """What has a glyph, and the end of a line, which needs none."""
    return {*map(chr, TTFont(FONT_FILE).getBestCmap()), "\n"}


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_character_is_in_the_font_and_no_text_is_told_to_be_cut(
    pack: Pack, locale: str
) -> None:
    # Each example in one language, in turn: where it stands differs, the words are held elsewhere.
    every, first = len(LOCALES), LOCALES.index(locale)
    known = in_the_font()
    for address in addresses()[first::every]:
        async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
            missing = {it for text in pilot.texts() for it in text} - known
            assert not missing, f"{address}: {missing}"
            for node in pilot.all("Text"):
                assert not node.get("max_lines"), f"{address}: {node!r} shows some lines only"
                assert not node.get("no_wrap"), f"{address}: {node!r} does not wrap"
                assert node.get("overflow") in (None, "clip", "visible"), f"{address}: {node!r}"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_date_number_and_name_of_babel_is_in_the_font(locale: str) -> None:
    language, first = Language.of(locale), datetime(2026, 1, 1, tzinfo=UTC)
    said: list[str] = [language.own_name, *(language.name_of(it) for it in available_locales())]
    for number in range(366):
        moment = first + timedelta(days=number, hours=number % 24, minutes=number % 60)
        said += [language.date(moment.date()), language.moment(moment), language.time(moment)]
        said.append(language.relative_day(moment.date(), first.date()))
        said.append(language.relative_day(first.date(), moment.date()))
        said += [language.number(number * 7919 - 1000.5), language.percent(number / 100)]
        said.append(language.distance(number * 97))
    said += [language.listed(["a", "b", "c", "d"][:count]) for count in range(1, 5)]
    missing = {it for text in said for it in text} - in_the_font()
    assert not missing


def test_every_accented_message_is_in_the_font() -> None:
    template = data_folder("locales") / "mingshi.pot"
    with template.open(encoding="utf-8") as file:
        messages = [it.id for it in read_po(file) if it.id]
    texts = [str(text) for it in messages for text in ((it,) if isinstance(it, str) else it)]
    assert len(texts) > 500
    missing = {it for text in texts for it in accented(text) + mirrored(text)} - in_the_font()
    assert not missing
