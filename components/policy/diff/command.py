"""``mingshi diff``: what changed between two versions of a pack, two packs, or two Markdown files.

Exit status: 0 no difference, 1 differences, 2 an error, which is on standard error with file, line
and remedy.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from ...places import data_folder
from ..anymarkdown import read_any_markdown
from ..document import Document
from ..errors import PackError
from ..loader import PACK_FILE, load_pack
from ..markdown import parse_document
from ..pack import Pack
from .as_json import as_json
from .document_changes import DocumentDiff, Mark
from .documents import diff_documents
from .pack_changes import PackDiff
from .packs import diff_packs
from .rendering import as_markdown, as_text
from .wording import CHINESE, ENGLISH, DiffWording
from .words import Change

NO_DIFFERENCE, DIFFERENCES, ERROR = 0, 1, 2
"""Exit statuses."""

_WORDINGS: Mapping[str, DiffWording] = {"en": ENGLISH, "zh_Hans": CHINESE}
SILENT_SECONDS = 1.0
"""Work that is done sooner is not reported on."""
_BETWEEN_REPORTS_SECONDS = 0.5


class _Unusable(Exception):
    """An argument names nothing that can be compared; says what and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    of = "a pack's folder or name, either with @version, or a Markdown file"
    parser.add_argument("old", help=f"what was: {of}")
    parser.add_argument("new", help=f"what is: {of}")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )
    parser.add_argument(
        "--language", choices=tuple(_WORDINGS), default="en", help="in which it is told"
    )
    parser.add_argument(
        "--locale", help="tell the full text of a pack in this language only (default: in each)"
    )
    parser.add_argument(
        "--packs",
        type=Path,
        default=data_folder("policy_content"),
        metavar="FOLDER",
        help="where packs lie by name (default: those of the kit)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare, print, and say by the exit status whether anything differs."""
    progress = _Progress()
    try:
        old = _read(arguments.old, arguments.packs)
        new = _read(arguments.new, arguments.packs)
        diff = _compared(old, new, progress)
        if isinstance(diff, PackDiff) and arguments.locale not in (None, *diff.documents):
            languages = ", ".join(diff.documents)
            raise _Unusable(f"the packs share no language {arguments.locale}; choose {languages}")
    except PackError as error:
        print(error, file=sys.stderr)
        return ERROR
    except _Unusable as error:
        print(f"error: {error}", file=sys.stderr)
        return ERROR
    finally:
        progress.finish()
    if arguments.format == "json":
        told = as_json(diff)
    else:
        render = as_markdown if arguments.format == "markdown" else as_text
        told = render(diff, _WORDINGS[arguments.language], arguments.locale)
    sys.stdout.write(told)
    return DIFFERENCES if differs(diff) else NO_DIFFERENCE


def differs(diff: DocumentDiff | PackDiff) -> bool:
    """Whether anything at all is not the same."""
    if isinstance(diff, PackDiff):
        return bool(diff.entries) or any(map(differs, diff.documents.values()))
    return (
        any(run.change is not Change.KEPT for run in diff.title)
        or diff.old_preamble != diff.new_preamble
        or any(change.marks != (Mark.KEPT,) for change in diff.clauses)
    )


def _compared(
    old: Pack | Document, new: Pack | Document, progress: _Progress
) -> DocumentDiff | PackDiff:
    if isinstance(old, Pack) and isinstance(new, Pack):
        return diff_packs(old, new, progress)
    if isinstance(old, Document) and isinstance(new, Document):
        return diff_documents(old, new, progress)
    raise _Unusable("a pack and a Markdown file cannot be compared; give two of one kind")


def _read(argument: str, packs: Path) -> Pack | Document:
    path = Path(argument)
    if path.is_file():
        return _read_markdown(path)
    name, _, version = argument.partition("@")
    for folder in (path, Path(name), packs / name):
        if (folder / PACK_FILE).is_file():
            return _at(load_pack(folder), "" if folder == path else version, folder)
    raise _Unusable(
        f"{argument!r} is neither a Markdown file nor a folder with {PACK_FILE}, "
        f"nor a pack in {packs}; correct it, or name the folder of packs with --packs"
    )


def _at(pack: Pack, version: str, folder: Path) -> Pack:
    if not version:
        return pack
    try:
        return pack.at(version)
    except KeyError:
        ids = ", ".join(known.id for known in pack.versions)
        raise _Unusable(f"{folder}: no version {version}; there are {ids}") from None


def _read_markdown(path: Path) -> Document:
    """A pack's own Markdown keeps its ids; any other is read as it is."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _Unusable(f"{path}:{line}: this is no UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise _Unusable(f"{path}: {error.strerror}; make the file readable") from None
    try:
        return parse_document(text, str(path))
    except PackError:
        return read_any_markdown(text, name=path.stem)


class _Progress:
    """Reports on standard error once the work has taken a second."""

    def __init__(self) -> None:
        self._due = time.monotonic() + SILENT_SECONDS
        self._reported = False

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if now >= self._due:
            print(f"\rcomparing: {done} of {of}", end="", file=sys.stderr, flush=True)
            self._due = now + _BETWEEN_REPORTS_SECONDS
            self._reported = True

    def finish(self) -> None:
        """End the line of the report, if there was one."""
        if self._reported:
            print(file=sys.stderr)
