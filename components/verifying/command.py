"""``mingshi verify``: is this receipt or record genuine? It needs no network and asks none.

Exit status: 0 everything passed, 1 something failed, 2 something could not be checked, or an
argument cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..policy import PackError, load_pack
from ..policy.delivered import NoSuchPack, delivered_packs, pack_folder
from ..policy.pack import Pack
from .checks import Check, Outcome, Report
from .keys import read_public_keys
from .receipts import Against, verify_copy, verify_receipt
from .records import STORE_BEGINS, read_record, verify_record
from .signed import LARGEST_RECEIPT
from .strict import NotStrict, json_object

ALL_PASSED, SOMETHING_FAILED, NOT_ALL_CHECKED = 0, 1, 2
"""Exit statuses."""

_STATUSES = {
    Outcome.PASSED: ALL_PASSED,
    Outcome.FAILED: SOMETHING_FAILED,
    Outcome.UNCHECKED: NOT_ALL_CHECKED,
}
_MARKS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "FAILED",
    Outcome.UNCHECKED: "not checked",
}
_RESULTS = {
    Outcome.PASSED: "Everything passed.",
    Outcome.FAILED: "Something failed. Do not rely on it.",
    Outcome.UNCHECKED: "Nothing failed, but not everything could be checked.",
}
_LARGEST_COPY = 1024 * 1024


class _Unusable(Exception):
    """An argument cannot be used; says which and why."""


@dataclass(frozen=True)
class _Verified:
    file: str
    report: Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a signed receipt, an unsigned copy, a device's store or an export in NDJSON",
    )
    parser.add_argument(
        "--keys",
        type=Path,
        metavar="FILE",
        help="the endpoint's public keys, as its /.well-known/jwks.json answers them",
    )
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        metavar="PACK",
        help="folder or name of the policy it is about; may be repeated (default: the delivered "
        "packs)",
    )
    parser.add_argument(
        "--record",
        type=Path,
        metavar="FILE",
        help="a device's store or an export in NDJSON that the receipt's event must stand in",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check every file and print what was found; the exit status."""
    try:
        against = Against(
            keys=None if arguments.keys is None else read_public_keys(arguments.keys),
            packs=_packs(arguments.pack),
            record=None if arguments.record is None else read_record(arguments.record),
        )
        verified = [_Verified(str(path), _verify(path, against)) for path in arguments.files]
    except (OSError, PackError, ValueError, _Unusable) as error:
        print(f"mingshi verify: {error}", file=sys.stderr)
        return NOT_ALL_CHECKED
    outcome = Outcome.of(each.report.outcome for each in verified)
    print(_as_json(verified, outcome) if arguments.json else _as_text(verified, outcome))
    return _STATUSES[outcome]


def _packs(names: Sequence[str]) -> Mapping[str, Pack]:
    try:
        folders = [pack_folder(name) for name in names] if names else delivered_packs()
    except NoSuchPack as error:
        raise _Unusable(str(error)) from None
    return {pack.id: pack for pack in map(load_pack, folders)}


def _verify(path: Path, against: Against) -> Report:
    with path.open("rb") as file:
        beginning = file.read(len(STORE_BEGINS))
    if beginning == STORE_BEGINS:
        return verify_record(path)
    size = path.stat().st_size
    if not beginning.startswith(b"{"):
        if size > LARGEST_RECEIPT:
            raise _Unusable(f"{path}: {size} bytes are no receipt")
        return verify_receipt(path.read_bytes(), against)
    if size <= _LARGEST_COPY and _is_copy(path.read_bytes()):
        return verify_copy(path.read_bytes(), against)
    return verify_record(path)


def _is_copy(raw: bytes) -> bool:
    try:
        return "@type" in json_object(raw)
    except NotStrict:
        return False


def _as_text(verified: Sequence[_Verified], outcome: Outcome) -> str:
    lines: list[str] = []
    for each in verified:
        lines += [f"{each.file}: {each.report.kind}", *map(_line, each.report.checks), ""]
    return "\n".join([*lines, _RESULTS[outcome]])


def _line(check: Check) -> str:
    return f"  {_MARKS[check.outcome]:11}  {check.name:9}  {check.explanation}"


def _as_json(verified: Sequence[_Verified], outcome: Outcome) -> str:
    found = {
        "outcome": outcome,
        "files": [
            {
                "file": each.file,
                "kind": each.report.kind,
                "outcome": each.report.outcome,
                "checks": [
                    {
                        "check": check.name,
                        "outcome": check.outcome,
                        "explanation": check.explanation,
                    }
                    for check in each.report.checks
                ],
            }
            for each in verified
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
