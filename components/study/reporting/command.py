"""``mingshi study report``."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from ...policy.errors import PackError
from ..exporting.files import Tier
from ..folder import STUDY_FILE

DONE = 0
FAULTY = 1
UNUSABLE = 2

_NEEDED = ("brotli", "fontTools", "matplotlib", "scipy", "statsmodels")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="copy the page there too, and the data into FILE's folder",
    )
    parser.add_argument(
        "--fairness",
        type=Path,
        metavar="FILE",
        help="what `mingshi fairness --format sarif` wrote of the build that was studied",
    )
    parser.add_argument(
        "--study",
        type=Path,
        metavar="FILE",
        help=f"the study file (default: {STUDY_FILE} in the folder)",
    )
    parser.add_argument("--locale", choices=("zh_Hans", "en"), help="the report's language")
    parser.add_argument(
        "--tier",
        choices=[tier.value for tier in Tier],
        default=Tier.FULL.value,
        help="for those who ran the study, or for anybody (default: %(default)s)",
    )
    parser.add_argument(
        "--excel", action="store_true", help="begin CSV with a byte order mark, as Excel wants it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the report.

    Returns:
        0 if it is made, 1 if the data or the study file have faults, 2 if the extra ``study`` is
        not installed; what is wrong stands on standard error.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        print(
            f"mingshi study report: {', '.join(missing)} not installed. "
            "Remedy: pip install 'mingshi[study]'.",
            file=sys.stderr,
        )
        return UNUSABLE
    # Only now: what draws and models is not on every device that has the rest of the command.
    from .fault import ReportFault
    from .making import Wanted, make_report

    wanted = Wanted(
        folder=arguments.folder,
        study_file=arguments.study,
        output=arguments.output,
        fairness=arguments.fairness,
        locale=arguments.locale,
        tier=Tier(arguments.tier),
        byte_order_mark=arguments.excel,
    )
    try:
        path = make_report(wanted)
    except ReportFault as error:
        print(error, file=sys.stderr)
        return FAULTY
    except PackError as error:
        file = arguments.study or arguments.folder / STUDY_FILE
        print(error.told(file.parent), file=sys.stderr)
        return FAULTY
    print(path)
    if arguments.output is not None and not _inside(path, arguments.folder):
        print(
            f"{path} and the data beside it lie outside of the study's folder: when somebody "
            "withdraws, delete them and make the report anew.",
            file=sys.stderr,
        )
    return DONE


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to((folder / "derived").resolve())
