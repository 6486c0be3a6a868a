"""Lines bound to each other by a hash: what was changed, taken out or put in between shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

GENESIS = "0" * 64
"""What the first line is bound to."""


def chained(values: Mapping[str, Any], before: str) -> tuple[bytes, str]:
    """Values as a line with its hash ``h``, and the hash.

    Args:
        values: What the line says; without a hash.
        before: The hash of the line before it.
    """
    hash_ = hashlib.sha256(before.encode() + b"\n" + rfc8785.dumps(dict(values))).hexdigest()
    return rfc8785.dumps({**values, "h": hash_}) + b"\n", hash_


def whole_lines(content: bytes) -> tuple[list[bytes], int]:
    """The lines that have an end, without it, and how many bytes they take.

    What follows them was being written when the process or the power went.
    """
    whole = content.rfind(b"\n") + 1
    return content[:whole].split(b"\n")[:-1], whole
