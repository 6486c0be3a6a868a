"""The kit's own command line, as the code has it: commands, options, and what they take."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
from collections.abc import Iterator, Sequence
from functools import cache

from components import __main__ as command


@cache
def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command of ``mingshi``."""
    found = {}
    for name, (_, module) in command._COMMANDS.items():
        parser = argparse.ArgumentParser(prog=f"mingshi {name}")
        importlib.import_module(module, "components").add_arguments(parser)
        found[name] = parser
    return found


def default_port(name: str, *within: str) -> int | None:
    """The port that a command serves on; None if it serves nothing.

    Args:
        name: Of the command.
        within: What follows it, the name of a command within it perhaps.
    """
    parser = parsers()[name]
    parser = (_nested(parser) or {}).get(within[0] if within else "", parser)
    action = parser._option_string_actions.get("--port")
    return None if action is None else int(action.default)


_FILES = ("python", "-m", "http.server")
"""Serves a folder; comes with Python."""


def on_a_free_port(name: str, command: str) -> str:
    """A command that serves, on a port of its own: the one in the text may be taken here."""
    return f"{command} 0" if name == _FILES[-1] else f"{command} --port 0"


def serving(words: Sequence[str]) -> str | None:
    """What goes on until it is interrupted, by name; None if the command ends by itself.

    Args:
        words: Of the whole command.
    """
    if tuple(words[:3]) == _FILES:
        return _FILES[-1]
    if words[0].rpartition("/")[2] != "mingshi" or words[1:2] == [] or words[1] not in parsers():
        return None
    # What only lists, plays or explains ends by itself.
    if {"--help", "-h", "--list", "--scenario"} & set(words):
        return None
    return words[1] if default_port(*words[1:]) else None


def problem(words: Sequence[str]) -> str | None:
    """What is wrong with a command of ``mingshi`` as a text names it, in whole or in part.

    Args:
        words: Of the whole command, ``mingshi`` among them.
    """
    if len(words) == 1 or words[1].startswith("-"):
        return None
    name, *rest = words[1:]
    if name not in parsers():
        return f"there is no command `mingshi {name}`; there is {', '.join(parsers())}"
    parser = parsers()[name]
    for word in rest:
        nested = _nested(parser)
        if nested is not None and word in nested:
            parser = nested[word]
        elif nested is not None and not word.startswith("-") and word.islower():
            return f"`mingshi {name}` has no {word!r}; it has {', '.join(nested)}"
        option = word.partition("=")[0]
        if option.startswith("--") and option not in parser._option_string_actions:
            return f"`mingshi {name}` has no option {option}"
    return None


def complaint(words: Sequence[str]) -> str | None:
    """What the parser itself says against a whole command; None if it can be run."""
    parser = parsers().get(words[1]) if len(words) > 1 else None
    if parser is None:
        return "no command"
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            parser.parse_args(words[2:])
    except SystemExit as end:
        return said.getvalue().strip() if end.code else None
    return None


def every_option() -> set[str]:
    """Every long option of every command of ``mingshi``."""
    return {
        option
        for parser in parsers().values()
        for one in _with_nested(parser)
        for option in one._option_string_actions
    }


def _nested(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser] | None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return None


def _with_nested(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for nested in (_nested(parser) or {}).values():
        yield from _with_nested(nested)
