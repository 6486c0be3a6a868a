"""``mingshi import``: a text that exists already -> the skeleton of a policy pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import Finding, PackError
from .damage import StraySpaces
from .decoding import LARGEST_FILE
from .files import DONE, UNUSABLE, FolderTaken, write_new_folder
from .text_import import Imported, SourceKind, import_text, report_text

_KINDS = {
    ".txt": SourceKind.TEXT,
    ".md": SourceKind.MARKDOWN,
    ".markdown": SourceKind.MARKDOWN,
    ".html": SourceKind.HTML,
    ".htm": SourceKind.HTML,
    ".docx": SourceKind.DOCX,
}
REPORT_FILE = "import-report.txt"
"""The report's name inside the new folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="text, Markdown, HTML or DOCX")
    parser.add_argument(
        "--into", type=Path, required=True, metavar="FOLDER", help="a new or empty folder"
    )
    parser.add_argument("--id", required=True, metavar="ID", help="the new pack's id: my-app")
    parser.add_argument(
        "--locale", default="zh_Hans", help="the text's language (default: %(default)s)"
    )
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in SourceKind],
        help="what the file is (default: by its name)",
    )
    parser.add_argument("--name", help="what the product is called (default: from the title)")
    parser.add_argument(
        "--alias",
        action="append",
        default=[],
        metavar="WRONG=RIGHT",
        help="a misspelt name and how it is spelt; may be given several times",
    )
    parser.add_argument(
        "--stray-spaces",
        choices=[choice.value for choice in StraySpaces],
        default=StraySpaces.AUTOMATIC.value,
        help="spaces between Chinese characters; automatic deletes them in a text that shows "
        "other damage from a PDF (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Import, write the folder and say what was done.

    Returns:
        0 if the folder was written, 2 if the file or the command line cannot be used; what is
        wrong then stands on standard error.
    """
    try:
        imported = _imported(arguments)
        files = {**imported.files, REPORT_FILE: report_text(imported)}
        write_new_folder(arguments.into, files)
    except PackError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except ImportError as error:
        print(f"mingshi import: {error.name} is missing: install mingshi[cli]", file=sys.stderr)
        return UNUSABLE
    except (FolderTaken, OSError, ValueError) as error:
        print(f"mingshi import: {error}", file=sys.stderr)
        return UNUSABLE
    _say(imported, arguments.into)
    return DONE


def _imported(arguments: argparse.Namespace) -> Imported:
    file: Path = arguments.file
    kind = SourceKind(arguments.kind) if arguments.kind else _KINDS.get(file.suffix.lower())
    if kind is None:
        raise ValueError(f"what {file.name} is does not show in its name; add --kind")
    aliases: dict[str, str] = {}
    for alias in arguments.alias:
        wrong, equals, right = alias.partition("=")
        if not equals or not wrong:
            raise ValueError(f"--alias {alias!r} is not of the form WRONG=RIGHT")
        aliases[wrong] = right
    size = file.stat().st_size
    if size > LARGEST_FILE:
        problem = f"the file has {size} bytes, more than {LARGEST_FILE}"
        raise PackError((Finding(str(file), 1, problem, "divide it"),))
    print(f"reading {file} ({size} bytes) …", file=sys.stderr)
    try:
        return import_text(
            file.read_bytes(),
            kind,
            pack_id=arguments.id,
            locale=arguments.locale,
            name=arguments.name,
            stray_spaces=StraySpaces(arguments.stray_spaces),
            aliases=aliases,
        )
    except PackError as error:
        renamed = (
            Finding(str(file), finding.line, finding.problem, finding.remedy)
            for finding in error.findings
        )
        raise PackError(tuple(renamed)) from None


def _say(imported: Imported, folder: Path) -> None:
    report, document = imported.report, imported.document
    print(
        f"{folder}: {document.title}: {len(document.sections)} parts, "
        f"{sum(1 for _ in document.clauses())} clauses, {len(report.recipients)} recipients"
    )
    print(
        f"{len(report.repairs)} repairs, {len(report.remarks)} places left to you; "
        f"all are in {folder / REPORT_FILE}"
    )
    print(f"next: mingshi lint {folder}")
