"""Pictures of the app under test for the report: from a walk in Chromium, of nobody's session."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import flet as ft

from ...fairness.adapters.launching import chromium
from ...fairness.adapters.missing import needs
from ...policy.pack import Pack
from ...study.builds import Stand
from ...study.folder import StudyFolder
from ...study.model import Condition, Study
from ...study.pictures import Box, folder_of, put_pictures
from ..scenarios.pictures import still_picture
from ..server import serve, web_app
from ..session import before_main
from .building import Tour, purposes_of, tours
from .touring import reads
from .walking import Notebook, Opened, Place, Walker

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

WIDTH, HEIGHT = 390, 844
"""Of the phone, in logical pixels; a picture has as many."""
_QUALITY = 60
_BOXES = """() => Object.fromEntries(
  [...document.querySelectorAll('[flt-semantics-identifier]')].map(it => {
    const box = it.getBoundingClientRect();
    return [it.getAttribute('flt-semantics-identifier'),
            [box.left / innerWidth, box.top / innerHeight,
             box.right / innerWidth, box.bottom / innerHeight]];
  }))"""

Taken = dict[str, tuple[bytes, dict[str, Box]]]
"""By screen: a WebP, and where its controls lie."""


async def take_pictures(
    study: Study, pack: Pack, folder: StudyFolder, locales: Sequence[str]
) -> list[Path]:
    """Put pictures of every screen of the walk into a study's folder; which folders they are in.

    Raises:
        ExtraMissing: There is nothing to take them with; says how to get it.
        NothingShown: The browser does not start.
        NotOnScreen: A screen is not what the walk knows.
        OSError: Something could not be written.
    """
    found = []
    async with chromium() as browser:
        for locale in locales:
            for condition in study.design.conditions:
                taken: Taken = {}
                agreed: dict[str, int] = {}
                for tour in _tours(study):
                    opened = (pack, condition, locale)
                    await take_on_tour(browser, study, opened, tour, taken, agreed)
                path = folder_of(folder.path, locale, condition)
                await asyncio.to_thread(put_pictures, path, taken)
                found.append(path)
    return found


def _tours(study: Study) -> tuple[Tour, ...]:
    clauses = [it.success.clause for it in study.tasks.values() if it.success.clause]
    return (*tours(study), lambda walker: reads(walker, clauses))


async def take_on_tour(
    browser: Browser,
    study: Study,
    setting: tuple[Pack, Condition, str],
    tour: Tour,
    taken: Taken,
    agreed_in: dict[str, int],
) -> None:
    """Go on one tour of a new app.

    Args:
        browser: Shows it.
        study: Whose tasks are done.
        setting: The policy, the condition, and the language.
        tour: What is done.
        taken: The pictures so far; of each screen the one in which most is agreed to.
        agreed_in: How much that is.
    """
    locale = setting[2]
    with tempfile.TemporaryDirectory(prefix="mingshi-walk-") as place:
        opened = Opened(Path(place), *setting)
        shown: asyncio.Future[ft.Page] = asyncio.get_running_loop().create_future()

        async def main(page: ft.Page) -> None:
            await opened.show_on(page)
            shown.set_result(page)

        context = await browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            reduced_motion="reduce",
            locale=locale.replace("_", "-"),
        )
        page = await context.new_page()

        async def arrived(there: Place) -> None:
            # The more is agreed to, the more of a screen's choices are on it: the withdrawals.
            agreed = sum(stand is Stand.GRANT for _, stand in there.stands)
            if agreed > agreed_in.get(there.screen, -1):
                agreed_in[there.screen] = agreed
                taken[there.screen] = await _picture(page)

        async with serve(web_app(main, before_main=before_main)) as url:
            await page.goto(url)
            walker = Walker(await shown, opened.kit, purposes_of(study), Notebook(), arrived)
            await tour(walker)
            await context.close()


async def _picture(page: Page) -> tuple[bytes, dict[str, Box]]:
    with needs("Pillow"):
        from PIL import Image
    painted = Image.open(BytesIO(await still_picture(page))).convert("RGB")
    written = BytesIO()
    painted.save(written, "WEBP", quality=_QUALITY, method=6)
    boxes = await page.evaluate(_BOXES)
    whole = {
        name: (round(left, 4), round(top, 4), round(right, 4), round(bottom, 4))
        for name, (left, top, right, bottom) in boxes.items()
        # What lies outside of the window, or has no size, is not in the picture.
        if right > left and bottom > top and bottom > 0 and top < 1
    }
    return written.getvalue(), whole
