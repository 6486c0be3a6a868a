"""The front door: the E票电影 prototype with the kit in it.

On a phone (``flet build``) this is the app. On a computer it is the demo, with an endpoint of its
own: ``python app.py`` is ``mingshi demo``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import flet as ft


def run_on_device(data: Path) -> None:
    """Run the prototype on a phone, with its record in the platform's own folder.

    Args:
        data: The app's private folder, as Flet names it in ``FLET_APP_STORAGE_DATA``.
    """
    from components.prototype.session import PACK, before_main, load_settings, prepare, prototype

    prepare(PACK)
    settings = load_settings(data, os.environ.get("MINGSHI_ENDPOINT"))
    ft.run(prototype(settings), before_main=before_main)


if __name__ == "__main__":
    folder = os.environ.get("FLET_APP_STORAGE_DATA")
    if folder:
        run_on_device(Path(folder))
    else:
        from components.__main__ import main

        sys.argv[1:1] = ["demo"]
        sys.exit(main())
