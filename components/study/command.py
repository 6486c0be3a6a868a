"""``mingshi study``: check a study, draw up places, collect records, report, withdraw."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from ..policy.errors import PackError
from .allocation import allocate
from .carrying import NotCarried, collect
from .codes import read_code
from .exporting.files import Tier, export
from .folder import ALLOCATION_FILE, NoSuchParticipant, StudyFolder
from .log import EVENTS_FILE
from .model import Study
from .observing.notebook import NOTEBOOK_FILE, NotebookDamaged, entries_in
from .reading import load_study
from .record import RecordDamaged, read_record
from .registration import FOLDER as REGISTERED
from .registration import register
from .reporting import command as report_command
from .words import Form

DONE = 0
FAULTY = 1
UNUSABLE = 2


Commands = argparse._SubParsersAction  # the class has no public name
"""What further commands are added to."""


def add_arguments(parser: argparse.ArgumentParser) -> Commands[argparse.ArgumentParser]:
    """Describe the command's options; the answer takes those of commands from elsewhere."""
    commands = parser.add_subparsers(dest="study_command", required=True)
    check = commands.add_parser("check", help="check a study file and its item bank")
    check.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    draw = commands.add_parser("allocate", help="draw up the participants' places and codes, once")
    draw.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    draw.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    freeze = commands.add_parser(
        "register",
        help="freeze a study before anybody takes part, for the report to hold it against",
    )
    freeze.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    freeze.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    verify = commands.add_parser("verify", help="check every record of a study's folder")
    verify.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    tables = commands.add_parser("export", help="write the data as CSV and JSON, with a codebook")
    tables.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    tables.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    tables.add_argument(
        "--tier",
        choices=[tier.value for tier in Tier],
        default=Tier.FULL.value,
        help="for those who ran the study, or for anybody (default: %(default)s)",
    )
    tables.add_argument(
        "--excel", action="store_true", help="begin CSV with a byte order mark, as Excel wants it"
    )
    report_command.add_arguments(
        commands.add_parser("report", help="make a report, with the data beside it")
    )
    collects = commands.add_parser(
        "collect", help="take in the records that devices saved as files, into one study's folder"
    )
    collects.add_argument("files", type=Path, nargs="+", metavar="ZIP", help="a device's file")
    collects.add_argument(
        "--into", type=Path, required=True, metavar="FOLDER", help="the study's folder"
    )
    withdraw = commands.add_parser("withdraw", help="delete everything of a participant")
    withdraw.add_argument("code", metavar="CODE", help="the participant's code")
    withdraw.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    return commands


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Returns:
        0 if it is done and well, 1 if something is wrong with what was looked at, 2 if it could
        not be done; what is wrong stands on standard error.
    """
    try:
        match arguments.study_command:
            case "check":
                return _check(arguments.file)
            case "allocate":
                return _allocate(arguments.file, arguments.folder)
            case "register":
                return _register(arguments.file, arguments.folder)
            case "verify":
                return _verify(arguments.folder)
            case "export":
                return _export(arguments)
            case "collect":
                return _collect(arguments.files, arguments.into)
            case "report":
                return report_command.run(arguments)
            case _:
                return _withdraw(arguments.code, arguments.folder)
    except PackError as error:
        print(error.told(arguments.file.parent), file=sys.stderr)
        return FAULTY
    except (NoSuchParticipant, OSError, ValueError) as error:
        print(f"mingshi study: {error}", file=sys.stderr)
        return UNUSABLE


def _check(file: Path) -> int:
    study = load_study(file)
    print(f"{study.id}, version {study.version}: {study.kind}, {', '.join(study.locales)}")
    print(f"  about {study.pack}, policy of {study.policy_version}")
    print(f"  {study.design.participants} participants, {_conditions(study)}")
    if study.minutes is not None:
        print(f"  participants are told that it takes about {study.minutes} minutes")
    print(f"  steps: {', '.join(map(str, study.steps))}")
    for form in Form:
        items = study.bank.form(form)
        if items:
            answers = Counter(item.answer.value for item in items)
            told = ", ".join(f"{count} {answer}" for answer, count in sorted(answers.items()))
            print(f"  form {form}: {len(items)} items ({told})")
    print(f"  primary outcome: {study.primary}")
    print(f"  digest {study.digest}")
    return DONE


def _conditions(study: Study) -> str:
    design = study.design
    if not design.factors:
        return "one condition"
    factors = ", ".join(f"{name} ({'/'.join(levels)})" for name, levels in design.factors.items())
    return f"{len(design.conditions)} conditions {design.kind} participants: {factors}"


def _allocate(file: Path, folder: Path) -> int:
    study = load_study(file)
    places = allocate(study)
    kept = StudyFolder(folder)
    path = kept.put_places(study, places)
    kept.put_study(file)
    print(f"{path}: {len(places)} places, each with a code")
    return DONE


def _register(file: Path, folder: Path) -> int:
    done = register(file, StudyFolder(folder), datetime.now(UTC))
    print(f"{folder / REGISTERED}: registered at {done.at.isoformat()}")
    print(f"  digest {done.digest}")
    print("  Put the digest where somebody else dates it: this machine's clock is no witness.")
    return DONE


def _verify(folder: Path) -> int:
    kept = _existing(folder)
    damaged = 0
    sessions = kept.sessions()
    for session in sessions:
        try:
            entries_in(session, read_record((session / EVENTS_FILE).read_bytes()).session)
        except RecordDamaged as error:
            damaged += 1
            file = NOTEBOOK_FILE if isinstance(error, NotebookDamaged) else EVENTS_FILE
            print(f"{session / file}: {error}", file=sys.stderr)
    print(f"{len(sessions)} sessions, {damaged} damaged")
    return FAULTY if damaged else DONE


def _export(arguments: argparse.Namespace) -> int:
    folder = _existing(arguments.folder)
    try:
        where = export(
            load_study(arguments.file),
            folder,
            Tier(arguments.tier),
            byte_order_mark=arguments.excel,
        )
    except RecordDamaged as error:
        print(f"mingshi study: {error}", file=sys.stderr)
        return FAULTY
    print(where)
    return DONE


def _collect(files: list[Path], into: Path) -> int:
    folder = _existing(into)
    if not (folder.path / ALLOCATION_FILE).exists():
        raise FileNotFoundError(
            f"{folder.path} has no table of places; name the folder that the devices' places are"
            " from, as `mingshi study allocate` made it"
        )
    faulty = False
    for file in files:
        try:
            done = collect(file.read_bytes(), folder)
        except NotCarried as error:
            print(f"{file}: {error}", file=sys.stderr)
            faulty = True
            continue
        print(
            f"{file}: {len(done.new)} sessions new, {len(done.longer)} longer than before,"
            f" {len(done.known)} known, {len(done.withdrawn)} participants withdrawn"
        )
        for session, reason in done.refused.items():
            print(f"{file}: {session} is not taken in: {reason}", file=sys.stderr)
            faulty = True
    return FAULTY if faulty else DONE


def _withdraw(typed: str, folder: Path) -> int:
    code = read_code(typed)
    if code is None:
        raise NoSuchParticipant(f"{typed!r} is no code; look for a character mistaken or swapped")
    done = _existing(folder).withdraw(code)
    print(f"{code}: {done.sessions} sessions deleted")
    for path in done.left:
        print(f"{path}: still names the participant, and is not the study's own", file=sys.stderr)
    return FAULTY if done.left else DONE


def _existing(folder: Path) -> StudyFolder:
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}")
    return StudyFolder(folder)
