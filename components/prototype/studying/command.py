"""``mingshi study``: what the study room does by itself, and what takes screens."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import logging
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...policy.delivered import NoSuchPack
from ...policy.errors import PackError
from ...policy.pack import Pack
from ...study import command as without_screens
from ...study.allocation import allocate
from ...study.folder import StudyFolder
from ...study.model import Study
from ...study.reading import load_study
from ...study.running.admission import check_observable, check_runnable
from .conditions import FACTORS, pack_of
from .states import Kiosk

if TYPE_CHECKING:
    from .station import Station

DEFAULT_PORT = 8560
"""Port of the study's page unless another is given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    commands = without_screens.add_arguments(parser)
    runs = commands.add_parser("run", help="run a study with the prototype, offline")
    runs.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    runs.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    runs.add_argument(
        "--phone",
        action="store_true",
        help="for a phone or tablet on the same network, in place of this machine's own browser;"
        " prints the address to open there",
    )
    runs.add_argument(
        "--window",
        action="store_true",
        help="in windows of this desktop, the study's and the app's, in place of the browser",
    )
    runs.add_argument("--locale", default="zh_Hans", help="the language at first (%(default)s)")
    runs.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="0 takes a free one (default: %(default)s)"
    )
    runs.add_argument(
        "--kiosk",
        action="store_true",
        help="nobody stands beside it: whoever comes takes the next free place, and a session"
        " that is left ends",
    )
    runs.add_argument(
        "--idle",
        type=float,
        metavar="SECONDS",
        help="without a touch for so long, ask whether anybody is there (kiosk: 180)",
    )
    runs.add_argument(
        "--observe",
        nargs="?",
        const="here",
        choices=("here", "network"),
        help="also a page for somebody who looks on and takes notes, at an address with a secret:"
        " in another window (here), or on another device of the same network; for participants"
        " who agree to it",
    )
    runs.add_argument(
        "--stimulus",
        type=Path,
        metavar="FOLDER",
        help="where the app under test keeps its own, until the next participant (default: the"
        " user's data folder)",
    )
    walk = commands.add_parser(
        "walk",
        help="go through the app once in each condition, and keep its shortest ways for the report",
    )
    walk.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    walk.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    pictures = commands.add_parser(
        "pictures",
        help="take pictures of the app's screens in Chromium, of nobody's session, for the report"
        " to show where something went wrong",
    )
    pictures.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    pictures.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    pictures.add_argument(
        "--locale", action="append", help="one language (default: each of the study)"
    )
    codes = commands.add_parser("codes", help="write the participants' codes as a sheet to print")
    codes.add_argument("file", type=Path, metavar="FILE", help="the study.toml")
    codes.add_argument("folder", type=Path, metavar="FOLDER", help="the study's folder")
    codes.add_argument(
        "--address", default="", metavar="URL", help="the study's page, for the QR pictures"
    )
    codes.add_argument("--locale", default="zh_Hans", help="language of the sheet (%(default)s)")
    codes.add_argument("--out", type=Path, required=True, metavar="HTML", help="the file to write")


def run(arguments: argparse.Namespace) -> int:
    """Do it; the exit status, as :func:`~...study.command.run` gives it."""
    match arguments.study_command:
        case "run":
            work = _run
        case "walk":
            work = _walk
        case "pictures":
            work = _pictures
        case "codes":
            work = _codes
        case _:
            return without_screens.run(arguments)
    try:
        return work(arguments)
    except PackError as error:
        print(error.told(arguments.file.parent), file=sys.stderr)
        return without_screens.FAULTY
    except (OSError, ValueError, NoSuchPack) as error:
        print(f"mingshi study: {error}", file=sys.stderr)
        return without_screens.UNUSABLE


