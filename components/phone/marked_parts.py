"""The parts of a ``pyproject.toml`` that are generated, between marks, and what stands in them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..policy.pack import Pack
from .android import android_permissions
from .declaring import NotDeclarable
from .ios import info_plist

_ANDROID = "mingshi phone: android permissions"
_IOS = "mingshi phone: ios purposes"


def marked_parts(pack: Pack) -> dict[str, list[str]]:
    """The lines of each generated part, by its mark.

    The first belongs into the table ``tool.flet.android.permission``, the second into
    ``tool.flet.ios.info``; what a host writes there besides stands outside the marks.

    Raises:
        NotDeclarable: The pack says what a build cannot declare.
    """
    permissions, purposes = android_permissions(pack), info_plist(pack)
    return {
        _ANDROID: [f"{_toml(name)} = {_toml(value)}" for name, value in permissions.items()],
        _IOS: [f"{name} = {_toml(value)}" for name, value in purposes.items()],
    }


def with_parts(text: str, parts: Mapping[str, list[str]], file: str) -> str:
    """A project's text with each marked part replaced.

    Args:
        text: The text of a ``pyproject.toml``.
        parts: The lines of each part, by its mark.
        file: What to call the file when a mark is missing.

    Raises:
        NotDeclarable: A mark is missing, doubled, or the end comes before the beginning.
    """
    lines = text.splitlines()
    for mark, part in parts.items():
        begin, end = f"# >>> {mark}", f"# <<< {mark}"
        once = lines.count(begin) == 1 and lines.count(end) == 1
        if not once or lines.index(end) < lines.index(begin):
            raise NotDeclarable(
                f"{file} has no part for the {mark.partition(': ')[2]}. Put these two lines, once, "
                f"into the table that they belong to: {begin!r} and {end!r}."
            )
        lines[lines.index(begin) + 1 : lines.index(end)] = part
    return "\n".join(lines) + "\n"


def _toml(value: bool | str | list[str] | dict[str, str]) -> str:
    """A value as TOML; its strings are written as in JSON, which TOML takes as well."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {_toml(it)}" for key, it in value.items())
        return f"{{ {pairs} }}"
    return json.dumps(value, ensure_ascii=False)
