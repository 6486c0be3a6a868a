"""The preview command: a pack, or any Markdown file, in the reader as a person will meet it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import flet as ft

from ..i18n import Language, available_locales
from ..notices.reader import PolicyReader
from ..policy import PackError, load_pack
from ..policy.anymarkdown import read_any_markdown
from ..policy.delivered import pack_folder
from ..policy.document import Document
from ..policy.pack import ChangeKind, PolicyVersion
from ..surface.runtime import kit_component
from ..surface.speaking import speak
from .session import before_main

_Main = Callable[[ft.Page], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument(
        "source", metavar="PACK", help="a pack that comes along (epiao), a folder, or a .md file"
    )
    parser.add_argument(
        "--locale",
        choices=available_locales(),
        default="zh_Hans",
        help="language of the texts and of the reader (default: %(default)s)",
    )
    parser.add_argument("--version", metavar="ID", help="version of the pack; else the newest")
    parser.add_argument("--clause", metavar="ID", help="clause to begin at")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address of the page (default: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8552,
        help="port of the page; 0 takes a free one (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve the preview until it is interrupted; the exit status."""
    try:
        document, version = _read(arguments)
    except (PackError, OSError, UnicodeDecodeError, KeyError) as error:
        print(f"mingshi preview: {error}", file=sys.stderr)
        return 2
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(document, version, arguments))
    return 0


def _read(arguments: argparse.Namespace) -> tuple[Document, PolicyVersion]:
    path = Path(arguments.source)
    if path.is_file():
        document = read_any_markdown(path.read_text(encoding="utf-8"), name=path.name)
        return document, PolicyVersion(path.stem, None, None, ChangeKind.EDITORIAL)
    pack = load_pack(pack_folder(arguments.source))
    if arguments.version is not None:
        pack = pack.at(arguments.version)
    return pack.document(arguments.locale), pack.version


async def _serve(document: Document, version: PolicyVersion, arguments: argparse.Namespace) -> None:
    from .server import serve, web_app

    app = web_app(
        preview(document, version, arguments.locale, arguments.clause), before_main=before_main
    )
    async with serve(app, arguments.host, arguments.port) as url:
        print(f"Open {url}/ (Ctrl+C ends the preview)", flush=True)
        await asyncio.Event().wait()


def preview(document: Document, version: PolicyVersion, locale: str, clause: str | None) -> _Main:
    """The reader as a Flet app.

    Args:
        document: What to read.
        version: For its dates, where it has any.
        locale: The interface's language.
        clause: Id of the clause to begin at; None for the beginning.
    """
    language = Language.of(locale)

    @kit_component
    def Shown() -> ft.Control:
        return ft.SafeArea(
            PolicyReader(
                document,
                version,
                language,
                prevailing=None,
                # There is nothing behind a preview to go back to.
                on_close=lambda: None,
                clause=clause,
            ),
            expand=True,
        )

    def main(page: ft.Page) -> None:
        page.title = document.title
        speak(page, language)
        page.render(Shown)

    return main
