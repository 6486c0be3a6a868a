"""Licences of what is shipped, from what is installed.

    python -m tests.release.licences

writes ``THIRD_PARTY_NOTICES.txt``: the runtime dependencies with the versions of requirements.lock,
the fonts, and the text of every licence, each once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import Distribution
from pathlib import Path

from packaging.utils import canonicalize_name

from .runtime import ROOT, runtime_distributions

NOTICES = ROOT / "THIRD_PARTY_NOTICES.txt"

PERMISSIVE = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "PSF-2.0", "Zlib"}
)
"""Licences, by SPDX id, under which a runtime dependency may be."""
EXCEPTIONS: Mapping[str, tuple[str, str]] = {
    "certifi": ("MPL-2.0", "a list of certificates, shipped as it is; httpx needs it"),
}
"""Another licence that one dependency may have, and why."""

_BY_CLASSIFIER = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_TEXT = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_CODE = frozenset({".py", ".pyc", ".so", ".pyd"})

_HEAD = """\
Third-party notices of Mingshi

Generated from installed packages by `python -m tests.release.licences`; a test holds it up to date.
Mingshi itself is under the Apache License 2.0, see LICENSE.

What `flet build` adds to an app stands in no Python package and so not here: Flutter and its
plugins, whose licences Flutter puts into the app by itself (flutter_assets/NOTICES.Z), and Python
with OpenSSL and SQLite. docs/phone.md says what to check.
"""


class UnknownLicence(Exception):
    """A package does not say in a known way under which licence it is."""


def licence(distribution: Distribution) -> str:
    """The SPDX id of a package's licence.

    Raises:
        UnknownLicence: Its metadata say none, or in words that are not in the table here.
    """
    metadata = distribution.metadata
    said = metadata["License-Expression"] or metadata["License"]
    if said:
        return str(said)
    named = [_BY_CLASSIFIER.get(it) for it in metadata.get_all("Classifier", []) if "License" in it]
    if len(named) == 1 and named[0] is not None:
        return named[0]
    raise UnknownLicence(
        f"{metadata['Name']} names no licence, or one that tests/release/licences.py does not "
        "know. Look at the package, and add it there."
    )


def texts(distribution: Distribution) -> dict[str, str]:
    """The texts of licences and notices that a package carries, by path."""
    found = {}
    for file in distribution.files or []:
        if _TEXT.search(file.name) and file.suffix not in _CODE:
            found[file.as_posix()] = Path(str(file.locate())).read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def locked_versions() -> dict[str, str]:
    """The exact version of each package, by name."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ;")[0].split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version.strip() for name, version in pairs}


def notices() -> str:
    """The whole file."""
    locked = locked_versions()
    listed = []
    carried: dict[str, list[str]] = {}
    for distribution in runtime_distributions():
        name = canonicalize_name(distribution.metadata["Name"])
        listed.append(f"  {name} {locked[name]}  {licence(distribution)}")
        for text in texts(distribution).values():
            carried.setdefault(_plain(text), []).append(name)
    fonts = (ROOT / "assets" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    carried.setdefault(_plain(fonts), []).append("the fonts in assets/")
    parts = [
        _HEAD,
        "Python packages\n\n" + "\n".join(listed) + "\n",
        "Fonts, in browsers\n\n"
        "  subsets of Noto Sans CJK SC, Noto Sans Arabic and Noto Sans  OFL-1.1\n",
        *(
            f"{'=' * 80}\nOf {', '.join(dict.fromkeys(names))}:\n\n{text}"
            for text, names in carried.items()
        ),
    ]
    return "\n".join(parts)


def _plain(text: str) -> str:
    """A text without what differs between two copies of it: blanks at ends, and line ends."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


if __name__ == "__main__":
    NOTICES.write_text(notices(), encoding="utf-8", newline="\n")
