"""Assembles the folder: Flet's client and Pyodide from flet-web, the kit's page, fonts and archive.

``flet publish`` is not used. It fetches a list of versions, and Pyodide, from the network; it packs
everything that lies beside the app; what it makes without a CDN does not start (Flet 1.0.5); and it
makes other bytes each time. Everything it would fetch lies in flet-web already.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from flet_web import (
    get_package_web_dir,
    patch_font_manifest_json,
    patch_index_html,
)

from ...places import data_folder
from ...sync.transport import HttpxTransport
from . import second_page
from .archive import STARTED_AS, app_files, first_module
from .bytecode import STANDARD_LIBRARY, compiled
from .changes import change
from .packing import pack

ARCHIVE = "app.tar.gz"
"""Name of the file with the app's Python code."""

_KEPT_FILES = "kept_files.js"
_EARLY_START = "early_start.js"
_LEFT_OUT = re.compile(
    # Names for debuggers, types for editors, Python's own command line and installer.
    r"\.symbols$|\.map$|\.d\.ts$"
    r"|^pyodide/(?:python(?:\.bat|\.exe|_cli_entry\.mjs)?|package\.json|pyodide\.js|.*\.whl)$"
    # Renderers that the client never picks, formulas, icons of another style, a player of streams.
    r"|^canvaskit/(?:experimental_webparagraph/|wimp|skwasm_heavy)"
    r"|^assets/packages/(?:cupertino_icons|flutter_math_fork|media_kit)/"
    # Moving pictures of the page that ours takes the place of.
    r"|^icons/loading-animation\.png$"
)


class NotEmpty(FileExistsError):
    """The folder holds something that is no site of ours, so it is left alone."""


def build_site(
    folder: Path,
    *,
    endpoint: str | None = None,
    base_url: str = "/",
    node: str | None = None,
    study: Path | None = None,
) -> int:
    """Make the static site; it is the same for the same input.

    Nothing is fetched: everything comes from installed packages.

    Args:
        folder: Where it goes; made if it is missing. A site that was built there before is
            replaced.
        endpoint: Address of the consent endpoint that the app sends to; None keeps everything in
            the visitor's browser. The page may then reach this one address besides its own.
        base_url: The path that the folder is served under, ``/`` or such as ``/demo/``.
        node: The program Node.js, which compiles the app; None leaves that to each visitor's
            browser, which then takes longer to start.
        study: The folder of a study, as ``mingshi study allocate`` made it: the site is that study,
            of the prototype. None makes it the prototype.

    Returns:
        How many bytes all its files have.

    Raises:
        NotEmpty: There is something else in the folder.
        NotCompiled: Node.js could not compile the app.
        PackError: The study cannot be read.
        ValueError: There is both a study and an endpoint; or the endpoint's address is none that a
            secret may be sent to; or flet-web is a version whose files this does not know.
    """
    if study is not None and endpoint is not None:
        raise ValueError("a study sends nothing anywhere; leave the endpoint out")
    if endpoint is not None:
        HttpxTransport(endpoint)  # Says what is wrong with it now, and not to the visitor.
    old = folder.exists() and any(folder.iterdir())
    if old and not all((folder / name).is_file() for name in (ARCHIVE, _KEPT_FILES)):
        raise NotEmpty(f"{folder} holds something that is no static site. Name another folder.")
    client = Path(get_package_web_dir())
    files, library = app_files(endpoint, study), None
    if node is not None:
        files, library = compiled(files, first_module(study), node=node, pyodide=client / "pyodide")
    if old:
        shutil.rmtree(folder)
    for path in sorted(client.rglob("*")):
        name = path.relative_to(client).as_posix()
        if path.is_file() and not _LEFT_OUT.search(name):
            _copy(path, folder / name)
    assets = data_folder("assets")
    for path in sorted(assets.rglob("*")):
        if path.is_file() and path.suffix != ".py":
            _copy(path, folder / path.relative_to(assets))
    patch_font_manifest_json(str(folder / "assets" / "FontManifest.json"))
    _page(folder / "index.html", endpoint, base_url)
    for name in ("python.js", "python-worker.js", "pyodide/pyodide.asm.mjs"):
        path = folder / name
        path.write_text(change(name, path.read_text(encoding="utf-8")), encoding="utf-8")
    for name in (_KEPT_FILES, _EARLY_START):
        _copy(Path(__file__).with_name(name), folder / name)
    if study is not None:
        for name in second_page.CHANGES:
            path = folder / name
            text = change(name, path.read_text(encoding="utf-8"), second_page.CHANGES)
            path.write_text(text, encoding="utf-8")
    _lock(folder / "pyodide" / "pyodide-lock.json")
    (folder / ARCHIVE).write_bytes(pack(files))
    if library is not None:
        (folder / "pyodide" / STANDARD_LIBRARY).write_bytes(library)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _page(index: Path, endpoint: str | None, base_url: str) -> None:
    patch_index_html(
        str(index),
        base_url,
        pyodide=True,
        pyodide_script_path=f"{STARTED_AS}.py",
        app_package_url=ARCHIVE,
        no_cdn=True,
    )
    page = index.read_text(encoding="utf-8")
    if endpoint is not None:
        parts = urlsplit(endpoint)
        allowed = f"{parts.scheme}://{parts.netloc}"
        page = page.replace("connect-src 'self'", f"connect-src 'self' {allowed}")
    index.write_text(page, encoding="utf-8")


def _lock(path: Path) -> None:
    """Pyodide's list of packages, without the packages: none is loaded by name."""
    lock = json.loads(path.read_text(encoding="utf-8"))
    lock["packages"] = {}
    path.write_text(json.dumps(lock, sort_keys=True), encoding="utf-8")
