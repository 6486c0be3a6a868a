"""``mingshi phone``: what the build of an app for phones has to declare, from its pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..policy import PackError, load_pack
from ..policy.delivered import NoSuchPack, pack_folder
from ..policy.pack import Pack
from .declaring import NotDeclarable
from .ios import info_plist_strings
from .marked_parts import marked_parts, with_parts
from .privacy_manifest import advertising, privacy_manifest

DONE = 0
DIFFERS = 1
UNUSABLE = 2
_MANIFEST = "PrivacyInfo.xcprivacy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument("pack", metavar="PACK", help="name of a delivered pack, or its folder")
    parser.add_argument(
        "--project",
        type=Path,
        metavar="FILE",
        help="a pyproject.toml whose marked parts to write: Android's permissions and iOS's "
        "purpose strings; without this and --ios they are printed",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; only say whether FILE is up to date"
    )
    parser.add_argument(
        "--ios",
        type=Path,
        metavar="FOLDER",
        help="an unsigned Runner.app, or any folder, for InfoPlist.strings in each language and "
        f"a draft of {_MANIFEST}",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what the build declares.

    Returns:
        0 if it was written or is up to date, 1 if ``--check`` finds a difference, 2 if the pack or
        a file cannot be used; what is wrong then stands on standard error.
    """
    folder = Path(arguments.pack)
    try:
        folder = pack_folder(arguments.pack)
        return _declare(load_pack(folder), arguments)
    except PackError as error:
        print(error.told(folder), file=sys.stderr)
    except (NoSuchPack, NotDeclarable, OSError) as error:
        print(f"mingshi phone: {error}", file=sys.stderr)
    return UNUSABLE


def _declare(pack: Pack, arguments: argparse.Namespace) -> int:
    parts = marked_parts(pack)
    if arguments.ios is not None and not arguments.check:
        _write_ios(pack, arguments.ios)
    if arguments.project is None:
        if arguments.ios is None:
            for mark, lines in parts.items():
                print(f"# >>> {mark}", *lines, f"# <<< {mark}", sep="\n")
        return DONE
    project: Path = arguments.project
    before = project.read_text(encoding="utf-8")
    after = with_parts(before, parts, str(project))
    if arguments.check and after != before:
        print(
            f"{project} is not what the pack {pack.id!r} declares. "
            f"Run: mingshi phone {arguments.pack} --project {project}",
            file=sys.stderr,
        )
        return DIFFERS
    if after != before:
        project.write_text(after, encoding="utf-8", newline="\n")
    return DONE


def _write_ios(pack: Pack, folder: Path) -> None:
    files = {**info_plist_strings(pack), _MANIFEST: privacy_manifest(pack)}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for purpose in advertising(pack):
        print(
            f"The purpose {purpose!r} is advertising by others. {_MANIFEST} says that nobody is "
            "tracked; decide whether that is so, in Apple's sense of the word.",
            file=sys.stderr,
        )
