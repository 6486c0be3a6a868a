"""The ``mingshi`` command. Each part is imported only when it is called."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import sys

_COMMANDS = {
    "demo": ("run the prototype with an endpoint of its own", ".prototype.demo"),
    "endpoint": ("run the consent endpoint alone", ".endpoint.__main__"),
    "endpoint-keys": ("see, add and retire signing keys", ".endpoint.receipts.key_command"),
    "officer-key": ("make a key for a privacy officer", ".endpoint.officer.key_command"),
    "conformance": ("hold an endpoint against the protocol", ".conformance.command"),
    "verify": ("check receipts and records, offline", ".verifying.command"),
    "lint": ("check a pack against the law's list and for plain words", ".policy.lint.command"),
    "fairness": ("measure a consent screen for manipulation", ".fairness.command"),
    "study": ("check and run a usability study, withdraw", ".prototype.studying.command"),
    "diff": ("say what changed between two versions or documents", ".policy.diff.command"),
    "new": ("begin a pack", ".policy.importing.new_command"),
    "import": ("make a pack of a policy that you have", ".policy.importing.command"),
    "export": ("write a policy or its lists to a file", ".policy.exporting.command"),
    "phone": ("write what an app for phones declares, from its pack", ".phone.command"),
    "preview": ("read a pack or a Markdown file in the browser", ".prototype.preview_command"),
    "publish": (
        "make the prototype a static site",
        ".prototype.static_site.command",
    ),
    "gallery": ("show every component in the browser", ".prototype.gallery_command"),
}
"""Name: what it does, and the module whose ``add_arguments`` and ``run`` do it."""


def main() -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(
        prog="mingshi", description="Interactive policy and consent UI kit for Flet."
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    commands = parser.add_subparsers(dest="command", required=True)
    parsers = {
        name: commands.add_parser(name, help=about) for name, (about, _) in _COMMANDS.items()
    }
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    if chosen == "--version":
        print(f"mingshi {_version()}")
        return 0
    if chosen not in _COMMANDS:
        parser.parse_args()
        return 2
    module = importlib.import_module(_COMMANDS[chosen][1], __package__)
    module.add_arguments(parsers[chosen])
    status: int = module.run(parser.parse_args())
    return status


def _version() -> str:
    """The version that pyproject.toml names, which is nowhere else."""
    try:
        return importlib.metadata.version("mingshi")
    except importlib.metadata.PackageNotFoundError:
        return "unknown: copied, not installed"


if __name__ == "__main__":
    sys.exit(main())
