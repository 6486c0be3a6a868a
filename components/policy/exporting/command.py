"""``mingshi export``: a pack's full text, its lists and its SDK directory as files for others."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..delivered import pack_folder
from ..errors import PackError
from ..loader import load_pack
from ..pack import Pack
from .html import export_html
from .lists import ListFormat, PackList, export_list
from .markdown import export_markdown
from .text import export_text

DONE = 0
UNUSABLE = 2
_POLICY = "policy"
_TEXT_FORMATS = ("md", "html", "txt")
_BYTE_ORDER_MARK = "\ufeff"


class NotExportable(Exception):
    """What was asked for does not exist."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument("pack", metavar="PACK", help="name of a delivered pack, or its folder")
    parser.add_argument(
        "--what",
        choices=[_POLICY, *(it.value for it in PackList)],
        default=_POLICY,
        help="the full text, the list of collected data, that of recipients, or the SDKs "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--format",
        choices=[*_TEXT_FORMATS, *(it.value for it in ListFormat)],
        help="md, html or txt for the policy; csv or json for lists (default: md or csv)",
    )
    parser.add_argument("--locale", help="the language (default: the pack's prevailing one)")
    parser.add_argument("--version", metavar="ID", help="the version (default: the one in effect)")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write (default: standard output)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Export.

    Returns:
        0 if it was written, 2 if the pack or the command line cannot be used; what is wrong then
        stands on standard error.
    """
    folder = Path(arguments.pack)
    try:
        folder = pack_folder(arguments.pack)
        written = _written(load_pack(folder), arguments)
        _write(written, arguments.output, csv=_form(arguments) == ListFormat.CSV)
    except PackError as error:
        print(error.told(folder), file=sys.stderr)
        return UNUSABLE
    except (NotExportable, OSError) as error:
        print(f"mingshi export: {error}", file=sys.stderr)
        return UNUSABLE
    return DONE


def _form(arguments: argparse.Namespace) -> str:
    default = "md" if arguments.what == _POLICY else ListFormat.CSV.value
    return str(arguments.format or default)


def _written(pack: Pack, arguments: argparse.Namespace) -> str:
    form = _form(arguments)
    if (arguments.what == _POLICY) != (form in _TEXT_FORMATS):
        raise NotExportable(f"{arguments.what} cannot be written as {form}")
    locale = arguments.locale or pack.default_locale
    if locale not in pack.locales:
        known = ", ".join(pack.locales)
        raise NotExportable(f"the pack has no texts in {locale!r}; known are: {known}")
    if arguments.version is not None:
        versions = [version.id for version in pack.versions]
        if arguments.version not in versions:
            known = ", ".join(versions)
            raise NotExportable(f"there is no version {arguments.version!r}; known are: {known}")
        pack = pack.at(arguments.version)
    if arguments.what != _POLICY:
        return export_list(pack, PackList(arguments.what), ListFormat(form), locale)
    document = pack.document(locale)
    match form:
        case "html":
            return export_html(document, locale=locale)
        case "txt":
            return export_text(document)
        case _:
            return export_markdown(document)


def _write(written: str, output: Path | None, *, csv: bool) -> None:
    if output is None:
        sys.stdout.write(written)
        return
    # Spreadsheets take CSV for the system's old encoding unless the file begins with the mark.
    content = _BYTE_ORDER_MARK + written if csv else written
    output.write_text(content, encoding="utf-8", newline="")
