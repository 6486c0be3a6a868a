"""The forms that ids, versions and locales take in a pack.

They match what a consent record accepts (see ``consent.event``), so that an id which loads can
always be recorded.
"""

from __future__ import annotations

import re

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:_[A-Za-z0-9]{2,8})*")


def is_kebab(text: str) -> bool:
    """Whether a text is an id: lower-case ASCII words and digits joined by single hyphens."""
    return _KEBAB.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Whether a text can name a version, and so a folder: ``2021-11-01``, ``2.0``."""
    return _VERSION.fullmatch(text) is not None


def is_locale(text: str) -> bool:
    """Whether a text has the form of a Babel locale id: ``zh_Hans``, ``en``."""
    return _LOCALE.fullmatch(text) is not None
