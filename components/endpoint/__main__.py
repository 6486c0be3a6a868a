"""The endpoint as a command of its own."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.exc import DBAPIError

from ..policy import load_pack
from ..policy.delivered import pack_folder
from ..policy.errors import PackError
from .app import create_app
from .logs import log_to_stderr
from .server import GRACE_SECONDS, CommandServer, bind, configuration
from .settings import MAX_BODY_BYTES, RateLimits, Settings

DEFAULT_PORT = 8700
"""Port of the command unless another is given."""

DATABASE_VARIABLE = "MINGSHI_DATABASE_URL"
"""Environment variable that names the database: a URL with a password has no place in the list of
processes."""

_DEFAULT_DATABASE = "sqlite:///mingshi-endpoint.sqlite3"
_UNUSABLE = 2
_HIGHEST_PORT = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument(
        "--database",
        metavar="URL",
        help="SQLAlchemy URL of the database, SQLite or PostgreSQL "
        f"(default: the environment's {DATABASE_VARIABLE}, or {_DEFAULT_DATABASE})",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=_port,
        metavar="N",
        default=DEFAULT_PORT,
        help="port to listen on; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--log-level",
        choices=("debug", "info", "warning", "error"),
        default="info",
        help="least grave log lines to write (default: %(default)s)",
    )
    _add_content(parser)
    _add_people(parser)
    _add_limits(parser)


def _add_content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        metavar="PACK",
        help="folder of a policy pack to tell about, or the name of a delivered one; "
        "may be repeated (default: the delivered packs)",
    )
    parser.add_argument(
        "--signing-keys",
        type=Path,
        metavar="FOLDER",
        help="folder of the keys that receipts are signed with; made with a first key if it is "
        "missing (default: no receipts)",
    )


def _add_people(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--officers",
        type=Path,
        metavar="FILE",
        help="TOML file of the privacy officers; 'mingshi officer-key' makes its entries "
        "(default: no officers)",
    )
    parser.add_argument(
        "--login-issuers",
        type=Path,
        metavar="FILE",
        help="TOML file of who may prove a login (default: accounts cannot be linked)",
    )
    parser.add_argument(
        "--allow-origin",
        type=_origin,
        action="append",
        default=[],
        metavar="ORIGIN",
        help="origin of a page that may call from a browser, such as https://app.example; may be "
        "repeated (default: none)",
    )
    parser.add_argument(
        "--metrics-token",
        type=Path,
        metavar="FILE",
        help="file with the token that opens /metrics (default: open to whoever reaches it)",
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    limits = RateLimits()
    parser.add_argument(
        "--max-body-bytes",
        type=_at_least_one,
        default=MAX_BODY_BYTES,
        metavar="N",
        help="longest request body (default: %(default)s)",
    )
    parser.add_argument(
        "--token-limit",
        type=_at_least_one,
        default=limits.subject,
        metavar="N",
        help="most requests a minute with one bearer token (default: %(default)s)",
    )
    parser.add_argument(
        "--address-limit",
        type=_at_least_one,
        default=limits.address,
        metavar="N",
        help="most requests a minute from one network address (default: %(default)s)",
    )
    parser.add_argument(
        "--no-rate-limits", action="store_true", help="leave rate limits to the proxy in front"
    )
    parser.add_argument(
        "--trusted-proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="address or network of a proxy whose X-Forwarded-For is believed; may be repeated",
    )
    parser.add_argument(
        "--leave-seconds",
        type=_not_negative,
        default=0,
        metavar="N",
        help="how long /readyz says 503 before the process stops listening, once it is told to "
        "end (default: %(default)s)",
    )
    parser.add_argument(
        "--grace-seconds",
        type=_at_least_one,
        default=GRACE_SECONDS,
        metavar="N",
        help="how long requests under way may then take to end (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the endpoint until it is interrupted or told to end.

    Requests under way are finished first. The first log line with the message ``listening`` names
    the URL.

    Returns:
        0 after an end in good order, 2 if it could not begin; why stands on standard error.
    """
    log_to_stderr(arguments.log_level)
    try:
        settings = _settings(arguments)
        if not _usable(settings.packs):
            return _UNUSABLE
        app = create_app(settings)
        bound = bind(arguments.host, arguments.port)
    # Every file and option that cannot be used is a ValueError that says where and what to do.
    except (ValueError, DBAPIError, OSError, OverflowError) as error:
        print(f"mingshi endpoint: {error}", file=sys.stderr)
        return _UNUSABLE
    config = configuration(
        app,
        trusted_proxies=arguments.trusted_proxy,
        grace_seconds=arguments.grace_seconds,
    )
    # What was made up to here stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    CommandServer(config, app.state.presence, arguments.leave_seconds).run(sockets=[bound])
    return 0


def _settings(arguments: argparse.Namespace) -> Settings:
    database = arguments.database or os.environ.get(DATABASE_VARIABLE) or _DEFAULT_DATABASE
    settings = Settings(
        database,
        max_body_bytes=arguments.max_body_bytes,
        signing_keys=arguments.signing_keys,
        officers=arguments.officers,
        login_issuers=arguments.login_issuers,
        rate_limits=None
        if arguments.no_rate_limits
        else RateLimits(subject=arguments.token_limit, address=arguments.address_limit),
        metrics_token=arguments.metrics_token,
        allowed_origins=tuple(arguments.allow_origin),
    )
    if not arguments.pack:
        return settings
    return replace(settings, packs=tuple(pack_folder(name) for name in arguments.pack))


def _usable(folders: Sequence[Path]) -> bool:
    """Read every pack now, and not when the first person asks for one."""
    for folder in folders:
        try:
            load_pack(folder)
        except PackError as error:
            for line in error.told(folder).splitlines():
                print(f"mingshi endpoint: {line}", file=sys.stderr)
            return False
    return True


def _port(text: str) -> int:
    number = int(text)
    # The resolver would take the number without its highest bits instead.
    if not 0 <= number <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text}: a port is a number up to {_HIGHEST_PORT}")
    return number


def _origin(text: str) -> str:
    parts = urlsplit(text)
    # As a browser writes it, or it would never be the same: "*" and paths are none.
    if parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}" != text:
        raise argparse.ArgumentTypeError(f"{text}: an origin reads like https://app.example")
    return text


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: a whole number from 1")
    return number


def _not_negative(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text}: a whole number from 0")
    return number


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}", description="Run the Mingshi consent endpoint."
    )
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
