"""What the kit adds to an app's imports, each counted in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .figures import Figure, Size
from .servers import WITH_BYTECODE

ROOT = Path(__file__).resolve().parents[2]
_APP = """
import flet as ft
for name in ("Column", "Row", "Text", "Markdown", "Container", "ListView", "Button", "TextButton",
             "TextField", "Switch", "Icon", "AlertDialog", "BottomSheet", "NavigationBar", "Page",
             "Semantics", "ProgressRing", "Card", "Divider", "component", "use_state", "run"):
    getattr(ft, name)
"""
_MIDDLE = "middle = time.perf_counter()\n"
_KIT = f"{_APP}{_MIDDLE}from components import ConsentKit\n"
_PREPARED = f"""{_KIT}
import asyncio
from components.preparing import prepare, prepared
prepare("epiao")
asyncio.run(prepared())
"""
_TIMED = """
import sys, time
start = time.perf_counter()
{source}
end = time.perf_counter()
print(middle - start, end - middle)
late = [it for it in ("httpx", "sqlalchemy", "starlette", "scipy", "components.study")
        if it in sys.modules]
print(*late)
"""


def measure(size: Size) -> list[Figure]:
    """Flet with the controls that an app uses, the kit after it, and what comes later.

    Both in one process, one after the other: the difference of two processes would be lost in what
    a process differs from the next.
    """
    rounds = 15 if size is Size.FULL else 1
    # Once for the bytecode, which an installed package has.
    _import(_KIT)
    runs = [_import(_KIT) for _ in range(rounds)]
    app = statistics.median(it.app for it in runs)
    added = statistics.median(it.kit for it in runs)
    early = runs[-1].early
    later = statistics.median(_import(_PREPARED).kit for _ in range(rounds)) - added
    return [
        Figure(
            "imports that the kit adds / import of flet and the controls of an app",
            added / app,
            at_most=0.25,
            behind={"app, ms": app * 1e3, "added, ms": added * 1e3},
        ),
        Figure("what `prepare` loads while the client starts", later * 1e3, "ms"),
        Figure(
            "libraries imported before they are needed (httpx, SQLAlchemy, Starlette, study)",
            len(early),
            "",
            at_most=0,
            behind=dict.fromkeys(early, 1.0),
        ),
    ]


@dataclass(frozen=True)
class _Run:
    """Seconds that one process took, and the names of libraries that it loaded too early."""

    app: float
    kit: float
    early: list[str]


def _import(source: str) -> _Run:
    done = subprocess.run(
        [sys.executable, "-c", _TIMED.format(source=source)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **WITH_BYTECODE},
    )
    took, _, early = done.stdout.partition("\n")
    app, kit = took.split()
    return _Run(float(app), float(kit), early.split())
