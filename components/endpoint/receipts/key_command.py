"""``mingshi endpoint-keys``: see, add and retire the keys that receipts are signed with."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .key_files import add_key, read_keys, retire_key
from .keys import PUBLISHED_FIRST

_UNUSABLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    acts = parser.add_subparsers(dest="act", required=True)
    listing = acts.add_parser("list", help="say which keys there are")
    rotating = acts.add_parser("rotate", help="add a key; it signs once everybody can know it")
    retiring = acts.add_parser(
        "retire", help="delete the private half of a key; what it signed still verifies"
    )
    for act in (listing, rotating, retiring):
        act.add_argument("folder", type=Path, metavar="FOLDER", help="the endpoint's signing keys")
    retiring.add_argument("kid", metavar="KID", help="id of the key, as 'list' says it")


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Returns:
        0 if it was done, 2 if not; why stands on standard error.
    """
    try:
        _ACTS[arguments.act](arguments)
    except (OSError, ValueError) as error:
        print(f"mingshi endpoint-keys: {error}", file=sys.stderr)
        return _UNUSABLE
    return 0


def _list(arguments: argparse.Namespace) -> None:
    for key in read_keys(arguments.folder):
        print(f"{key.kid}  {key.created:%Y-%m-%d %H:%M:%S} UTC  {_state(key.retired)}")


def _state(retired: bool) -> str:
    return "retired, verifies" if retired else "signs when it is the newest, verifies"


def _rotate(arguments: argparse.Namespace) -> None:
    first = not read_keys(arguments.folder)
    key = add_key(arguments.folder, datetime.now(UTC))
    minutes = 0 if first else PUBLISHED_FIRST // timedelta(minutes=1)
    print(f"{key.kid} is in {key.path}.")
    print(
        f"A running endpoint publishes it within a minute and signs with it {minutes} minutes on."
    )


def _retire(arguments: argparse.Namespace) -> None:
    retire_key(arguments.folder, arguments.kid)
    print(f"{arguments.kid} signs no more. What it signed still verifies.")


_ACTS = {"list": _list, "rotate": _rotate, "retire": _retire}
