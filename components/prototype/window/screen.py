"""How large the screen is. Flet does not say, so the system is asked."""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import os
import sys
from typing import Any

from .place import SMALLEST_SCREEN, Area

logger = logging.getLogger(__name__)

_WINDOWS_VIRTUAL_SCREEN = (76, 77, 78, 79)
"""Windows' names for left, top, width and height of all monitors together."""


def screen_area() -> Area:
    """All monitors together; the smallest usual screen where the system does not say."""
    try:
        if sys.platform == "win32":
            return _on_windows()
        if os.environ.get("DISPLAY"):
            return _on_x11()
    except Exception as error:
        logger.info("the screen could not be measured: %s", error)
    return SMALLEST_SCREEN


def _on_windows() -> Area:
    library: Any = ctypes
    metrics = library.windll.user32.GetSystemMetrics
    return Area(*(float(metrics(number)) for number in _WINDOWS_VIRTUAL_SCREEN))


def _on_x11() -> Area:
    name = ctypes.util.find_library("X11")
    if name is None:
        return SMALLEST_SCREEN
    x11 = ctypes.CDLL(name)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return SMALLEST_SCREEN
    shown = ctypes.c_void_p(display)
    try:
        number = x11.XDefaultScreen(shown)
        width, height = x11.XDisplayWidth(shown, number), x11.XDisplayHeight(shown, number)
    finally:
        x11.XCloseDisplay(shown)
    return Area(0, 0, width, height)
