"""``mingshi lint``: hold a pack against the rules, for a person or for continuous integration."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..delivered import pack_folder
from ..errors import PackError
from ..loader import load_pack
from .linter import lint
from .model import Level, Profile
from .sarif import sarif
from .text_report import text_report

CLEAN = 0
FOUND = 1
UNUSABLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument("pack", metavar="PACK", help="name of a delivered pack, or its folder")
    parser.add_argument(
        "--profile",
        choices=[profile.value for profile in Profile],
        default=Profile.CHINA.value,
        help="which rules: mainland China or the GDPR's list (default: %(default)s)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "sarif"),
        default="text",
        help="how to write the report (default: %(default)s)",
    )
    parser.add_argument(
        "--fail-on",
        choices=[level.value for level in reversed(Level)],
        default=Level.ERROR.value,
        help="the exit status is 1 from this level on (default: %(default)s)",
    )
    parser.add_argument("--version", metavar="ID", help="look at this version, not the newest")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to a file")


def run(arguments: argparse.Namespace) -> int:
    """Lint and write the report.

    Returns:
        0 if nothing is left at or above ``--fail-on``, 1 if something is, 2 if the pack or the
        command line cannot be used; what is wrong then stands on standard error.
    """
    try:
        folder = pack_folder(arguments.pack)
        pack = load_pack(folder)
        if arguments.version is not None:
            pack = pack.at(arguments.version)
        report = lint(pack, profile=Profile(arguments.profile), folder=folder)
    except PackError as error:
        print(error.told(folder), file=sys.stderr)
        return UNUSABLE
    except (FileNotFoundError, KeyError) as error:
        print(f"mingshi lint: {error}", file=sys.stderr)
        return UNUSABLE
    written = text_report(report)
    if arguments.format == "sarif":
        written = json.dumps(sarif(report), ensure_ascii=False, indent=2) + "\n"
    if arguments.output is None:
        sys.stdout.write(written)
    else:
        try:
            arguments.output.write_text(written, encoding="utf-8")
        except OSError as error:
            print(f"mingshi lint: cannot write {arguments.output}: {error}", file=sys.stderr)
            return UNUSABLE
    return FOUND if report.at_least(Level(arguments.fail_on)) else CLEAN
