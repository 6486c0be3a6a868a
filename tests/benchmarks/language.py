"""Changing the language of the fullest screen, the consent centre, against showing it for the
first time: the app's own work, without a browser, and until it is seen in Chromium."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

import flet as ft

from components.centre.live import LiveCentre
from components.kit import ConsentKit
from components.places import data_folder
from components.policy import load_pack
from components.surface.runtime import embed, on_page
from tests.browser.harness import browser
from tests.pilot import running

from .figures import Figure, Size
from .stand import standing

_PACK = data_folder("policy_content") / "epiao"
_LOCALES = ("en", "zh_Hans")
_TITLES = {"en": "Privacy choices", "zh_Hans": "隐私选择"}


def measure(size: Size) -> list[Figure]:
    """A switch of language by a first render, headless and in Chromium."""
    rounds = 9 if size is Size.FULL else 1
    with tempfile.TemporaryDirectory() as folder:
        return [
            asyncio.run(_headless(Path(folder) / "headless.sqlite", rounds)),
            asyncio.run(_in_chromium(Path(folder) / "chromium.sqlite", rounds)),
        ]


async def _headless(store: Path, rounds: int) -> Figure:
    kits: list[ConsentKit] = []

    async def main(page: ft.Page) -> None:
        kits.append(await ConsentKit.open(page, pack=load_pack(_PACK), store=store))

    first: list[float] = []
    switch: list[float] = []
    async with running(main) as pilot:
        await pilot.settle()
        [kit] = kits
        for _ in range(rounds):
            screen = embed(LiveCentre, kit, on_close=lambda: None)
            begun = time.process_time()
            with on_page(kit.page):
                kit.page.add(screen)
            await pilot.settle()
            first.append(time.process_time() - begun)
            for locale in _LOCALES:
                begun = time.process_time()
                with on_page(kit.page):
                    kit.speak(locale)
                await pilot.settle()
                switch.append(time.process_time() - begun)
            with on_page(kit.page):
                kit.page.remove(screen)
            await pilot.settle()
        await kit.close()
    return _figure("the app's own work", first, switch)


async def _in_chromium(store: Path, rounds: int) -> Figure:
    first: list[float] = []
    switch: list[float] = []
    async with browser() as chromium, standing(chromium) as stand:
        kit = await ConsentKit.open(stand.page, pack=load_pack(_PACK), store=store)
        for _ in range(rounds):
            await stand.clear()
            first.append(
                await stand.said(
                    _TITLES["zh_Hans"],
                    lambda: stand.begin(lambda: embed(LiveCentre, kit, on_close=lambda: None)),
                )
                / 1e3
            )
            for locale in _LOCALES:
                words = _TITLES[locale]
                switch.append(await stand.said(words, partial(kit.speak, locale)) / 1e3)
        await kit.close()
    return _figure("seen in Chromium", first, switch)


def _figure(where: str, first: list[float], switch: list[float]) -> Figure:
    shown, changed = (statistics.median(it) * 1e3 for it in (first, switch))
    return Figure(
        f"language switch of the consent centre / its first render, {where}",
        changed / shown,
        at_most=1.0,
        behind={"first render, ms": shown, "switch, ms": changed},
    )
