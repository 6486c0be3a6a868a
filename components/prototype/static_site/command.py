"""The publish command: the prototype as a folder for any web server."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from ...policy.errors import PackError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("folder", type=Path, help="where the site goes; made if it is missing")
    parser.add_argument(
        "--endpoint",
        metavar="URL",
        help="the consent endpoint that choices are sent to; it must allow the site's origin"
        " (default: none, and choices wait in the browser)",
    )
    parser.add_argument(
        "--base-url",
        metavar="PATH",
        default="/",
        help="the path that the folder is served under (default: %(default)s)",
    )
    parser.add_argument(
        "--study",
        type=Path,
        metavar="FOLDER",
        help="a study of the prototype instead of the prototype: the study's folder, as `mingshi"
        " study allocate` made it; records stay in the browser until they are saved as a file",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build the site; the exit status."""
    from .site import build_site

    node = shutil.which("node")
    try:
        size = build_site(
            arguments.folder,
            endpoint=arguments.endpoint,
            base_url=arguments.base_url,
            node=node,
            study=arguments.study,
        )
    except PackError as error:
        print(error.told(arguments.study), file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"mingshi publish: {error}", file=sys.stderr)
        return 2
    print(
        f"{arguments.folder}: {size / 1_000_000:.1f} MB. Any web server can serve it, for example:"
    )
    print(f"python -m http.server --directory {arguments.folder}")
    if node is None:
        print("Node.js is not on the PATH, so the site is not compiled, and starts later.")
    return 0
