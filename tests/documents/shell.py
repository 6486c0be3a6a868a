"""Blocks of commands, command by command, as a shell would take them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from .reading import Block

LANGUAGES = ("sh", "console")
"""Blocks with commands for a shell; in ``console`` each follows ``$`` and its output follows it."""

_ASSIGNMENT = re.compile(r"^\w+=")


@dataclass(frozen=True)
class Command:
    """One command, with everything that a shell would join with a pipe.

    Attributes:
        block: Where it stands.
        line: In the block, from 1.
        text: As the shell gets it, on one line, without comments.
        output: What stands below it as its output; None if nothing does.
        after: Whether it runs only if the one before it went well (``&&``).
    """

    block: Block
    line: int
    text: str
    output: str | None = None
    after: bool = False

    @property
    def words(self) -> list[str]:
        """Its words, without what is assigned for it alone."""
        words = shlex.split(self.text)
        while words and _ASSIGNMENT.match(words[0]):
            words.pop(0)
        return words


def commands(block: Block) -> list[Command]:
    """The commands of a block of `LANGUAGES`, in order."""
    if block.language == "console":
        return list(_with_output(block))
    return [Command(block, line, text, None, after) for line, text, after in _split(block.text)]


def _with_output(block: Block) -> Iterator[Command]:
    typed: list[tuple[int, list[str], list[str]]] = []
    for number, written in enumerate(block.text.splitlines(), start=1):
        if written.startswith("$ "):
            typed.append((number, [written[2:]], []))
        elif typed and typed[-1][1][-1].endswith("\\"):
            typed[-1][1].append(written.removeprefix("> "))
        elif typed:
            typed[-1][2].append(written)
    for first, lines, shown in typed:
        parts = list(_split("\n".join(lines)))
        for place, (line, text, after) in enumerate(parts, start=1):
            # What is shown is what the last of them prints.
            output = "\n".join(shown) if shown and place == len(parts) else None
            yield Command(block, first + line - 1, text, output, after)


def _split(text: str) -> Iterator[tuple[int, str, bool]]:
    """Line, text, and whether ``&&`` stands before it."""
    text = re.sub(r"\\\n", "\\\0", text)  # one character, so that lines can be counted
    line = first = 1
    quote, held, after = "", "", False
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character == "\0":
            line += 1
            held = held[:-1] + " "
            continue
        if not quote and character == "#" and (not held or held[-1].isspace()):
            end = text.find("\n", position)
            position = len(text) if end < 0 else end
            continue
        joined = not quote and text.startswith("&&", position - 1)
        if (not quote and character == "\n") or joined:
            if held.strip():
                yield first, " ".join(held.split("\n")).strip(), after
                after = False
            after, held = joined or after, ""
            line += character == "\n"
            position += joined
            first = line
            continue
        if character in "'\"" and quote in ("", character):
            quote = "" if quote else character
        if not held.strip():
            first = line
        line += character == "\n"
        held += character
    if held.strip():
        yield first, held.strip(), after
