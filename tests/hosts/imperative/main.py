"""观影手记: a small imperative Flet app with Mingshi in it. Run it with ``python main.py``."""

import os
from pathlib import Path

import flet as ft
from components.diary import Diary
from components.menu import privacy_menu
from components.theme import dress
from mingshi import ConsentKit
from mingshi.consent.permissions import SimulatedPermissions, SystemStatus
from mingshi.places import data_folder

# On a phone this is the app's private folder. On a server, give each person a file of their own.
RECORD = Path(os.environ.get("FLET_APP_STORAGE_DATA", "data")) / "consent.sqlite"
PHONES = (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)


async def main(page: ft.Page) -> None:
    """Open the kit, put the controls on the page, and let the kit show the first notice."""
    dress(page)
    # A computer has no system dialog for notifications; this one says yes whenever it is asked.
    computer = SimulatedPermissions({"notifications": SystemStatus.GRANTED})
    phone = not page.web and page.platform in PHONES
    kit = await ConsentKit.open(
        page, pack="epiao", store=RECORD, permissions=None if phone else computer
    )
    page.on_close = kit.close
    diary = Diary(kit)
    page.appbar = privacy_menu(kit)
    page.add(diary)
    kit.subscribe(diary.refresh)  # a withdrawal shows at once
    await kit.start()


if __name__ == "__main__":
    # The kit's fonts and web page, so that a browser needs no other server.
    ft.run(main, assets_dir=str(data_folder("assets")), no_cdn=True)
