"""The front door: the E票电影 prototype with the kit in it.

On a phone (``flet build``) this is the app. With a folder ``study`` beside this file it is a
usability study of the prototype instead (``docs/phone.md``). On a computer it is the demo, with an
endpoint of its own: ``python app.py`` is ``mingshi demo``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import flet as ft


def run_on_device(data: Path) -> None:
    """Run the prototype, or the study that comes along, with its record in the platform's folder.

    Args:
        data: The app's private folder, as Flet names it in ``FLET_APP_STORAGE_DATA``.
    """
    from components.prototype.session import PACK, before_main, load_settings, prepare, prototype
    from components.prototype.studying.carried import CARRIED, carries_study

    beside = Path(__file__).resolve().parent
    if carries_study(beside):
        from components.prototype.studying.on_device import study_on_phone

        ft.run(study_on_phone(beside / CARRIED, data), before_main=before_main)
        return
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
