"""What the kit adds to an app's imports, each counted in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
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
_KIT = _APP + "from components import ConsentKit\n"
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
print(time.perf_counter() - start)
late = [it for it in ("httpx", "sqlalchemy", "starlette", "scipy", "components.study")
        if it in sys.modules]
print(*late)
"""


def measure(size: Size) -> list[Figure]:
    """Flet with the controls that an app uses, the kit on top of it, and what comes later."""
    rounds = 15 if size is Size.FULL else 1
    # Once for the bytecode, which an installed package has.
    _import(_KIT)
    pairs = [(_import(_KIT)[0], _import(_APP)[0]) for _ in range(rounds)]
    app = statistics.median(theirs for _, theirs in pairs)
    added = statistics.median(ours - theirs for ours, theirs in pairs)
    _, early = _import(_KIT)
    later = statistics.median(_import(_PREPARED)[0] - _import(_KIT)[0] for _ in range(rounds))
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


def _import(source: str) -> tuple[float, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", _TIMED.format(source=source)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **WITH_BYTECODE},
    )
    took, _, early = done.stdout.partition("\n")
    return float(took), early.split()
