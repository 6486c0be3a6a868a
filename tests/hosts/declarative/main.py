"""Nearby Films: a small declarative Flet app with Mingshi in it. Run it with ``python main.py``."""

import os
from pathlib import Path

import flet as ft
from components.app import App
from components.theme import dress
from mingshi import ConsentKit
from mingshi.consent.permissions import SimulatedPermissions, SystemStatus
from mingshi.places import data_folder
from mingshi.surface.speaking import speak

# On a phone this is the app's private folder. On a server, give each person a file of their own.
RECORD = Path(os.environ.get("FLET_APP_STORAGE_DATA", "data")) / "consent.sqlite"
PHONES = (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)


async def main(page: ft.Page) -> None:
    """Open the kit, show the app, and let the kit show the first notice if it is due."""
    dress(page)
    # A computer has no system dialog for the location; this one says yes whenever it is asked.
    computer = SimulatedPermissions({"location": SystemStatus.GRANTED})
    phone = not page.web and page.platform in PHONES
    kit = await ConsentKit.open(
        page, pack="epiao", store=RECORD, permissions=None if phone else computer
    )
    await kit.speaking.begin(None)  # the device's language
    kit.subscribe(lambda: speak(page, kit.language))
    speak(page, kit.language)
    page.on_close = kit.close
    page.render(App, kit)
    page.run_task(kit.start)


if __name__ == "__main__":
    # The kit's fonts and web page, so that a browser needs no other server.
    ft.run(main, assets_dir=str(data_folder("assets")), no_cdn=True)
