"""The endpoint as a command of its own."""

from __future__ import annotations

import argparse
import sys

from sqlalchemy.exc import DBAPIError

from .app import MAX_BODY_BYTES, create_app
from .database import UnsuitableDatabase
from .logs import log_to_stderr
from .server import AnnouncingServer, bind, configuration

DEFAULT_PORT = 8700
"""Port of the command unless another is given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument(
        "--database",
        default="sqlite:///mingshi-endpoint.sqlite3",
        metavar="URL",
        help="SQLAlchemy URL of the database (default: %(default)s)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help="port to listen on; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--max-body-bytes",
        type=int,
        default=MAX_BODY_BYTES,
        help="longest request body (default: %(default)s)",
    )
    parser.add_argument(
        "--log-level",
        choices=("debug", "info", "warning", "error"),
        default="info",
        help="least grave log lines to write (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the endpoint until it is interrupted or told to end; the exit status.

    Requests under way are finished first. The first log line with the message ``listening`` names
    the URL.
    """
    log_to_stderr(arguments.log_level)
    try:
        app = create_app(arguments.database, max_body_bytes=arguments.max_body_bytes)
        bound = bind(arguments.host, arguments.port)
    except (UnsuitableDatabase, DBAPIError, OSError, OverflowError) as error:
        print(f"mingshi endpoint: {error}", file=sys.stderr)
        return 2
    AnnouncingServer(configuration(app)).run(sockets=[bound])
    return 0


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}", description="Run the Mingshi consent endpoint."
    )
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
