"""Every key under ``[tool.flet]`` is one that flet-cli or its template reads; a slip is silent.

The names were looked up in flet-cli 1.0.5, whose own code read the configuration for apk, aab, ipa,
windows, macos and linux; ``manifest_application`` and the ``boot_screen`` are read by the template
and were looked up in that of Flet 0.86.6, the newest that could be had.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LOOKED_UP_IN = "1.0.5"
READ_IN_BUILD_BASE = (
    "android.extract_packages",
    "android.feature.*",
    "android.permission.*",
    "app.exclude",
    "app.module",
    "bundle_id",
    "company",
    "copyright",
    "icon_background",
    "ios.info.*",
    "org",
    "product",
    "splash.color",
    "splash.dark_color",
)
"""flet_cli/commands/build_base.py: ``setup_template_data``, ``package_python_app``, splash."""
READ_BY_THE_TEMPLATE = (
    "android.manifest_application.*",
    "boot_screen.flet.bgcolor_dark",
    "boot_screen.flet.bgcolor_light",
    "boot_screen.flet.spinner_color_dark",
    "boot_screen.flet.spinner_color_light",
    "boot_screen.flet.spinner_size",
    "boot_screen.flet.theme_mode",
)
_OF_ANDROID = re.compile(r"[a-z]+(\.[a-z]+)*\.[A-Z][A-Z0-9_]+")


def keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The dotted name of every value, with ``*`` for what the project names itself."""
    for name, value in table.items():
        here = f"{above}{name}"
        if f"{here}.*" in (*READ_IN_BUILD_BASE, *READ_BY_THE_TEMPLATE):
            yield f"{here}.*"
        elif isinstance(value, dict):
            yield from keys(value, f"{here}.")
        else:
            yield here


def test_each_key_is_read() -> None:
    used = set(keys(PROJECT["tool"]["flet"]))
    assert used == {*READ_IN_BUILD_BASE, *READ_BY_THE_TEMPLATE}


def test_they_were_looked_up_in_the_version_that_builds() -> None:
    (builder,) = (
        Requirement(it)
        for it in PROJECT["project"]["optional-dependencies"]["bundle"]
        if Requirement(it).name == "flet-cli"
    )
    assert str(builder.specifier) == f"=={LOOKED_UP_IN}"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert f"flet=={LOOKED_UP_IN}" in lock


def test_the_values_have_the_forms_that_are_read() -> None:
    flet = PROJECT["tool"]["flet"]
    assert (ROOT / f"{flet['app']['module']}.py").is_file()
    assert re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", flet["bundle_id"])
    assert flet["bundle_id"].startswith(f"{flet['org']}.")
    assert flet["android"]["manifest_application"] == {"allowBackup": "false"}
    assert all(_OF_ANDROID.fullmatch(name) for name in flet["android"]["permission"])
    assert not any(flet["android"]["feature"].values()), "no hardware is required"
    # Flet's template has a table of these for permission_handler (ios/Podfile).
    wanted = {name for name in flet["ios"]["info"] if name.endswith("UsageDescription")}
    assert wanted == {"NSLocationWhenInUseUsageDescription", "NSPhotoLibraryUsageDescription"}