def _run(arguments: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if arguments.window and arguments.phone:
        raise ValueError("a study runs in windows of this machine or on a phone; leave one out")
    study = _study(arguments)
    if arguments.observe:
        check_observable(study)
    folder = _folder(study, arguments)
    pack = pack_of(study)
    with suppress(KeyboardInterrupt):
        asyncio.run(_know_build(study, folder, pack))
        asyncio.run(_serve(study, folder, pack, arguments))
    return without_screens.DONE


async def _know_build(study: Study, folder: StudyFolder, pack: Pack) -> None:
    """Keep what the report needs of this build; a study that can be run is run without, too."""
    from ...study.builds import NoBuild
    from ..scenarios.hands import NotOnScreen
    from .building import keep_build

    try:
        path = await keep_build(study, pack, folder)
    except (NotOnScreen, NoBuild, RuntimeError) as error:
        print(f"The app's shortest ways are not known to the report: {error}", file=sys.stderr)
        return
    if path is not None:
        print(f"The app's shortest ways are kept in {path}", flush=True)


def _walk(arguments: argparse.Namespace) -> int:
    from ..scenarios.hands import NotOnScreen
    from .building import keep_build

    study = load_study(arguments.file)
    check_runnable(study, FACTORS)
    try:
        path = asyncio.run(keep_build(study, pack_of(study), StudyFolder(arguments.folder)))
    except (NotOnScreen, RuntimeError) as error:
        print(f"mingshi study: a screen is not what the walk knows: {error}", file=sys.stderr)
        return without_screens.UNUSABLE
    print("This build is there already." if path is None else path)
    return without_screens.DONE


def _pictures(arguments: argparse.Namespace) -> int:
    from ...fairness.adapters.chromium import NothingShown
    from ...fairness.adapters.missing import ExtraMissing
    from ..scenarios.hands import NotOnScreen
    from .picturing import take_pictures

    study = load_study(arguments.file)
    check_runnable(study, FACTORS)
    locales = arguments.locale or study.locales
    if other := sorted(set(locales) - set(study.locales)):
        raise ValueError(f"the study is not held in {', '.join(other)}")
    folder = StudyFolder(arguments.folder)
    try:
        found = asyncio.run(take_pictures(study, pack_of(study), folder, locales))
    except (ExtraMissing, NothingShown, NotOnScreen) as error:
        print(f"mingshi study: no pictures: {error}", file=sys.stderr)
        return without_screens.UNUSABLE
    for path in found:
        print(f"{path}: {len(list(path.glob('*.webp')))} screens")
    return without_screens.DONE


def _study(arguments: argparse.Namespace) -> Study:
    study = load_study(arguments.file)
    if arguments.locale not in study.locales:
        raise ValueError(
            f"the study is held in {', '.join(study.locales)}; choose one of them with --locale"
        )
    return study


def _folder(study: Study, arguments: argparse.Namespace) -> StudyFolder:
    """The study's folder; a table of places is drawn up if there is none."""
    folder = StudyFolder(arguments.folder)
    try:
        folder.places(study)
    except FileNotFoundError:
        print(f"Places are drawn up in {folder.put_places(study, allocate(study))}")
        folder.put_study(arguments.file)
    return folder


def stimulus_folder(folder: Path) -> Path:
    """Where the app under test keeps its own for a study: nothing in its name tells which."""
    from platformdirs import user_data_path

    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return user_data_path("mingshi-app-under-test", appauthor=False) / name


async def _serve(
    study: Study, folder: StudyFolder, pack: Pack, arguments: argparse.Namespace
) -> None:
    from ...study.observing.desk import Desk
    from ..server import serve
    from .observing import Observing
    from .serving import station_app
    from .station import Station

    kiosk = None
    if arguments.kiosk or arguments.idle is not None:
        usual = Kiosk()
        kiosk = Kiosk(
            arguments.idle or usual.idle_seconds, usual.grace_seconds, bool(arguments.kiosk)
        )
    station = Station(
        study,
        folder,
        pack,
        stimulus_folder=arguments.stimulus or stimulus_folder(folder.path),
        locale=arguments.locale,
        kiosk=kiosk,
        transport="network" if arguments.phone else "local",
    )
    station.resume()
    observing = None
    if arguments.observe:
        desk = Desk(study, folder, lambda: station.sitting)
        observing = Observing(station, desk, pack, arguments.locale)
    print(f"Records are kept in {folder.path}", flush=True)
    if arguments.window and observing is None:
        try:
            await _show_windows(station)
        finally:
            await station.close()
        return
    # Others on the network are let in only when it is asked for.
    away = arguments.observe == "network"
    host = "0.0.0.0" if arguments.phone or away else "127.0.0.1"  # noqa: S104
    async with station_app(station, observing) as app, serve(app, host, arguments.port) as url:
        outside = f"http://{_own_address()}:{url.rpartition(':')[2]}"
        address = outside if arguments.phone else url
        if not arguments.window:
            print(
                f"Open {address}/ to take part (Ctrl+C ends it; what was begun can be gone on with)"
            )
        if observing is not None:
            print(
                f"Open {outside if away else url}{observing.path} to observe (keep it to yourself)"
            )
        sys.stdout.flush()
        if arguments.phone:
            _print_picture(f"{address}/")
        if observing is not None and away:
            _print_picture(f"{outside}{observing.path}")
        if arguments.window:
            await _show_windows(station)
            return
        if not arguments.phone and sys.stdout.isatty():
            webbrowser.open(f"{url}/")
        await asyncio.Event().wait()


async def _show_windows(station: Station) -> None:
    from platformdirs import user_data_path

    from ..demo import Surface, choose_surface
    from .windows import show_windows

    await choose_surface(Surface.DESKTOP)
    print("Opening the study's window.", flush=True)
    await show_windows(station, user_data_path("mingshi-study", appauthor=False))


def _own_address() -> str:
    """This machine's address in its network. Nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _print_picture(address: str) -> None:
    with suppress(ImportError):
        import segno

        segno.make(address, error="m").terminal(compact=True)


def _codes(arguments: argparse.Namespace) -> int:
    from .code_sheet import code_sheet

    study = _study(arguments)
    places = _folder(study, arguments).places(study)
    sheet = code_sheet(study, places, arguments.locale, arguments.address)
    arguments.out.write_text(sheet, encoding="utf-8")
    print(f"{arguments.out}: {sum(bool(it.code) for it in places)} codes")
    return without_screens.DONE
