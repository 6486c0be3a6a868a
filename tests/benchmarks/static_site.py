"""The static site beside an empty published Flet app: bytes and seconds of a first visit.

Each visit has a new profile of the browser and nothing in its cache, and Python's plain server on
the same machine, which compresses nothing. The empty app has the same page and fonts, the client's
own files and Pyodide as flet-web brings them, and in its archive Flet and one line of text.
"""

from __future__ import annotations

import asyncio
import gzip
import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flet_web import get_package_web_dir
from playwright._impl._driver import compute_driver_executable
from playwright.async_api import Browser

from components.prototype.static_site.archive import FLET, STARTED_AS, whole
from components.prototype.static_site.packing import pack
from components.prototype.static_site.site import ARCHIVE, build_site
from tests.browser.harness import PHONE, AppPage, browser
from tests.static_site.serving import Served, serving

from .figures import Figure, Size

_EMPTY = """\
import flet as ft


def main(page):
    page.add(ft.Text("nothing"))


ft.run(main)
"""
_VISITS = {Size.QUICK: 1, Size.FULL: 5}
_FONTS = (".woff2", ".otf", ".ttf")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class _Visit:
    seconds: float
    sent: dict[str, int]


def measure(size: Size) -> list[Figure]:
    """Bytes of a first visit, seconds until the first notice is shown, size of the folder."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), _VISITS[size]))


async def _measure(folder: Path, visits: int) -> list[Figure]:
    ours, empty = folder / "ours", folder / "empty"
    program, _cli = compute_driver_executable()
    size = build_site(ours, node=program)
    shutil.copytree(ours, empty)
    client = Path(get_package_web_dir())
    for name in ("python.js", "python-worker.js"):
        shutil.copyfile(client / name, empty / name)
    shutil.copytree(client / "pyodide", empty / "pyodide", dirs_exist_ok=True)
    files = {name: content for package in FLET for name, content in whole(package)}
    (empty / ARCHIVE).write_bytes(pack({**files, f"{STARTED_AS}.py": _EMPTY.encode()}))
    seen: dict[Path, list[_Visit]] = {ours: [], empty: []}
    # By turns, so that whatever else the machine does weighs on both.
    for _ in range(visits):
        for site, words in ((empty, "nothing"), (ours, "同意")):
            seen[site].append(await _visit(site, words))
    return [
        *_bytes(seen[ours][0], seen[empty][0], ours),
        *_seconds(seen[ours], seen[empty]),
        Figure("static site: the folder", size / _MEGABYTE, "MB"),
    ]


async def _visit(site: Path, words: str) -> _Visit:
    with serving(site) as served:
        async with browser() as chromium:
            return await _first_visit(chromium, served, words)


async def _first_visit(chromium: Browser, served: Served, words: str) -> _Visit:
    context = await chromium.new_context(viewport=PHONE, locale="zh-CN")
    app = AppPage(await context.new_page(), served.url)
    clock = asyncio.get_running_loop().time
    begun = clock()
    await app.page.goto(app.url)
    await app.see(words, exact=True)
    seconds = clock() - begun
    await context.close()
    return _Visit(seconds, dict(served.sent))


def _bytes(ours: _Visit, empty: _Visit, site: Path) -> list[Figure]:
    packed = sum(
        len(gzip.compress((site / (path.lstrip("/") or "index.html")).read_bytes()))
        for path in ours.sent
        if not path.endswith(_FONTS)
    )
    fonts = sum(size for path, size in ours.sent.items() if path.endswith(_FONTS))
    return [
        Figure(
            "static site: bytes of a first visit beyond fonts, to an empty app's",
            _beyond_fonts(ours) / _beyond_fonts(empty),
            at_most=1.1,
            behind={
                "ours MB": _beyond_fonts(ours) / _MEGABYTE,
                "empty MB": _beyond_fonts(empty) / _MEGABYTE,
                "ours with gzip MB": packed / _MEGABYTE,
                "fonts of both MB": fonts / _MEGABYTE,
            },
        )
    ]


def _beyond_fonts(visit: _Visit) -> int:
    return sum(size for path, size in visit.sent.items() if not path.endswith(_FONTS))


def _seconds(ours: list[_Visit], empty: list[_Visit]) -> list[Figure]:
    medians = [statistics.median(it.seconds for it in visits) for visits in (ours, empty)]
    return [
        Figure(
            "static site: first visit to first notice, to an empty app's first words",
            medians[0] / medians[1],
            at_most=1.15,
            behind={
                "ours seconds, median": medians[0],
                "empty seconds, median": medians[1],
                "ours seconds, longest": max(it.seconds for it in ours),
                "empty seconds, longest": max(it.seconds for it in empty),
            },
        )
    ]
