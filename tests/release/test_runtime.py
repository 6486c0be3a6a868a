"""Every runtime dependency can be had on a phone: pure Python, or a wheel built for phones."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import Distribution

import pytest

from .runtime import PROJECT, runtime_distributions, wanted

BUILT_FOR_PHONES: Mapping[str, str] = {
    # Flet itself cannot do without it, so each of its releases needs one.
    "msgpack": "https://flet.dev/docs/reference/binary-packages-android-ios",
}
"""What holds machine code, and where it is said to exist for Android and iOS."""


def is_pure(distribution: Distribution) -> bool:
    """Whether its wheel was the same for every system, going by what it says and what it holds."""
    wheel = (distribution.read_text("WHEEL") or "").splitlines()
    tags = [line.partition(": ")[2] for line in wheel if line.startswith("Tag: ")]
    suffixes = {file.suffix for file in distribution.files or []}
    return (
        "py3-none-any" in tags
        and all(tag.endswith("-none-any") for tag in tags)
        and suffixes.isdisjoint({".so", ".pyd", ".dylib"})
    )


def test_what_is_not_pure_is_built_for_phones() -> None:
    impure = {it.metadata["Name"] for it in runtime_distributions() if not is_pure(it)}
    assert impure == set(BUILT_FOR_PHONES), "what is not pure needs a wheel for Android and iOS"


def test_a_package_with_machine_code_is_noticed() -> None:
    # This one is there for the endpoint's tests.
    assert not is_pure(Distribution.from_name("lxml"))
    assert is_pure(Distribution.from_name("babel"))


def test_the_whole_tree_is_looked_at() -> None:
    names = {it.metadata["Name"].lower() for it in runtime_distributions()}
    # Of httpx, of httpcore, and of anyio on Python 3.11 alone.
    assert {"httpcore", "h11", "typing_extensions"} <= names
    assert len(names) > len(PROJECT["dependencies"])


@pytest.mark.parametrize(
    ("requirement", "found"),
    [
        ("Some_Package>=1", ["some-package"]),
        ("x; python_version < '3.12'", ["x"]),
        ("x; python_version < '3.11'", []),
        ("x; sys_platform == 'win32'", []),
        ("x; platform_system == 'Android'", ["x"]),
        ("x; extra == 'cli'", []),
    ],
)
def test_which_requirements_count(requirement: str, found: list[str]) -> None:
    assert list(wanted([requirement])) == found
