"""Bytes -> text: UTF-8, UTF-16 with its mark, or GB 18030, which older Chinese editors write."""

from __future__ import annotations

import codecs
import re

from ..anymarkdown import LONGEST_TEXT, refusal

LARGEST_FILE = 20_000_000
"""Bytes of a file that is read at all."""


def decoded(content: str | bytes, name: str) -> str:
    """A text with line feeds as line ends, and otherwise as it came.

    Args:
        content: The text or its bytes.
        name: The file's name for findings.

    Raises:
        PackError: It is too long, in none of these encodings, or holds half a surrogate pair.
    """
    text = content if isinstance(content, str) else _from_bytes(content, name)
    if len(text) > LONGEST_TEXT:
        problem = f"the text has {len(text)} characters, more than {LONGEST_TEXT}"
        raise refusal(name, 1, problem, "divide it")
    _check_whole(text, name)
    return re.sub(r"\r\n?", "\n", text)


def check_size(content: bytes, name: str) -> None:
    """Refuse a file that is too large.

    Raises:
        PackError: It has more bytes than :data:`LARGEST_FILE`.
    """
    if len(content) > LARGEST_FILE:
        problem = f"the file has {len(content)} bytes, more than {LARGEST_FILE}"
        raise refusal(name, 1, problem, "divide it")


def _check_whole(text: str, name: str) -> None:
    """Refuse a text that could not be written to a file."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        problem = "half a surrogate pair stands in the text"
        raise refusal(name, line, problem, "delete it") from None


def _from_bytes(content: bytes, name: str) -> str:
    check_size(content, name)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(name, 1, "the file is neither UTF-8, UTF-16 nor GB 18030", "save it as UTF-8")
