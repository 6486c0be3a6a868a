"""The kit's runtime dependencies, all the way down, as they are installed here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The supported ones; the workflows test on each."""
_SYSTEMS = (
    {"platform_system": "Android", "sys_platform": "android", "os_name": "posix"},
    {"platform_system": "Darwin", "sys_platform": "darwin", "os_name": "posix"},
    {"platform_system": "iOS", "sys_platform": "ios", "os_name": "posix"},
    {"platform_system": "Linux", "sys_platform": "linux", "os_name": "posix"},
)
"""Where the app is to run; what only Windows wants is not on a phone."""


def wanted(requirements: Iterable[str]) -> Iterator[str]:
    """The names of those that some supported Python on some system wants, extras left out."""
    for text in requirements:
        requirement = Requirement(text)
        marker = requirement.marker
        environments = (
            {**system, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
            for system in _SYSTEMS
            for python in PYTHONS
        )
        if marker is None or any(marker.evaluate(it) for it in environments):
            yield canonicalize_name(requirement.name)


@cache
def runtime_distributions() -> tuple[Distribution, ...]:
    """Every runtime dependency, by name.

    Raises:
        importlib.metadata.PackageNotFoundError: One is not installed.
    """
    found: dict[str, Distribution] = {}
    todo = list(wanted(PROJECT["dependencies"]))
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = distribution(name)
            todo += wanted(found[name].requires or [])
    return tuple(found[name] for name in sorted(found))
