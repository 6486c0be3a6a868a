"""Installing the kit as somebody would who knows nothing of this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ("locales", "policy_content", "assets")
"""What the kit needs beside its code."""


def clean_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of this process without those that would let the checkout in."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONHOME") and not name.startswith(("COV_", "COVERAGE_"))
    }
    return {**clean, "PYTHONUTF8": "1", **(more or {})}


def run(
    *command: str | Path, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, to its end."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def copy_source(folder: Path) -> Path:
    """A copy of the project: building leaves folders behind, and must not find old ones."""
    copy = folder / "mingshi"
    copy.mkdir()
    for name in ("components", *DATA):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "app.py"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def build_wheel(source: Path, folder: Path) -> Path:
    """The wheel, as PEP 517 builds it."""
    run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", folder, source),
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


class Environment:
    """A fresh virtual environment; the dependencies are those of the one that runs the tests."""

    def __init__(self, folder: Path) -> None:
        run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / Path(sys.executable).name
        site = run(
            self.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
        ).stdout.strip()
        # At the end of the path: what is installed here comes before what is installed there.
        # One line a folder, so that no .pth file over there is run: the kit itself stays out.
        here = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
        Path(site, "dependencies.pth").write_text("\n".join(here), encoding="utf-8")

    def install(self, *what: str | Path) -> None:
        """Install with the pip of the environment that runs the tests."""
        run(
            *(sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet"),
            *("--no-deps", "--no-build-isolation", "--ignore-installed", *what),
            cwd=self.scripts,
        )
