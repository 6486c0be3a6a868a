"""No room of the kit knows more than it should; and the check that says so can fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .imports import read_package
from .walls import REACH, faults

ROOT = Path(__file__).resolve().parents[2]


def test_no_wall_is_breached() -> None:
    assert faults(ROOT / "components") == []


def test_the_rooms_behind_walls_are_all_there() -> None:
    rooms = {path.name for path in (ROOT / "components").iterdir() if path.is_dir()}
    assert {*REACH, "notices", "centre", "surface", "prototype"} <= rooms


def test_rooms_without_screens_start_without_flet() -> None:
    """Not only in the source: after importing every module of them, Flet is not in memory."""
    names = [
        name
        for name in read_package(ROOT / "components")
        if name.split(".")[1:2] and name.split(".")[1] in REACH and not name.endswith("__main__")
    ]
    assert len(names) > 40
    program = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print([name for name in sys.modules if name.partition('.')[0].startswith('flet')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def plant(folder: Path, file: str, source: str) -> Path:
    """A small sound kit with one more file in it."""
    kit = folder / "components"
    sound = {
        "__init__.py": "",
        "__main__.py": "from .prototype import demo\n",
        "kit.py": "import flet as ft\nimport httpx\nfrom .consent import gate\n",
        "places.py": "",
        "policy/__init__.py": "",
        "policy/pack.py": "import re\n",
        "consent/__init__.py": "",
        "consent/gate.py": (
            "import sqlite3\nfrom ..policy import pack\nfrom ..policy.pack import Pack\n"
        ),
        "i18n/__init__.py": "from ..places import data_folder\n",
        "sync/__init__.py": "import asyncio\nfrom ..consent.gate import Gate\n",
        "endpoint/__init__.py": "import starlette\nfrom ..consent import gate\n",
        "surface/__init__.py": "",
        "surface/runtime.py": "from flet.components.component import Renderer\n",
        "notices/__init__.py": (
            "import asyncio\nfrom typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from ..kit import ConsentKit\n"
        ),
        "centre/__init__.py": "from ..surface import runtime\n",
        "study/__init__.py": "from ..policy.pack import Pack\n",
        "study_room/__init__.py": "from ..study import Study\nfrom ..surface import runtime\n",
        "prototype/__init__.py": "from ..study import Study\n",
        "prototype/demo.py": "from ..kit import ConsentKit\nfrom . import city\n",
        "prototype/city.py": "",
        "../app.py": "from components.prototype import demo\n",
    }
    sound[file] = sound.get(file, "") + source
    for name, text in sound.items():
        path = kit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return kit


def test_a_sound_kit_has_no_faults(tmp_path: Path) -> None:
    assert faults(plant(tmp_path, "policy/more.py", "import json\n")) == []


@pytest.mark.parametrize(
    ("file", "source", "reason"),
    [
        ("policy/more.py", "import flet as ft", "reaches components.policy.more -> flet"),
        ("policy/more.py", "def f():\n    import socket", "-> socket"),
        ("policy/more.py", "from urllib import request", "-> urllib.request"),
        ("policy/more.py", "import importlib\nimportlib.import_module('httpx')", "-> httpx"),
        ("policy/more.py", "from ..consent.gate import Gate", "policy imports consent"),
        ("policy/more.py", "from .. import ConsentKit", "policy imports the whole kit"),
        ("consent/more.py", "from ..sync import Synchroniser", "consent imports sync"),
        ("consent/more.py", "from ..surface import runtime", "-> components.surface.runtime ->"),
        ("consent/more.py", "import asyncio", "-> asyncio"),
        ("i18n/more.py", "import http.client", "-> http.client"),
        ("i18n/more.py", "from ..policy.pack import Pack", "i18n imports policy"),
        ("sync/more.py", "from flet import Page", "-> flet.Page"),
        ("sync/more.py", "from ..kit import ConsentKit", "sync imports kit"),
        ("endpoint/more.py", "import flet_web.fastapi", "-> flet_web.fastapi"),
        ("__init__.py", "from .kit import ConsentKit", "components.policy.pack -> components ->"),
        ("notices/more.py", "import sqlite3", "notices imports sqlite3"),
        ("notices/more.py", "from httpx import AsyncClient", "notices imports httpx.AsyncClient"),
        ("centre/more.py", "import sqlalchemy.engine", "centre imports sqlalchemy.engine"),
        ("centre/more.py", "from ..endpoint import app", "centre imports endpoint"),
        ("study/more.py", "from ..consent.gate import Gate", "study imports consent"),
        ("study/more.py", "import flet as ft", "reaches components.study.more -> flet"),
        ("kit.py", "from .study import Study", "imports study; a shipped app studies nobody"),
        ("centre/more.py", "from ..study import Study", "imports study"),
        ("notices/more.py", "from ..study_room import page", "imports study_room; a shipped app"),
        ("study_room/more.py", "from ..consent.gate import Gate", "study_room imports consent"),
        ("study_room/more.py", "from ..notices import prompt", "study_room imports notices"),
        ("kit.py", "from .prototype import demo", "imports prototype"),
        ("surface/more.py", "from ..prototype.city import City", "imports prototype"),
        ("kit.py", "from components.consent import gate", "by its full name"),
        ("kit.py", "import mingshi", "by its full name"),
        ("surface/more.py", "from flet.components.component import C", "not make public"),
        ("surface/more.py", "from flet.controls import context", "not make public"),
        ("surface/more.py", "import flet.controls.context", "not make public"),
        ("surface/more.py", "from flet import _secret", "not make public"),
        ("surface/more.py", "def f(kit): kit.page.session._patch()", "keeps private"),
        ("../app.py", "from components.kit import ConsentKit", "the front door"),
    ],
)
def test_a_breach_is_caught(tmp_path: Path, file: str, source: str, reason: str) -> None:
    found = faults(plant(tmp_path, file, source))
    assert any(reason in fault for fault in found), found


def test_a_lazy_name_of_the_package_is_no_breach(tmp_path: Path) -> None:
    source = "def __getattr__(name):\n    from .kit import ConsentKit\n    return ConsentKit\n"
    assert faults(plant(tmp_path, "__init__.py", source)) == []
