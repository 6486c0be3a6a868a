"""``mingshi officer-key``: a key for a privacy officer, and the lines that let it in."""

from __future__ import annotations

import argparse
import hashlib
import secrets
import sys

from .authentication import LONGEST_NAME, NAME

_KEY_BYTES = 32
_PREFIX = "officer-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument(
        "name", metavar="NAME", help="who the officer is, in kebab-case: li-na; stands in the audit"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make a key and print it once, on standard output with the lines for the file of officers.

    Returns:
        0 if it was made, 2 if the name cannot be one.
    """
    name = arguments.name
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        print(
            f"mingshi officer-key: {name!r} is not of the form li-na (small letters, digits and "
            f"hyphens, at most {LONGEST_NAME})",
            file=sys.stderr,
        )
        return 2
    key = new_key()
    print(f"Give this key to {name}, over a safe way. It is shown once and kept nowhere:")
    print(f"\n    {key}\n")
    print("Add these lines to the file that the endpoint's --officers names, and start it again:")
    print(f"\n{entry(name, key)}", end="")
    return 0


def new_key() -> str:
    """256 random bits as base64url, behind a word that tells what it is to a scan for secrets."""
    return _PREFIX + secrets.token_urlsafe(_KEY_BYTES)


def entry(name: str, key: str) -> str:
    """The TOML table of an officer: the key itself is not in it."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f'[[officers]]\nname = "{name}"\nkey_sha256 = "{digest}"\n'
