"""A headless Flet client for tests: the app runs for real, the client is a shadow tree.

    async with running(lambda page: page.render(App)) as pilot:
        await pilot.tap("Scan")
        assert pilot.says("Camera")

What it cannot see: layout, fonts, focus, hit testing. For those there is `tests.browser`.
"""

from __future__ import annotations

from .connection import Frame, Invocation
from .device import Answer, Device
from .pilot import Pilot, Platform, Traffic, running
from .problems import PilotProblems, Problem, ProblemKind
from .shadow import Node
from .stillness import NeverStill
from .words import names, role, words

__all__ = [
    "Answer",
    "Device",
    "Frame",
    "Invocation",
    "NeverStill",
    "Node",
    "Pilot",
    "PilotProblems",
    "Platform",
    "Problem",
    "ProblemKind",
    "Traffic",
    "names",
    "role",
    "running",
    "words",
]
