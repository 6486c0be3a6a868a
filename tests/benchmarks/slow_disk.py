"""A disk on which every sync takes ten milliseconds more.

Processes that run under the environment made here meet it; the machine's own disk is as it was.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ADDED_MICROSECONDS = 10_000
_SHIM = Path(__file__).parent / "peers" / "slow_sync.c"


def slow_disk(folder: Path) -> dict[str, str] | None:
    """The environment of a process whose syncs take longer.

    Args:
        folder: Where what it needs is built.

    Returns:
        None, having said so, where there is no Linux or no C compiler.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        print("the slow disk needs a C compiler on Linux: not measured", file=sys.stderr)
        return None
    shim = folder / "slow_sync.so"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(shim), str(_SHIM), "-ldl"]
    subprocess.run(command, check=True)
    return {"LD_PRELOAD": str(shim), "SLOW_SYNC_MICROSECONDS": str(ADDED_MICROSECONDS)}
