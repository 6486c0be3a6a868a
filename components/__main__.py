"""The ``mingshi`` command. Each part is imported only when it is called."""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(
        prog="mingshi", description="Interactive policy and consent UI kit for Flet."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="run the prototype with an endpoint of its own")
    endpoint = commands.add_parser("endpoint", help="run the consent endpoint alone")
    chosen = sys.argv[1] if len(sys.argv) > 1 else None
    if chosen == "demo":
        from .prototype import demo as demo_command

        demo_command.add_arguments(demo)
        return demo_command.run(parser.parse_args())
    if chosen == "endpoint":
        from .endpoint import __main__ as endpoint_command

        endpoint_command.add_arguments(endpoint)
        return endpoint_command.run(parser.parse_args())
    parser.parse_args()
    return 2


if __name__ == "__main__":
    sys.exit(main())
